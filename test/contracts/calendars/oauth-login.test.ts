import { describe, expect, it } from 'vitest';
import type { CalendarProvider, Credentials, OAuthCredentials } from '../../../server/adapters/calendars/contract.ts';
import { challengeOf } from '../../../server/adapters/calendars/oauth/oauth-login.ts';
import { GOOGLE_CLIENT } from '../../fakes/fake-google.ts';
import { MICROSOFT_CLIENT } from '../../fakes/fake-graph.ts';
import { startGoogleWorld, startMicrosoftWorld, type GoogleWorld, type MicrosoftWorld } from './worlds.ts';

const WORLDS = [
  ['google', () => startGoogleWorld('busy'), GOOGLE_CLIENT.redirectUri],
  ['microsoft', () => startMicrosoftWorld('busy'), MICROSOFT_CLIENT.redirectUri],
] as const;

describe.each(WORLDS)('logging in at %s', (name, start, redirectUri) => {
  it('asks for busy times alone at first, and for writing only when the host wants it', () =>
    withWorld(start, async ({ provider, credentials }) => {
      expect(provider.login?.scopesFor('busy').join(' ')).not.toMatch(/write|events|app\.created/i);
      expect(provider.login?.allows(oauth(credentials), 'busy')).toBe(true);
      expect(provider.login?.allows(oauth(credentials), 'writeAnyCalendar')).toBe(false);
    }));

  it('notices that the host granted less than was asked for', () =>
    withWorld(start, async ({ provider, fake }) => {
      const url =
        provider.login?.authorizeUrl({ access: 'busy', state: 'signed-state', codeChallenge: challengeOf(VERIFIER), redirectUri }) ?? '';
      const granted = provider.login?.scopesFor('busy').slice(0, 1) ?? [];
      const { code } = fake.oauth.consent(url, granted);
      const outcome = await provider.login?.exchange({ code, codeVerifier: VERIFIER, redirectUri });
      expect(outcome?.ok === true && provider.login?.allows(outcome.value, 'busy')).toBe(false);
    }));

  it('refuses a code whose verifier is not the one the challenge was made of', () =>
    withWorld(start, async ({ provider, fake }) => {
      const url =
        provider.login?.authorizeUrl({ access: 'busy', state: 'signed-state', codeChallenge: challengeOf(VERIFIER), redirectUri }) ?? '';
      const { code } = fake.oauth.consent(url);
      const stolen = await provider.login?.exchange({ code, codeVerifier: `${VERIFIER}x`, redirectUri });
      expect(stolen).toMatchObject({ ok: false, reason: 'authExpired' });
    }));

  it('renews a login that ran out, and keeps the refresh token where none is repeated', () =>
    withWorld(start, async ({ provider, credentials, fake }) => {
      fake.oauth.expireAccessTokens();
      expect(await provider.listCalendars(credentials)).toMatchObject({ ok: false, reason: 'authExpired' });
      const renewed = await provider.login?.refresh(oauth(credentials));
      if (renewed?.ok !== true) throw new Error(JSON.stringify(renewed));
      expect(renewed.value.refreshToken === oauth(credentials).refreshToken).toBe(name === 'google');
      expect(renewed.value.scopes).toEqual(oauth(credentials).scopes);
      expect(renewed.value.expiresAtMs).toBeGreaterThan(Date.now() + 3_000_000);
      expect(await provider.listCalendars(renewed.value)).toMatchObject({ ok: true });
    }));

  it('says that a login the host took back is over, and that a service in trouble is only in trouble', () =>
    withWorld(start, async ({ provider, credentials, fake }) => {
      fake.failNext({ status: 503, headers: { 'retry-after': '2' } });
      expect(await provider.login?.refresh(oauth(credentials))).toMatchObject({ ok: false, reason: 'unavailable', retryAfterMs: 2000 });
      fake.failNext({ status: 200, body: '<html>' });
      expect(await provider.login?.refresh(oauth(credentials))).toMatchObject({ ok: false, reason: 'unavailable' });
      fake.oauth.loseEverything();
      expect(await provider.login?.refresh(oauth(credentials))).toMatchObject({ ok: false, reason: 'authExpired' });
    }));

  it('is forbidden to write with the right to read', () =>
    withWorld(start, async ({ provider, credentials, calendarId }) => {
      const removed = await provider.writing?.removeEvent(credentials, calendarId, 'any');
      expect(removed).toMatchObject({ ok: false, reason: 'forbidden' });
    }));

  it('ends the login at the service where that is offered, and says where it is not', () =>
    withWorld(start, async ({ provider, credentials, fake }) => {
      expect(await provider.revoke(credentials)).toEqual({ ok: true, value: { revoked: name === 'google' } });
      expect(fake.oauth.liveRefreshTokens()).toBe(name === 'google' ? 0 : 1);
      expect(await provider.revoke(credentials)).toMatchObject({ ok: true });
    }));
});

const VERIFIER = 'another-verifier-that-is-at-least-43-characters-long';

function oauth(credentials: Credentials): OAuthCredentials {
  if (credentials.kind !== 'oauth') throw new Error('no OAuth');
  return credentials;
}

type OAuthWorld = (GoogleWorld | MicrosoftWorld) & { readonly provider: CalendarProvider };

async function withWorld(start: () => Promise<OAuthWorld>, use: (world: OAuthWorld) => Promise<void>): Promise<void> {
  const world = await start();
  try {
    await use(world);
    expect(world.problems()).toEqual([]);
  } finally {
    await world.stop();
  }
}
