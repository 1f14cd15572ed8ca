import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { takeUnwatched } from '../../../server/adapters/db/push-channels.ts';
import { watchCalendars } from '../../../server/flows/watch-calendars.ts';
import { connectByConsent, DAY, type CalendarApp, listDay, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;
const HALF_PAST = `${DAY}T15:30:00Z`;
const MAIN = { google: 'host@example.com', microsoft: 'AAMk=default' } as const;

describe('a channel at Google', () => {
  test('is made after connecting and brings a change at once, which the clock would have brought later', async () => {
    await withCalendars(async (given) => {
      const { google } = given;
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      expect(google.channels.size).toBe(0);
      await watch(given);
      expect([...google.channels.values()]).toMatchObject([{ calendarId: MAIN.google }]);
      expect(await google.tellChannels('sync')).toEqual([202]);
      google.putEvent(MAIN.google, { id: 'o1', start: { dateTime: TEN }, end: { dateTime: HALF_PAST } });
      expect((await listDay(given)).starts).toContain('15:00');
      expect(await google.tellChannels()).toEqual([202]);
      expect((await listDay(given)).starts).not.toContain('15:00');
      const { channel_id: id, token_hash: hash } = await theChannel(given);
      const [[channelId, { token }] = ['', { token: '' }]] = [...google.channels];
      expect(id).toBe(channelId);
      expect(hash.toString('latin1')).not.toContain(token);
      expect(google.problems).toEqual([]);
    });
  });

  test('is renewed before it ends: a new one works, the old one is stopped; until then nobody asks', async () => {
    await withCalendars(async (given) => {
      const { google, clock } = given;
      clock.setTime(Date.now());
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      await watch(given);
      const [first] = google.channels.keys();
      clock.advanceMinutes(5 * 24 * 60);
      await watch(given);
      expect([...google.channels.keys()]).toEqual([first]);
      clock.advanceMinutes(36 * 60 + 30);
      expect((await theChannel(given)).expires_at.getTime()).toBeGreaterThan(clock.nowMs());
      await watch(given);
      expect(google.channels.size).toBe(1);
      expect(google.channels.has(first ?? '')).toBe(false);
      expect((await theChannel(given)).channel_id).toBe([...google.channels.keys()][0]);
      await expectHeard(given, () => google.tellChannels());
    });
  });

  test('refused for a right that was not granted: read by the clock, asked again a day later, and at once after a consent that grants it', async () => {
    await withCalendars(async (given) => {
      const { google, clock } = given;
      await connectByConsent(given, 'google', 'busy');
      const asked = () => google.requests.filter(({ url }) => url.pathname.endsWith('/watch')).length;
      await watch(given);
      expect([asked(), google.channels.size]).toEqual([1, 0]);
      for (let hours = 0; hours < 23; hours += 1) {
        clock.advanceMinutes(60);
        await watch(given);
      }
      expect(asked()).toBe(1);
      expect(await listDay(given, '2026-11-25')).toMatchObject({ status: 'fresh' });
      clock.advanceMinutes(4 * 60);
      await watch(given);
      expect(asked()).toBe(2);
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      await watch(given);
      expect([asked(), google.channels.size]).toEqual([3, 1]);
    });
  });

  test('while the service is down it is tried every hour, and the channel that lives counts on', async () => {
    await withCalendars(async (given) => {
      const { google, clock } = given;
      clock.setTime(Date.now());
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      await watch(given);
      const [first] = google.channels.keys();
      clock.advanceMinutes(6 * 24 * 60 + 12 * 60 + 30);
      google.failAlways({ status: 503, body: {} });
      const before = google.requests.length;
      await watch(given);
      await watch(given);
      expect(google.requests.length).toBe(before + 1);
      google.failAlways(null);
      expect((await theChannel(given)).channel_id).toBe(first);
      await expectHeard(given, () => google.tellChannels());
      clock.advanceMinutes(70);
      await watch(given);
      expect(google.channels.has(first ?? '')).toBe(false);
      expect(google.channels.size).toBe(1);
    });
  });

  test('two workers at the same instant: one of them makes it', async () => {
    await withCalendars(async (given) => {
      const { db, clock } = given;
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      const taking = { now: new Date(clock.nowMs()), leaseMs: 60_000, limit: 10 };
      const [first, second] = await db.transaction().execute(async (trx) => {
        const mine = await takeUnwatched(trx, ['google'], taking);
        const others = takeUnwatched(db, ['google'], taking);
        const waiting = sql<{ count: number }>`SELECT count(*)::integer AS count FROM pg_locks WHERE NOT granted`;
        await expect.poll(async () => (await waiting.execute(db)).rows[0]?.count).toBeGreaterThan(0);
        return [mine.length, { others }] as const;
      });
      expect([first, (await second.others).length]).toEqual([1, 0]);
    });
  });

  test('is stopped when the calendar no longer counts, and when the host disconnects; what comes late is passed over', async () => {
    await withCalendars(async (given) => {
      const { google, call, world, db } = given;
      const id = await connectByConsent(given, 'google', 'writeAnyCalendar');
      const both = (main: boolean, team: boolean) => ({
        calendars: [
          { id: MAIN.google, blocks: main },
          { id: 'team@group.calendar.google.com', blocks: team },
        ],
      });
      const choose = (body: object) => call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body });
      await choose(both(true, true));
      await watch(given);
      expect(google.channels.size).toBe(2);
      await choose(both(true, false));
      expect([...google.channels.values()]).toMatchObject([{ calendarId: MAIN.google }]);
      // A calendar that receives the bookings is watched though it does not block.
      await choose({ writeCalendarId: 'team@group.calendar.google.com' });
      await watch(given);
      expect(google.channels.size).toBe(2);
      expect((await call('DELETE', `/v1/connections/${id}`, { key: world.secretKey })).status).toBe(204);
      expect(google.channels.size).toBe(0);
      expect(await db.selectFrom('push_channels').selectAll().execute()).toEqual([]);
      expect(google.problems).toEqual([]);
    });
  });
});

