import { describe, expect, test } from 'vitest';
import { createVault } from '../../../server/adapters/crypto.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import { pollCalendars } from '../../../server/flows/poll-calendars.ts';
import { SECRET_KEY, withApp } from '../../helpers/app.ts';
import { makeWorld } from '../../helpers/world.ts';
import { bookAt, calendarFile, connectByConsent, DAY, hostToken, listDay, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;
const busy = (start: string, end: string) => ({ start: `${DAY}T${start}:00Z`, end: `${DAY}T${end}:00Z` });

describe('a simulated calendar', () => {
  test('blocks its times in listings, search, explain and bookings, until it is disconnected', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const { call } = given;
      expect((await listDay({ call, world })).starts).toContain('15:00');
      const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, {
        key: world.secretKey,
        body: { provider: 'simulated', busy: [busy('15:00', '15:30')] },
      });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ status: 'ok', checkedAt: '2026-11-23T12:00:00.000Z', failureMode: 'hide', writeCalendarId: null });
      const listed = await listDay({ call, world });
      expect(listed.starts).not.toContain('15:00');
      expect(listed.starts).toContain('15:30');
      expect(listed).toMatchObject({ status: 'fresh', calendars: [{ connectionId: made.body.id, status: 'fresh' }] });
      const why = await call('GET', `/v1/event-types/${world.eventTypeId}/explain?at=${TEN}`, { key: world.secretKey });
      expect(why.body).toMatchObject({ bookable: false, reason: 'busy' });
      const found = await call('POST', '/v1/slots/search', {
        key: world.secretKey,
        body: { eventTypeIds: [world.eventTypeId], from: DAY, to: DAY, timeZone: 'UTC' },
      });
      expect(found.body.data[0].count).toBe(listed.starts.length);
      expect(await bookAt({ call, world }, TEN)).toMatchObject({ status: 409, body: { code: 'slot_unavailable', reason: 'busy' } });

      expect((await call('DELETE', `/v1/connections/${made.body.id}`, { key: world.secretKey })).status).toBe(204);
      expect((await listDay({ call, world })).starts).toContain('15:00');
      expect((await bookAt({ call, world }, TEN)).status).toBe(201);
      const left = await given.db.selectFrom('busy_intervals').selectAll().execute();
      expect(left).toEqual([]);
    });
  });

  test('a time that became busy after the listing is refused at holding, booking, moving and confirming', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { eventType: { confirmation: 'request' } });
      const { call } = given;
      const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: { provider: 'simulated' } });
      const asked = await bookAt({ call, world }, TEN);
      expect(asked.status).toBe(201);
      // Behind our back: the copy does not know.
      await given.deps.db
        .updateTable('simulated_calendars')
        .set({
          state: JSON.stringify({
            busy: [{ startMs: Date.parse(TEN), endMs: Date.parse(TEN) + 3_600_000, kind: 'busy', allDay: false }],
            events: [],
            revision: 0,
            fault: null,
          }) as never,
        })
        .execute();
      const refusal = { status: 409, body: { code: 'slot_unavailable', reason: 'busy' } };
      expect(await call('POST', `/v1/bookings/${asked.body.id}/confirm`, { key: world.secretKey, body: {} })).toMatchObject(refusal);
      const next = `${DAY}T15:30:00Z`;
      expect(
        await call('POST', '/v1/holds', { key: world.secretKey, body: { eventTypeId: world.eventTypeId, start: next } }),
      ).toMatchObject(refusal);
      expect(await bookAt({ call, world }, next)).toMatchObject(refusal);
      expect(await call('POST', `/v1/bookings/${asked.body.id}/reschedule`, { key: world.secretKey, body: { start: next } })).toMatchObject(
        refusal,
      );
      // And the copy is read again at the next look, since it was found wrong.
      expect((await listDay({ call, world })).starts).not.toContain('15:30');
      expect(made.status).toBe(201);
    });
  });

  test('what blocks is the choice of the host', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const { call, clock } = given;
      const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: { provider: 'simulated' } });
      const roomToken = await hostToken({ world, clock });
      const change = (body: object) => call('PATCH', `/v1/connections/${made.body.id}`, { key: world.publishableKey, roomToken, body });
      const state = {
        busy: [{ startMs: Date.parse(TEN), endMs: Date.parse(TEN) + 1_800_000, kind: 'tentative', allDay: false }],
        events: [],
        revision: 0,
        fault: null,
      };
      await given.db
        .updateTable('simulated_calendars')
        .set({ state: JSON.stringify(state) as never })
        .execute();
      await call('POST', `/v1/connections/${made.body.id}/sync`, { key: world.secretKey });
      expect((await listDay({ call, world })).starts).not.toContain('15:00');
      expect((await change({ treatAsBusy: { tentative: false } })).body.treatAsBusy).toMatchObject({ tentative: false, outOfOffice: true });
      expect((await listDay({ call, world })).starts).toContain('15:00');
      await change({ treatAsBusy: { tentative: true } });
      await change({ calendars: [{ id: 'simulated', blocks: false }] });
      expect(await listDay({ call, world })).toMatchObject({ status: 'fresh', calendars: [] });
      expect((await change({ calendars: [{ id: 'other', blocks: true }] })).body.issues[0].path).toBe('calendars.0.id');
      expect((await change({ writeCalendarId: 'nowhere' })).body.issues[0].path).toBe('writeCalendarId');
      expect((await change({ writeCalendarId: 'simulated' })).body.writeCalendarId).toBe('simulated');
    });
  });
});

