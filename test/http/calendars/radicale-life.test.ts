import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import { calendarsOf } from '../../../server/wiring.ts';
import { basic, type CaldavServer, RADICALE_INSTALLED, startRadicale } from '../../contracts/calendars/caldav-servers.ts';
import { calendarFile } from '../../domain/calendars/calendar-file.ts';
import { type TestApp, withApp } from '../../helpers/app.ts';
import { makeWorld, type World } from '../../helpers/world.ts';

const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const ONE = '2026-11-24T18:00:00Z';
const CLEO = { name: 'Cleo Client', email: 'cleo@client.example' };

/** Ten o’clock in New York every Tuesday from 2 March 2027, not on the 9th; the clocks go forward on the 14th. */
const WEEKLY = [
  'BEGIN:VEVENT',
  'UID:weekly',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=America/New_York:20270302T100000',
  'DTEND;TZID=America/New_York:20270302T103000',
  'RRULE:FREQ=WEEKLY;COUNT=4',
  'EXDATE;TZID=America/New_York:20270309T100000',
  'SUMMARY:Secret weekly',
  'END:VEVENT',
];

describe.skipIf(!RADICALE_INSTALLED)(`a host with a real CalDAV server${RADICALE_INSTALLED ? '' : ', which is not installed'}`, () => {
  let server: CaldavServer;
  beforeAll(async () => {
    server = await startRadicale();
  });
  afterAll(() => server.stop());

  test('is blocked by what lies there, finds bookings there, and may move and delete them there', { timeout: 180_000 }, async () => {
    await withApp(async (given) => {
      const outside = outsideOf(server);
      const caldav = { ...given.deps, calendars: calendarsOf(given.db, {}, createOutbound({ allow: ['127.0.0.0/8'] })) };
      Object.assign(given.deps, caldav);
      const world = await makeWorld(given, { eventType: { bookingWindow: { type: 'unlimited' }, minimumNoticeMinutes: 0 } });
      await outside.put('busy', [
        'BEGIN:VEVENT',
        'UID:busy',
        'DTSTAMP:20260101T000000Z',
        'DTSTART:20261124T150000Z',
        'DTEND:20261124T153000Z',
        'SUMMARY:Secret dentist',
        'END:VEVENT',
      ]);
      await outside.put('weekly', WEEKLY);
      const connected = await given.call('POST', `/v1/hosts/${world.hostId}/connections`, {
        key: world.secretKey,
        body: { provider: 'caldav', url: server.url, username: server.username, password: server.password },
      });
      expect(connected.status, connected.text).toBe(201);
      expect(connected.text).not.toContain(server.password);
      const { id, calendars } = connected.body;
      const change = await given.call('PATCH', `/v1/connections/${id}`, {
        key: world.secretKey,
        body: { writeCalendarId: calendars[0].id, calendars: [{ id: calendars[0].id, blocks: true }] },
      });
      expect(change.status, change.text).toBe(200);

      expect(await isOffered(given, world, TEN)).toBe(false);
      expect(await isOffered(given, world, ELEVEN)).toBe(true);
      // Its instances alone, by the clock of New York before and after the change.
      const tuesdays = [
        '2027-03-02T15:00:00Z',
        '2027-03-09T15:00:00Z',
        '2027-03-16T14:00:00Z',
        '2027-03-23T14:00:00Z',
        '2027-03-30T14:00:00Z',
      ];
      const free = [];
      for (const start of tuesdays) free.push(await isOffered(given, world, start));
      expect(free).toEqual([false, true, false, false, true]);

      const bookingId = await book(given, world, ELEVEN);
      await settle(given);
      const [path] = (await outside.list()).filter((one) => one.includes('parley-'));
      expect(await outside.read(path ?? '')).toMatch(/DTSTART:20261124T160000Z[^]*Cleo Client/);

      await given.call('POST', `/v1/bookings/${bookingId}/reschedule`, { key: world.secretKey, body: { start: ONE } });
      await settle(given);
      expect(await outside.read(path ?? '')).toContain('DTSTART:20261124T180000Z');

      await given.call('POST', `/v1/bookings/${bookingId}/cancel`, { key: world.secretKey });
      await settle(given);
      expect((await outside.list()).filter((one) => one.includes('parley-'))).toEqual([]);

      const second = await book(given, world, ELEVEN);
      await settle(given);
      await follow(given, id);
      const [other] = (await outside.list()).filter((one) => one.includes('parley-'));
      await outside.replace(other ?? '', (file) =>
        file.replace(/DTSTART:.*/, 'DTSTART:20261124T180000Z').replace(/DTEND:.*/, 'DTEND:20261124T183000Z'),
      );
      await follow(given, id);
      expect((await given.call('GET', `/v1/bookings/${second}`, { key: world.secretKey })).body).toMatchObject({ start: ONE, sequence: 1 });
      await settle(given);
      await follow(given, id);
      expect((await given.call('GET', `/v1/bookings/${second}`, { key: world.secretKey })).body.sequence).toBe(1);

      await outside.remove(other ?? '');
      await follow(given, id);
      expect((await given.call('GET', `/v1/bookings/${second}`, { key: world.secretKey })).body).toMatchObject({
        status: 'cancelled',
        cancelledBy: 'host',
      });
      expect(await isOffered(given, world, ONE)).toBe(true);
    });
  });

  test('may have a calendar of its own made for the bookings, which does not block, and once only', async () => {
    await withApp(async (given) => {
      Object.assign(given.deps, { calendars: calendarsOf(given.db, {}, createOutbound({ allow: ['127.0.0.0/8'] })) });
      const world = await makeWorld(given, { eventType: { minimumNoticeMinutes: 0 } });
      const login = { provider: 'caldav', url: server.url, username: server.username, password: server.password };
      const connected = await given.call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: login });
      const choose = (writeCalendarId: string | null) =>
        given.call('PATCH', `/v1/connections/${connected.body.id}`, { key: world.secretKey, body: { writeCalendarId } });
      const chosen = await choose('new');
      expect(chosen.status, chosen.text).toBe(200);
      const { calendars, writeCalendarId } = chosen.body;
      const own = calendars.filter(({ name }: { name: string }) => name === 'Acme');
      expect(own).toMatchObject([{ id: writeCalendarId, blocks: false, writable: true }]);
      await choose(null);
      expect((await choose('new')).body.writeCalendarId).toBe(writeCalendarId);
      await book(given, world, ELEVEN);
      await settle(given);
      const there = await outsideOf({ ...server, calendarUrl: writeCalendarId }).list();
      expect(there.filter((one) => one.includes('parley-'))).toHaveLength(1);
    });
  });
});

