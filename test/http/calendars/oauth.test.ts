import { describe, expect, test } from 'vitest';
import { bookAt, callbackUrl, connectByConsent, DAY, form, grantOf, hostToken, listDay, withCalendars } from './with-calendars.ts';

describe('connecting an account by its consent page', () => {
  test('goes from the authorize address to a page that names account, host and tenant; only its button keeps anything', async () => {
    await withCalendars(async (given) => {
      const { call, world, google, db, clock } = given;
      const roomToken = await hostToken({ world, clock });
      const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/google/authorize`, {
        key: world.publishableKey,
        roomToken,
        body: {},
      });
      expect(asked.status).toBe(200);
      expect(asked.body.scopes.join(' ')).not.toContain('calendar.events');
      expect(asked.body.url).not.toContain(world.tenantId);
      const { code, state } = google.oauth.consent(asked.body.url);
      const page = await call('GET', callbackUrl('google', { code, state }), { key: null });
      expect(page.status).toBe(200);
      for (const name of ['host@example.com', 'Ana Host', 'Acme']) expect(page.text).toContain(name);
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);

      const grant = grantOf(page.text);
      const kept = await call('POST', '/v1/oauth/google/callback', { key: null, ...form({ grant, answer: 'connect' }) });
      expect([kept.status, kept.text.includes('is connected')]).toEqual([200, true]);
      const twice = await call('POST', '/v1/oauth/google/callback', { key: null, ...form({ grant, answer: 'connect' }) });
      expect(twice.status).toBe(200);
      const list = await call('GET', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey });
      expect(list.body.data).toMatchObject([
        { provider: 'google', account: 'host@example.com', status: 'ok', access: 'busy', checkedAt: expect.any(String) },
      ]);
      expect(google.problems).toEqual([]);
    });
  });

  test('refuses a changed or made-up state, one of another provider, one too old, a code used before and a grant made up', async () => {
    await withCalendars(async (given) => {
      const { call, world, google, db, clock } = given;
      const authorize = async () => {
        const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/google/authorize`, { key: world.secretKey, body: {} });
        return google.oauth.consent(asked.body.url);
      };
      const open = async (provider: string, query: Record<string, string>) =>
        (await call('GET', callbackUrl(provider, query), { key: null })).status;
      const { code, state } = await authorize();
      const changed = `${state.slice(0, -4)}${state.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
      expect(await open('google', { code, state: changed })).toBe(403);
      expect(await open('google', { code, state: 'x'.repeat(300) })).toBe(403);
      expect(await open('google', { code })).toBe(403);
      expect(await open('microsoft', { code, state })).toBe(403);
      expect(await open('google', { state, error: 'access_denied' })).toBe(403);
      expect(await open('google', { code, state })).toBe(200);
      expect(await open('google', { code, state })).toBe(403);
      const late = await authorize();
      clock.advanceMinutes(16);
      expect(await open('google', late)).toBe(403);
      const made = await call('POST', '/v1/oauth/google/callback', { key: null, ...form({ grant: state, answer: 'connect' }) });
      expect(made.status).toBe(403);
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
    });
  });

  test('who refuses on our page gives the login back, and a host who granted too little is told so', async () => {
    await withCalendars(async (given) => {
      const { call, world, google, db } = given;
      const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/google/authorize`, {
        key: world.secretKey,
        body: { access: 'writeAnyCalendar' },
      });
      const { code, state } = google.oauth.consent(asked.body.url);
      const page = await call('GET', callbackUrl('google', { code, state }), { key: null });
      const before = google.oauth.liveRefreshTokens();
      await call('POST', '/v1/oauth/google/callback', { key: null, ...form({ grant: grantOf(page.text), answer: 'refuse' }) });
      expect(google.oauth.liveRefreshTokens()).toBe(before - 1);
      const little = google.oauth.consent(asked.body.url, ['https://www.googleapis.com/auth/calendar.freebusy']);
      expect((await call('GET', callbackUrl('google', little), { key: null })).status).toBe(403);
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
    });
  });

  test('Microsoft goes the same way; its busy time blocks and disconnecting deletes the login', async () => {
    await withCalendars(async (given) => {
      const { call, world, graph, db } = given;
      graph.putEvent({
        id: 'outside-1',
        start: { dateTime: `${DAY}T15:00:00.0000000`, timeZone: 'UTC' },
        end: { dateTime: `${DAY}T15:30:00.0000000`, timeZone: 'UTC' },
      });
      const id = await connectByConsent(given, 'microsoft');
      expect((await listDay(given)).starts).not.toContain('15:00');
      expect((await bookAt(given, `${DAY}T15:00:00Z`)).status).toBe(409);
      expect((await call('DELETE', `/v1/connections/${id}`, { key: world.secretKey })).status).toBe(204);
      expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
      expect((await listDay(given)).starts).toContain('15:00');
      expect(graph.problems).toEqual([]);
    });
  });
});