test('choosing a calendar for bookings writes the meetings made before, too', async () => {
  await withApp(async (given) => {
    const world = await makeWorld(given);
    const { call, db, deps } = given;
    const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: { provider: 'simulated' } });
    const booked = await bookAt({ call, world }, TEN);
    await call('PATCH', `/v1/connections/${made.body.id}`, { key: world.secretKey, body: { writeCalendarId: 'simulated' } });
    await createPostman(deps, (error) => expect(error).toBeNull()).drain();
    const [row] = await db.selectFrom('written_events').select(['booking_id', 'state']).execute();
    expect(row).toEqual({ booking_id: booked.body.id, state: 'written' });
    // Our own event in it does not block the meeting from being moved over itself.
    expect((await listDay({ call, world })).starts).not.toContain('15:00');
    const moved = await call('POST', `/v1/bookings/${booked.body.id}/reschedule`, {
      key: world.secretKey,
      body: { start: `${DAY}T15:30:00Z` },
    });
    expect(moved.status).toBe(200);
  });
});

describe('a feed', () => {
  test('is tried when it is connected: an address inside the network, none, and what is no calendar are refused in words', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const connect = (body: object) => given.call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body });
      for (const url of ['http://127.0.0.1:9/x.ics', 'http://169.254.169.254/latest', 'http://[::1]/x.ics']) {
        const refused = await connect({ provider: 'ics', url });
        expect(refused, url).toMatchObject({ status: 400, body: { code: 'validation_failed', issues: [{ path: 'url' }] } });
      }
      expect(await connect({ provider: 'caldav', url: 'http://10.0.0.1/dav', username: 'x', password: 'hunter2' })).toMatchObject({
        status: 400,
      });
      expect((await connect({ provider: 'ics', url: 'ftp://x.example/x' })).status).toBe(400);
      expect(await given.db.selectFrom('connections').selectAll().execute()).toEqual([]);
    });
    await withCalendars(async (given) => {
      given.feed.text = '<html>no calendar</html>';
      const { call, world, feed } = given;
      const connect = () =>
        call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: { provider: 'ics', url: feed.url } });
      expect((await connect()).body).toMatchObject({ code: 'validation_failed', issues: [{ path: 'url' }] });
      feed.failAlways({ status: 500 });
      expect(await connect()).toMatchObject({ status: 503, body: { code: 'calendar_unavailable' } });
      feed.failAlways(null);
      feed.text = calendarFile([{ start: '20261124T150000Z', end: '20261124T153000Z' }]);
      expect((await connect()).status).toBe(201);
      expect((await listDay(given)).starts).not.toContain('15:00');
    });
  });
});

