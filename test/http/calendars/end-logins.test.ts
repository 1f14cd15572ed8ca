import { describe, expect, test } from 'vitest';
import { createPostman } from '../../../server/flows/postman.ts';
import { watchCalendars } from '../../../server/flows/watch-calendars.ts';
import { makeWorld } from '../../helpers/world.ts';
import { callbackUrl, type CalendarApp, connectByConsent, form, grantOf, withCalendars } from './with-calendars.ts';

describe('when a host is deleted', () => {
  test('the logins end at the provider, channels first, and nothing that opens them is left', async () => {
    await withCalendars(async (given) => {
      const { google, graph, call, world, db, deps } = given;
      await connectByConsent(given, 'google', 'writeAnyCalendar');
      await connectByConsent(given, 'microsoft');
      await watchCalendars(deps, 10);
      expect([google.channels.size, graph.subscriptions.size]).toEqual([1, 1]);
      await call('DELETE', `/v1/event-types/${world.eventTypeId}`, { key: world.secretKey });
      expect((await call('DELETE', `/v1/hosts/${world.hostId}`, { key: world.secretKey })).status).toBe(204);
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
      expect(google.oauth.liveRefreshTokens()).toBe(1);
      await work(given);
      expect([google.channels.size, graph.subscriptions.size, google.oauth.liveRefreshTokens()]).toEqual([0, 0, 0]);
      expect(await left(given)).toEqual([]);
      expect([...google.problems, ...graph.problems]).toEqual([]);
    });
  });

  test('a host who cannot be deleted keeps the login', async () => {
    await withCalendars(async (given) => {
      const { google, call, world } = given;
      await connectByConsent(given);
      expect((await call('DELETE', `/v1/hosts/${world.hostId}`, { key: world.secretKey })).status).toBe(409);
      await work(given);
      expect([google.oauth.liveRefreshTokens(), (await left(given)).length]).toEqual([1, 0]);
    });
  });
});

test('who is erased as a host is disconnected everywhere, and the feed of the meetings opens nothing any more', async () => {
  await withCalendars(async (given) => {
    const { google, call, db } = given;
    const world = await makeWorld(given, { host: { externalId: 'ana' } });
    await connectByConsent({ ...given, world });
    await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body: { provider: 'simulated' } });
    const feed = await call('POST', `/v1/hosts/${world.hostId}/feed/rotate`, { key: world.secretKey });
    const url = String(feed.body.url).replace('https://parley.test', '');
    expect((await call('GET', url, { key: null })).status).toBe(200);
    expect((await call('DELETE', '/v1/people/ana', { key: world.secretKey })).status).toBe(204);
    for (const table of ['connections', 'connection_calendars', 'busy_intervals', 'simulated_calendars'] as const)
      expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
    expect((await call('GET', url, { key: null })).status).not.toBe(200);
    await work(given);
    expect([google.oauth.liveRefreshTokens(), await left(given)]).toEqual([0, []]);
  });
});

describe('when the provider cannot be told', () => {
  test('disconnecting works all the same, and the login ends when the provider is back, with a channel that needs a new token', async () => {
    await withCalendars(async (given) => {
      const { google, call, world, clock, deps } = given;
      const id = await connectByConsent(given, 'google', 'writeAnyCalendar');
      await watchCalendars(deps, 10);
      google.failAlways({ status: 503, headers: { 'retry-after': '300' }, body: {} });
      expect((await call('DELETE', `/v1/connections/${id}`, { key: world.secretKey })).status).toBe(204);
      expect((await left(given)).length).toBe(1);
      const asked = google.requests.length;
      clock.advanceMinutes(4);
      await work(given);
      expect(google.requests.length).toBe(asked);
      clock.advanceMinutes(120);
      google.oauth.expireAccessTokens();
      google.failAlways(null);
      await work(given);
      expect([google.channels.size, google.oauth.liveRefreshTokens(), await left(given)]).toEqual([0, 0, []]);
    });
  });

  test('it is given up after two days, and what opens the account is deleted', async () => {
    await withCalendars(async (given) => {
      const { google, call, world, clock } = given;
      const id = await connectByConsent(given);
      google.failAlways({ status: 500 });
      await call('DELETE', `/v1/connections/${id}`, { key: world.secretKey });
      let hours = 0;
      for (; hours < 100 && (await left(given)).length > 0; hours += 1) {
        clock.advanceMinutes(60);
        await work(given);
      }
      expect(hours).toBeGreaterThan(40);
      expect(hours).toBeLessThan(72);
      expect(await left(given)).toEqual([]);
    });
  });

  test('a worker that dies after the change loses nothing', async () => {
    await withCalendars(async (given) => {
      const { google, call, world, clock, db } = given;
      const id = await connectByConsent(given);
      google.failNext('silence');
      const refused = call('DELETE', `/v1/connections/${id}`, { key: world.secretKey });
      // The row is there while the provider is being told.
      await expect.poll(async () => (await left(given)).length).toBe(1);
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
      clock.advanceMinutes(2);
      await work(given);
      expect(google.oauth.liveRefreshTokens()).toBe(0);
      expect((await refused).status).toBe(204);
    });
  }, 20_000);

  test('a login that has died there already is simply deleted', async () => {
    await withCalendars(async (given) => {
      const { google, call, world, deps } = given;
      const id = await connectByConsent(given, 'google', 'writeAnyCalendar');
      await watchCalendars(deps, 10);
      google.oauth.loseEverything();
      await call('DELETE', `/v1/connections/${id}`, { key: world.secretKey });
      expect(await left(given)).toEqual([]);
    });
  });
});

describe('an account that is connected twice', () => {
  test('keeps its login until the last connection of it is gone', async () => {
    await withCalendars(async (given) => {
      const { google, call, world } = given;
      const first = await connectByConsent(given);
      const other = await makeWorld(given);
      const second = await connectByConsent({ ...given, world: other });
      await call('DELETE', `/v1/connections/${first}`, { key: world.secretKey });
      expect([google.oauth.liveRefreshTokens(), await left(given)]).toEqual([2, []]);
      const read = await call('POST', `/v1/connections/${second}/sync`, { key: other.secretKey });
      expect(read.body).toMatchObject({ status: 'ok' });
      await call('DELETE', `/v1/connections/${second}`, { key: other.secretKey });
      expect(google.oauth.liveRefreshTokens()).toBe(0);
    });
  });

  test('refusing on our page, where the account is connected already, leaves that connection alone', async () => {
    await withCalendars(async (given) => {
      const { google, call, world } = given;
      const id = await connectByConsent(given);
      const url = `/v1/hosts/${world.hostId}/connections/google/authorize`;
      const asked = await call('POST', url, { key: world.secretKey, body: { access: 'writeAnyCalendar' } });
      const { code, state } = google.oauth.consent(asked.body.url);
      const page = await call('GET', callbackUrl('google', { code, state }), { key: null });
      await call('POST', '/v1/oauth/google/callback', { key: null, ...form({ grant: grantOf(page.text), answer: 'refuse' }) });
      google.oauth.expireAccessTokens();
      expect((await call('POST', `/v1/connections/${id}/sync`, { key: world.secretKey })).body).toMatchObject({ status: 'ok' });
    });
  });
});

async function work({ deps }: CalendarApp): Promise<void> {
  await createPostman(deps, (error) => expect(error).toBeNull()).drain();
}

async function left({ db }: CalendarApp) {
  return db.selectFrom('logins_to_end').selectAll().execute();
}