function outsideOf(server: CaldavServer) {
  const headers = { authorization: basic(server) };
  const at = (path: string) => new URL(path, server.calendarUrl);
  const send = async (method: string, url: URL, body?: string, more: Record<string, string> = {}) => {
    const response = await fetch(url, { method, headers: { ...headers, ...more }, ...(body !== undefined && { body }) });
    if (!response.ok) throw new Error(`${method} ${url.pathname}: ${response.status} ${await response.text()}`);
    return response.text();
  };
  const write = (url: URL, file: string) => send('PUT', url, file, { 'content-type': 'text/calendar; charset=utf-8' });
  const read = (path: string) => send('GET', at(path));
  return {
    put: (name: string, lines: readonly string[]) => write(at(`${name}.ics`), calendarFile([...lines])),
    /** As another client sees the folder. */
    list: async () => {
      const answer = await send('PROPFIND', new URL(server.calendarUrl), undefined, { depth: '1' });
      return [...answer.matchAll(/<href>([^<]+\.ics)<\/href>/g)].map((match) => match[1] ?? '');
    },
    read,
    replace: async (path: string, change: (file: string) => string) => write(at(path), change(await read(path))),
    remove: (path: string) => send('DELETE', at(path)),
  };
}

async function isOffered({ call }: TestApp, { eventTypeId, secretKey }: World, start: string): Promise<boolean> {
  const to = new Date(Date.parse(start) + 1000).toISOString();
  const { body, text } = await call('GET', `/v1/event-types/${eventTypeId}/slots?from=${start}&to=${to}&timeZone=UTC`, { key: secretKey });
  if (body.days === undefined) throw new Error(text);
  return body.days.some((day: { slots: unknown[] }) => day.slots.length > 0);
}

async function book({ call }: TestApp, { eventTypeId, secretKey }: World, start: string): Promise<string> {
  const { body, text } = await call('POST', '/v1/bookings', { key: secretKey, body: { eventTypeId, start, invitee: CLEO } });
  if (body.id === undefined) throw new Error(text);
  return body.id;
}

async function settle({ deps }: TestApp): Promise<void> {
  await createPostman(deps, (error) => {
    throw error;
  }).drain();
}

async function follow(given: TestApp, connectionId: string): Promise<void> {
  await given.db
    .updateTable('connections')
    .set({ follow_at: new Date(given.clock.nowMs()) })
    .where('connection_id', '=', connectionId)
    .execute();
  await settle(given);
}
