import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCaldavCalendar } from '../../../server/adapters/calendars/caldav/caldav-calendar.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { systemClock } from '../../../server/adapters/clock.ts';
import { calendarFile, writeBusy } from '../../domain/calendars/calendar-file.ts';
import { basic, type CaldavServer, RADICALE_INSTALLED, startRadicale, startXandikos, XANDIKOS_INSTALLED } from './caldav-servers.ts';

/** Weekly at nine in Berlin from 12 October 2026, not on the 19th, an hour later on the 26th; clocks go back on the 25th. */
const WEEKLY = [
  'BEGIN:VEVENT',
  'UID:weekly',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Berlin:20261012T090000',
  'DTEND;TZID=Europe/Berlin:20261012T100000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=Europe/Berlin:20261019T090000',
  'SUMMARY:Weekly',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:weekly',
  'DTSTAMP:20260101T000000Z',
  'RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000',
  'DTSTART;TZID=Europe/Berlin:20261026T100000',
  'DTEND;TZID=Europe/Berlin:20261026T110000',
  'SUMMARY:Weekly, later',
  'END:VEVENT',
];

describeServer('Radicale', RADICALE_INSTALLED, startRadicale);
describeServer('Xandikos', XANDIKOS_INSTALLED, startXandikos);

function describeServer(name: string, isInstalled: boolean, start: () => Promise<CaldavServer>): void {
  describe.skipIf(!isInstalled)(`a weekly event in ${name}${isInstalled ? '' : ', which is not installed'}`, () => {
    let server: CaldavServer;
    beforeAll(async () => {
      server = await start();
      const headers = { authorization: basic(server), 'content-type': 'text/calendar; charset=utf-8' };
      const response = await fetch(`${server.calendarUrl}weekly.ics`, { method: 'PUT', headers, body: calendarFile(WEEKLY) });
      expect(response.ok).toBe(true);
    });
    afterAll(() => server.stop());

    it.each([
      [
        '2026-10-12',
        '2026-11-10',
        ['2026-10-12T07:00Z/2026-10-12T08:00Z', '2026-10-26T09:00Z/2026-10-26T10:00Z', '2026-11-02T08:00Z/2026-11-02T09:00Z'],
      ],
      ['2026-11-02', '2026-11-03', ['2026-11-02T08:00Z/2026-11-02T09:00Z']],
      ['2026-10-19', '2026-10-20', []],
    ])('blocks exactly its instances from %s until %s, over the change of the clocks', async (from, until, busy) => {
      const provider = createCaldavCalendar(createOutbound({ allow: ['127.0.0.0/8'] }), systemClock);
      const credentials = { kind: 'password', url: server.url, username: server.username, password: server.password } as const;
      const range = { fromMs: Date.parse(from), untilMs: Date.parse(until) };
      const question = {
        calendarIds: [server.calendarUrl],
        writeCalendarId: null,
        ...range,
        hostZone: 'UTC',
        ownEventIds: new Set<string>(),
        validators: null,
      };
      const outcome = await provider.readBusy(credentials, question);
      expect(outcome.ok && outcome.value.kind === 'read' && outcome.value.busy.map(writeBusy)).toEqual(busy);
    });
  });
}
