import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../server/adapters/crypto.ts';
import { findConnection } from '../../../server/adapters/db/connections.ts';
import { saveChannel } from '../../../server/adapters/db/push-channels.ts';
import { callConnection } from '../../../server/flows/call-connection.ts';
import { pollCalendars } from '../../../server/flows/poll-calendars.ts';
import { refreshBusy } from '../../../server/flows/refresh-busy.ts';
import type { Fault } from '../../fakes/fake-server.ts';
import { bookAt, connectByConsent, DAY, type CalendarApp, listDay, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;

async function poll({ deps }: CalendarApp): Promise<void> {
  await pollCalendars(deps, 100, (error) => expect(error).toBeNull());
}

async function eventTypes({ db }: CalendarApp): Promise<string[]> {
  const rows = await db.selectFrom('events').select('type').where('type', 'like', 'calendar.%').orderBy('event_id').execute();
  return rows.map(({ type }) => type);
}

describe('while a calendar cannot be read', () => {
  test.each<[string, Fault]>([
    ['down', { status: 503 }],
    ['silent', 'silence'],
    ['an HTML page', { status: 200, body: '<html>maintenance</html>' }],
    ['asking to wait', { status: 429, headers: { 'retry-after': '600' }, body: {} }],
    ['JSON that makes no sense', { status: 200, body: { calendars: 7 } }],
    ['401 for everything, logins included', { status: 401, body: { error: { code: 401, errors: [] } } }],
  ])(
    '%s: no time is given away that is not known to be free, in time, and it recovers by itself',
    { timeout: 60_000 },
    async (_name, fault) => {
      await withCalendars(async (given) => {
        const { google, clock, call, world } = given;
        const id = await connectByConsent(given);
        google.failAlways(fault);
        // The copy is fresh, so it is shown; before time is taken the calendar is asked, and cannot be.
        expect(await listDay(given)).toMatchObject({ status: 'fresh' });
        const began = performance.now();
        expect(await bookAt(given, TEN)).toMatchObject({ status: 503, body: { code: 'calendar_unavailable' } });
        expect(performance.now() - began).toBeLessThan(8000);

        clock.advanceMinutes(6);
        const asked = performance.now();
        expect((await listDay(given)).status).toBe('stale');
        expect(performance.now() - asked).toBeLessThan(4000);
        clock.advanceMinutes(20);
        const hidden = await listDay(given);
        expect(hidden).toMatchObject({ status: 'unavailable', starts: [], calendars: [{ connectionId: id, status: 'unavailable' }] });
        const why = await call('GET', `/v1/event-types/${world.eventTypeId}/explain?at=${TEN}`, { key: world.secretKey });
        expect(why.body.reason).toBe('calendar_unavailable');
        await call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body: { failureMode: 'lastKnown' } });
        const lastKnown = await listDay(given);
        expect(lastKnown.status).toBe('stale');
        expect(lastKnown.starts).toContain('15:00');
        await call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body: { failureMode: 'hide' } });

        google.failAlways(null);
        clock.advanceMinutes(30);
        await poll(given);
        expect(await listDay(given)).toMatchObject({ status: 'fresh' });
        expect((await bookAt(given, TEN)).status).toBe(201);
      });
    },
  );

  test('429 with Retry-After: nobody asks again before', async () => {
    await withCalendars(async (given) => {
      const { google, clock, db } = given;
      await connectByConsent(given);
      clock.advanceMinutes(6);
      google.failAlways({ status: 429, headers: { 'retry-after': '600' }, body: {} });
      await poll(given);
      const before = google.requests.length;
      clock.advanceMinutes(9);
      await poll(given);
      await listDay(given);
      expect(google.requests.length).toBe(before);
      const row = await db.selectFrom('connections').select('next_at').executeTakeFirstOrThrow();
      expect(row.next_at.getTime()).toBeGreaterThan(clock.nowMs());
    });
  });

  test('a login that has died: disconnected once, told once to tenant and host, never asked again, revived by consent', async () => {
    await withCalendars(async (given) => {
      const { google, clock, db } = given;
      await connectByConsent(given);
      google.oauth.loseEverything();
      clock.advanceMinutes(6);
      await poll(given);
      const asked = google.requests.length;
      for (let i = 0; i < 5; i += 1) {
        clock.advanceMinutes(30);
        await poll(given);
        expect(await listDay(given)).toMatchObject({ status: 'unavailable', starts: [] });
      }
      expect(google.requests.length).toBe(asked);
      expect(await bookAt(given, TEN)).toMatchObject({ status: 503, body: { code: 'calendar_unavailable' } });
      expect(await eventTypes(given)).toEqual(['calendar.error']);
      const mails = await db.selectFrom('outgoing_messages').select(['kind', 'party']).where('kind', '=', 'calendarDisconnected').execute();
      expect(mails).toEqual([{ kind: 'calendarDisconnected', party: 'host' }]);
      await connectByConsent(given);
      expect(await listDay(given)).toMatchObject({ status: 'fresh' });
      expect(await eventTypes(given)).toEqual(['calendar.error', 'calendar.recovered']);
      expect((await db.selectFrom('connections').selectAll().execute()).length).toBe(1);
    });
  });

  test('401 for ever, though the login can be renewed: renewed once, disconnected, and never asked again', async () => {
    await withCalendars(async (given) => {
      const { google, clock, db } = given;
      await connectByConsent(given);
      const [refreshes, asked] = [google.oauth.refreshes(), google.requests.length];
      const refused: Fault = { status: 401, body: { error: { code: 401, errors: [{ reason: 'authError' }] } } };
      google.failNext(refused, 'asIs', refused);
      clock.advanceMinutes(6);
      for (let i = 0; i < 4; i += 1) {
        await poll(given);
        expect(await listDay(given)).toMatchObject({ status: 'unavailable', starts: [] });
        clock.advanceMinutes(30);
      }
      expect([google.oauth.refreshes() - refreshes, google.requests.length - asked]).toEqual([1, 3]);
      expect(await db.selectFrom('connections').select('status').executeTakeFirst()).toEqual({ status: 'disconnected' });
      expect(await bookAt(given, `${DAY}T20:00:00Z`)).toMatchObject({ status: 503, body: { code: 'calendar_unavailable' } });
    });
  });

  test('two refreshes at once use one token refresh and one reading', async () => {
    await withCalendars(async (given) => {
      const { google, clock, deps, world } = given;
      const id = await connectByConsent(given);
      google.oauth.expireAccessTokens();
      clock.advanceMinutes(6);
      const [refreshes, reads] = [google.oauth.refreshes(), freeBusyReads(given)];
      let release = () => {};
      google.holdUntil(new Promise<void>((resolve) => (release = resolve)));
      const first = refreshBusy(deps, world.tenantId, id);
      await expect.poll(() => freeBusyReads(given)).toBe(reads + 1);
      const others = Array.from({ length: 4 }, () => refreshBusy(deps, world.tenantId, id));
      await deps.db.selectFrom('connections').select('status').execute();
      release();
      await Promise.all([first, ...others]);
      expect(google.oauth.refreshes()).toBe(refreshes + 1);
      // The first of the readings is refused for its token; the range takes two questions.
      expect(freeBusyReads(given) - reads).toBeLessThanOrEqual(3);
    });
  });
});