describe('a subscription at Microsoft', () => {
  test('is made after the handshake, with the right to read alone, and brings a change at once', async () => {
    await withCalendars(async (given) => {
      const { graph } = given;
      await onToday(given);
      await watch(given);
      expect([...graph.subscriptions.values()]).toMatchObject([{ resource: `me/calendars/${MAIN.microsoft}/events` }]);
      expect((await theChannel(given)).channel_id).toBe([...graph.subscriptions.keys()][0]);
      await expectHeard(given, () => graph.tellSubscriptions());
      expect(graph.problems).toEqual([]);
    });
  });

  test('is prolonged in time under the same name, and its messages still count', async () => {
    await withCalendars(async (given) => {
      const { graph, clock } = given;
      await onToday(given);
      await watch(given);
      const [[name, { expirationDateTime }] = ['', { expirationDateTime: '' }]] = [...graph.subscriptions];
      clock.advanceMinutes(6 * 24 * 60 + 12 * 60);
      await watch(given);
      expect(Date.parse(graph.subscriptions.get(name)?.expirationDateTime ?? '')).toBeGreaterThan(Date.parse(expirationDateTime));
      expect(graph.subscriptions.size).toBe(1);
      await expectHeard(given, () => graph.tellSubscriptions());
    });
  });

  test('reauthorizationRequired prolongs it now, missed reads at once, subscriptionRemoved reads and makes another', async () => {
    await withCalendars(async (given) => {
      const { graph, clock } = given;
      await onToday(given);
      await watch(given);
      const [name = ''] = graph.subscriptions.keys();
      clock.advanceMinutes(60);
      const before = graph.subscriptions.get(name)?.expirationDateTime ?? '';
      expect(await graph.tellSubscriptions('reauthorizationRequired')).toEqual([202]);
      await watch(given);
      expect(Date.parse(graph.subscriptions.get(name)?.expirationDateTime ?? '')).toBeGreaterThan(Date.parse(before));
      await expectHeard(given, () => graph.tellSubscriptions('missed'));
      await expectHeard(given, () => graph.tellSubscriptions('subscriptionRemoved'));
      expect(graph.subscriptions.size).toBe(0);
      await watch(given);
      const [other = ''] = graph.subscriptions.keys();
      expect([other === '', other === name]).toEqual([false, false]);
      await expectHeard(given, () => graph.tellSubscriptions());
      expect(graph.problems).toEqual([]);
    });
  });

  test('refused for the right to read alone: read by the clock, and made after a consent that grants more', async () => {
    await withCalendars(async (given) => {
      const { graph, clock } = given;
      await onToday(given);
      const asked = () => graph.requests.filter(({ url }) => url.pathname.endsWith('/subscriptions')).length;
      graph.failNext({ status: 403, body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } } });
      await watch(given);
      clock.advanceMinutes(61);
      await watch(given);
      expect([asked(), graph.subscriptions.size]).toEqual([1, 0]);
      expect(await listDay(given, new Date(clock.nowMs() + 86_400_000).toISOString().slice(0, 10))).toMatchObject({ status: 'fresh' });
      await connectByConsent(given, 'microsoft', 'writeOwnCalendar');
      await watch(given);
      expect([asked(), graph.subscriptions.size]).toEqual([2, 1]);
    });
  });

  test('lost without a word is made anew when it is to be prolonged', async () => {
    await withCalendars(async (given) => {
      const { graph, clock, db } = given;
      await onToday(given);
      await watch(given);
      graph.subscriptions.clear();
      await db
        .updateTable('push_channels')
        .set({ renew_at: new Date(clock.nowMs()) })
        .execute();
      await watch(given);
      expect(graph.subscriptions.size).toBe(1);
      await expectHeard(given, () => graph.tellSubscriptions());
    });
  });

  test('a message with a wrong token, for another connection or of a kind nobody knows changes nothing', async () => {
    await withCalendars(async (given) => {
      const { graph, call, world, db } = given;
      const id = await onToday(given);
      await watch(given);
      const [[subscriptionId, { clientState }] = ['', { clientState: '' }]] = [...graph.subscriptions];
      const known = await db.selectFrom('connections').select(['fresh_until', 'next_at']).executeTakeFirstOrThrow();
      const channel = await theChannel(given);
      const say = async (value: unknown, connection = id) => {
        const url = `/v1/calendar-messages/microsoft/${world.tenantId}/${connection}`;
        expect((await call('POST', url, { key: null, body: { value } })).status).toBe(202);
      };
      for (const lifecycleEvent of [undefined, 'missed', 'subscriptionRemoved', 'reauthorizationRequired']) {
        await say([{ subscriptionId, clientState: 'wrong', lifecycleEvent }]);
        await say([{ subscriptionId, lifecycleEvent }]);
        await say([{ subscriptionId: '', clientState: '', lifecycleEvent }]);
        await say([{ subscriptionId, clientState, lifecycleEvent }], 'con_other');
      }
      await say('nonsense');
      expect(await db.selectFrom('connections').select(['fresh_until', 'next_at']).executeTakeFirstOrThrow()).toEqual(known);
      expect(await theChannel(given)).toEqual(channel);
    });
  });
});

/** Subscriptions end by Microsoft's own clock, so the test begins today. */
async function onToday(given: CalendarApp): Promise<string> {
  given.clock.setTime(Date.now());
  return connectByConsent(given, 'microsoft', 'busy');
}

async function watch({ deps }: CalendarApp): Promise<void> {
  await watchCalendars(deps, 20);
}

async function theChannel({ db }: CalendarApp) {
  return db.selectFrom('push_channels').selectAll().executeTakeFirstOrThrow();
}

/** What was said makes the copy too old, so that the next look reads. */
async function expectHeard({ db, clock }: CalendarApp, say: () => Promise<number[]>): Promise<void> {
  const later = new Date(clock.nowMs() + 240_000);
  await db.updateTable('connections').set({ fresh_until: later, next_at: later, status: 'ok' }).execute();
  expect(await say()).toEqual([202]);
  const { fresh_until: until, next_at: next } = await db
    .selectFrom('connections')
    .select(['fresh_until', 'next_at'])
    .executeTakeFirstOrThrow();
  expect([until?.getTime(), next.getTime()]).toEqual([clock.nowMs(), clock.nowMs()]);
}
