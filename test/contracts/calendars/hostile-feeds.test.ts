import { describe, expect, it } from 'vitest';
import { createCaldavCalendar } from '../../../server/adapters/calendars/caldav/caldav-calendar.ts';
import { createIcsFeed, MAX_FEED_BYTES } from '../../../server/adapters/calendars/ics/ics-feed.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { calendarFile, writeBusy } from '../../domain/calendars/calendar-file.ts';
import { type FakeAnswer, startFakeServer } from '../../fakes/fake-server.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1) };
const event = (...lines: readonly string[]): string[] => [
  'BEGIN:VEVENT',
  'UID:one',
  'DTSTART:20260803T100000Z',
  'DURATION:PT1H',
  ...lines,
  'END:VEVENT',
];
const BUSY = '2026-08-03T10:00Z/2026-08-03T11:00Z';

describe('feeds that are broken or mean harm', () => {
  it.each([
    [
      'broken lines beside a good event',
      calendarFile([...event(), 'BEGIN:VEVENT', 'DTSTART:nonsense', 'X', 'END:VEVENT']),
      { busy: [BUSY], unreadable: 1 },
    ],
    ['an endless series', calendarFile(event('RRULE:FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=3')), { busy: [BUSY], unreadable: 0 }],
    [
      'a byte order mark, bare line feeds and trailing spaces',
      `\uFEFF${calendarFile(event()).replaceAll('\r\n', ' \n').replaceAll(' \n', '\n')}`,
      { busy: [BUSY], unreadable: 0 },
    ],
    ['two calendars in one file', `${calendarFile(event())}${calendarFile(event())}`, { busy: [BUSY], unreadable: 0 }],
    ['an event without an end of its own', calendarFile(event()).replace('END:VEVENT\r\n', ''), { busy: [BUSY], unreadable: 0 }],
  ])('survives %s', (_, body, { busy, unreadable }) =>
    withFeed({ status: 200, body }, async (url) => {
      const outcome = await read(url);
      if (!outcome.ok || outcome.value.kind !== 'read') throw new Error(JSON.stringify(outcome));
      expect(outcome.value.busy.map(writeBusy)).toEqual(busy);
      expect(outcome.value.unreadable).toBe(unreadable);
    }),
  );

  it('reads ten megabytes', () => {
    const title = `SUMMARY:${'x'.repeat(1000)}`;
    const lines = Array.from({ length: 9500 }, () => event(title)).flat();
    const body = calendarFile(lines);
    expect(body.length).toBeGreaterThan(10_000_000);
    return withFeed({ status: 200, body }, async (url) => {
      const outcome = await read(url);
      expect(outcome.ok && outcome.value.kind === 'read' && outcome.value.busy.map(writeBusy)).toEqual([BUSY]);
    });
  });

  it.each([
    ['more bytes than allowed', 'x'.repeat(MAX_FEED_BYTES + 1), 'refused'],
    ['a series that would never be done', calendarFile(event('RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30')), 'refused'],
    ['a file that breaks off', calendarFile(event()).slice(0, -20), 'unavailable'],
    ['components nested without end', 'BEGIN:VCALENDAR\r\n'.repeat(50), 'unavailable'],
    ['no calendar at all', 'hello', 'unavailable'],
  ])('refuses %s, rather than calling the host free', (_, body, reason) =>
    withFeed({ status: 200, body }, async (url) => expect(await read(url)).toMatchObject({ ok: false, reason })),
  );

  it.each(['http://169.254.169.254/latest/meta-data/', 'http://127.0.0.2:80/', 'http://[::1]/', 'file:///etc/passwd'])(
    'follows no redirect to %s',
    (location) =>
      withFeed({ status: 302, headers: { location } }, async (url) =>
        expect(await read(url)).toMatchObject({ ok: false, reason: 'refused' }),
      ),
  );

  it('asks no address inside the network, of a feed and of a CalDAV server', async () => {
    const guarded = createOutbound({ allow: [] });
    const feed = createIcsFeed(guarded, clock);
    const caldav = createCaldavCalendar(guarded, clock);
    for (const url of ['http://127.0.0.1/', 'http://169.254.169.254/', 'http://10.0.0.1/', 'http://localhost/', 'webcal://127.0.0.1/']) {
      expect(await feed.identify({ kind: 'feed', url }), url).toMatchObject({ ok: false, reason: 'refused' });
      if (url.startsWith('webcal')) continue;
      expect(await caldav.identify({ kind: 'password', url, username: 'a', password: 'b' }), url).toMatchObject({
        ok: false,
        reason: 'refused',
      });
    }
  });

  it('follows no discovery of a CalDAV server into the network', () =>
    withFeed({ status: 301, headers: { location: 'http://127.0.0.2/dav/' } }, async (url) => {
      const caldav = createCaldavCalendar(createOutbound({ allow: ['127.0.0.1'] }), clock);
      const outcome = await caldav.listCalendars({ kind: 'password', url, username: 'a', password: 'b' });
      expect(outcome).toMatchObject({ ok: false, reason: 'refused' });
    }));
});

function read(url: string) {
  const feed = createIcsFeed(createOutbound({ allow: ['127.0.0.1'] }), clock);
  const question = { calendarIds: ['feed'], writeCalendarId: null, fromMs: clock.nowMs(), untilMs: clock.nowMs() + 90 * 86_400_000 };
  return feed.readBusy({ kind: 'feed', url }, { ...question, hostZone: 'UTC', ownEventIds: new Set(), validators: null });
}

async function withFeed(answer: FakeAnswer, use: (url: string) => Promise<unknown>): Promise<void> {
  const server = await startFakeServer(() => answer);
  try {
    await use(`${server.url}/feed.ics`);
  } finally {
    await server.stop();
  }
}