describe('calls of every kind at once', () => {
  test.each(['google', 'microsoft'] as const)('renew a login of %s once, whether its token has run out or was taken back', async (name) => {
    await withCalendars(async (given) => {
      const { deps, clock, world } = given;
      const { oauth } = name === 'google' ? given.google : given.graph;
      const id = await connectByConsent(given, name);
      const atOnce = async () => {
        const row = await findConnection(deps.db, world.tenantId, id);
        if (row === undefined) throw new Error('the connection is gone');
        const before = oauth.refreshes();
        const calls = Array.from({ length: 6 }, () => callConnection(deps, row, (provider, login) => provider.listCalendars(login)));
        const answers = await Promise.all([...calls, listDay(given), bookAt(given, TEN)]);
        for (const answer of answers.slice(0, 6)) expect(answer).toMatchObject({ ok: true });
        return oauth.refreshes() - before;
      };
      oauth.expireAccessTokens();
      expect(await atOnce()).toBe(1);
      clock.advanceMinutes(120);
      expect(await atOnce()).toBe(1);
      expect(await deps.db.selectFrom('connections').select('status').executeTakeFirst()).toEqual({ status: 'ok' });
    });
  });
});

describe('messages of providers', () => {
  test('with the token of the channel a change is read at once; with a wrong one nothing happens', async () => {
    await withCalendars(async (given) => {
      const { call, world, db, clock } = given;
      const id = await connectByConsent(given);
      const channel = {
        channelId: 'chan-1',
        resourceId: 'res-1',
        calendarId: 'host@example.com',
        expiresAtMs: clock.nowMs() + 1e8,
        renewAtMs: clock.nowMs() + 1e8,
      };
      await saveChannel(db, world.tenantId, id, { ...channel, tokenHash: sha256('right') });
      const say = (token: string, connection = id) =>
        call('POST', `/v1/calendar-messages/google/${world.tenantId}/${connection}`, {
          key: null,
          headers: { 'x-goog-channel-id': 'chan-1', 'x-goog-resource-state': 'exists', 'x-goog-channel-token': token },
        });
      given.google.putEvent('host@example.com', { id: 'o1', start: { dateTime: TEN }, end: { dateTime: `${DAY}T15:30:00Z` } });
      expect((await say('wrong')).status).toBe(202);
      expect((await say('right', 'con_other')).status).toBe(202);
      expect((await listDay(given)).starts).toContain('15:00');
      expect((await say('right')).status).toBe(202);
      expect((await listDay(given)).starts).not.toContain('15:00');
      const hello = await call('POST', `/v1/calendar-messages/microsoft/${world.tenantId}/${id}?validationToken=a%3Cb`, { key: null });
      expect([hello.text, hello.headers['content-type']]).toEqual(['a<b', 'text/plain; charset=utf-8']);
    });
  });
});

function freeBusyReads({ google }: CalendarApp): number {
  return google.requests.filter(({ url }) => url.pathname.endsWith('/freeBusy')).length;
}