describe('what is kept', () => {
  test('nothing of an outside event but its time is in a table, a log line or an answer; passwords and tokens are in none either', async () => {
    await withCalendars(async (given) => {
      const { call, world, feed, google, db, logs, deps, clock } = given;
      feed.text = calendarFile([{ start: '20261124T150000Z', end: '20261124T153000Z' }]);
      const secretFeed = `${feed.url}/private-9f8e7d.ics`;
      const answers: string[] = [];
      const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, {
        key: world.secretKey,
        body: { provider: 'ics', url: secretFeed },
      });
      google.putEvent('host@example.com', {
        id: 'outside1',
        summary: 'Secret surgery',
        description: 'Secret words',
        location: 'Secret clinic',
        attendees: [{ email: 'secret.person@clinic.example' }],
        start: { dateTime: `${DAY}T16:00:00Z` },
        end: { dateTime: `${DAY}T16:30:00Z` },
      } as never);
      await connectByConsent(given);
      clock.advanceMinutes(60);
      await pollCalendars(deps, 100, (error) => expect(error).toBeNull());
      const day = await listDay(given);
      expect(day.starts).not.toContain('15:00');
      expect(day.starts).not.toContain('16:00');
      answers.push(
        JSON.stringify(day),
        made.text,
        (await call('GET', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey })).text,
      );
      answers.push((await call('GET', `/v1/event-types/${world.eventTypeId}/explain?date=${DAY}`, { key: world.secretKey })).text);
      answers.push((await bookAt(given, TEN)).text);
      const dump = await everyRow(db);
      const tokens = google.requests.flatMap(({ headers }) => (headers.authorization ?? '').replace('Bearer ', '') || []);
      for (const secret of ['Secret', 'secret.person', 'private-9f8e7d', 'surgery', ...tokens]) {
        expect(dump.includes(secret), `a table holds ${secret}`).toBe(secret === 'Secret' && dump.includes('Secret name of the host'));
        expect(logs.join('\n').includes(secret), `a log line holds ${secret}`).toBe(false);
      }
      for (const secret of ['surgery', 'Secret words', 'Secret clinic', 'secret.person', 'private-9f8e7d', ...tokens])
        for (const answer of answers) expect(answer).not.toContain(secret);
      expect(dump).toContain('busy');
    });
  });

  test('a login encrypted under an older SECRET_KEY opens, and moves to the newest when it is written', async () => {
    await withCalendars(async (given) => {
      const { deps, google, db, world, clock } = given;
      const id = await connectByConsent(given);
      const before = await db.selectFrom('connections').select('credentials').executeTakeFirstOrThrow();
      const newest = new Uint8Array(32).fill(9);
      const rotated = { ...deps, vault: createVault([newest, SECRET_KEY]) };
      google.oauth.expireAccessTokens();
      clock.advanceMinutes(6);
      await pollCalendars(rotated, 10, () => {});
      const after = await db.selectFrom('connections').selectAll().where('connection_id', '=', id).executeTakeFirstOrThrow();
      expect(after.status).toBe('ok');
      expect(after.credentials.equals(before.credentials)).toBe(false);
      expect(createVault([newest]).open(after.credentials, `connection:${world.tenantId}:${id}`)).toContain('accessToken');
      clock.advanceMinutes(6);
      await pollCalendars({ ...deps, vault: createVault([SECRET_KEY]) }, 10, () => {});
      const lost = await db.selectFrom('connections').selectAll().where('connection_id', '=', id).executeTakeFirstOrThrow();
      expect(lost).toMatchObject({ status: 'failing', failure_detail: expect.stringContaining('SECRET_KEY') });
    });
  });
});

/** Every row of every table as text; bytes as what they would spell. */
async function everyRow(db: Parameters<Parameters<typeof withCalendars>[0]>[0]['db']): Promise<string> {
  const tables = await db.introspection.getTables();
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await db
      .selectFrom(name as 'connections')
      .selectAll()
      .execute();
    parts.push(
      ...rows.map((row) =>
        Object.values(row)
          .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
          .join(' '),
      ),
    );
  }
  return parts.join('\n');
}
