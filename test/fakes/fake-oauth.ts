import { createHash, randomUUID } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from './fake-server.ts';
import { Refusal } from './fake-server.ts';

export interface FakeOAuthRules {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly knownScopes: readonly string[];
  readonly authorizePath: string;
  readonly tokenPath: string;
  /** Query parameters of the authorize address beyond those of OAuth and PKCE, with the value each must have. */
  readonly authorizeParameters: Readonly<Record<string, string>>;
  /** Microsoft hands out a new refresh token with every refresh, Google does not. */
  readonly rotates: boolean;
}

interface Grant {
  readonly scopes: readonly string[];
  readonly challenge: string;
}

/** Codes, tokens and what they open. */
export interface FakeOAuth {
  handles(path: string): boolean;
  handle(request: FakeRequest): FakeAnswer;
  /** What a host does who agrees: opens the authorize address and comes back with a code. */
  consent(authorizeUrl: string, granted?: readonly string[]): { readonly code: string; readonly state: string };
  /** The scopes an access token opens; null for an unknown or expired one. */
  scopesOf(accessToken: string): readonly string[] | null;
  expireAccessTokens(): void;
  /** The host takes the login back: no token opens anything any more. */
  loseEverything(): void;
  readonly refreshes: () => number;
  readonly liveRefreshTokens: () => number;
  revoke(token: string): boolean;
}

export function createFakeOAuth(rules: FakeOAuthRules): FakeOAuth {
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, readonly string[]>();
  const refreshTokens = new Map<string, readonly string[]>();
  let refreshes = 0;
  const issue = (scopes: readonly string[], refreshToken: string | null): FakeAnswer => {
    const accessToken = `at-${randomUUID()}`;
    accessTokens.set(accessToken, scopes);
    const named = scopes.filter((scope) => scope !== 'offline_access');
    const body = { access_token: accessToken, expires_in: 3599, token_type: 'Bearer', scope: named.join(' ') };
    return { status: 200, body: refreshToken === null ? body : { ...body, refresh_token: refreshToken } };
  };
  const newRefreshToken = (scopes: readonly string[]): string => {
    const token = `rt-${randomUUID()}`;
    refreshTokens.set(token, scopes);
    return token;
  };
  return {
    handles: (path) => path === rules.tokenPath,
    handle: (request) => {
      if (request.method !== 'POST') throw new Refusal({ status: 405 }, 'the token address takes POST');
      if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') throw tokenRefusal('invalid_request', 'not a form');
      const form = new URLSearchParams(request.text);
      if (form.get('client_id') !== rules.clientId || form.get('client_secret') !== rules.clientSecret) {
        throw new Refusal({ status: 401, body: { error: 'invalid_client' } }, 'unknown client');
      }
      if (form.get('grant_type') === 'refresh_token') {
        const given = form.get('refresh_token') ?? '';
        const scopes = refreshTokens.get(given);
        if (scopes === undefined)
          return { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } };
        refreshes += 1;
        if (!rules.rotates) return issue(scopes, null);
        refreshTokens.delete(given);
        return issue(scopes, newRefreshToken(scopes));
      }
      if (form.get('grant_type') !== 'authorization_code') throw tokenRefusal('unsupported_grant_type', 'unknown grant type');
      if (form.get('redirect_uri') !== rules.redirectUri) throw tokenRefusal('redirect_uri_mismatch', 'another redirect_uri');
      const code = form.get('code') ?? '';
      const grant = codes.get(code);
      codes.delete(code);
      if (grant === undefined || challenge(form.get('code_verifier') ?? '') !== grant.challenge)
        return { status: 400, body: { error: 'invalid_grant' } };
      return issue(grant.scopes, newRefreshToken(grant.scopes));
    },
    consent: (authorizeUrl, granted) => {
      const url = new URL(authorizeUrl);
      const query = checkAuthorize(url, rules);
      const scopes = granted ?? (query['scope'] ?? '').split(' ');
      const code = `code-${randomUUID()}`;
      codes.set(code, { scopes, challenge: query['code_challenge'] ?? '' });
      return { code, state: query['state'] ?? '' };
    },
    scopesOf: (accessToken) => accessTokens.get(accessToken) ?? null,
    expireAccessTokens: () => accessTokens.clear(),
    loseEverything: () => {
      accessTokens.clear();
      refreshTokens.clear();
    },
    refreshes: () => refreshes,
    liveRefreshTokens: () => refreshTokens.size,
    revoke: (token) => {
      const known = refreshTokens.has(token) || accessTokens.has(token);
      // As Google does it: whatever the account has granted to this program ends as a whole.
      if (known) {
        accessTokens.clear();
        refreshTokens.clear();
      }
      return known;
    },
  };
}

function tokenRefusal(error: string, why: string): Refusal {
  return new Refusal({ status: 400, body: { error } }, why);
}

function challenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function checkAuthorize(url: URL, rules: FakeOAuthRules): Record<string, string> {
  const query = Object.fromEntries(url.searchParams);
  const expected: Record<string, string> = {
    client_id: rules.clientId,
    redirect_uri: rules.redirectUri,
    response_type: 'code',
    code_challenge_method: 'S256',
    ...rules.authorizeParameters,
  };
  const wrong = Object.entries(expected).filter(([name, value]) => query[name] !== value);
  const unknown = Object.keys(query).filter((name) => !(name in expected) && !['scope', 'state', 'code_challenge'].includes(name));
  const scopes = (query['scope'] ?? '').split(' ').filter((scope) => !rules.knownScopes.includes(scope));
  if (
    url.pathname !== rules.authorizePath ||
    wrong.length > 0 ||
    unknown.length > 0 ||
    scopes.length > 0 ||
    (query['state'] ?? '').length < 8
  ) {
    throw new Error(`authorize address refused: ${url.pathname} ${JSON.stringify({ wrong, unknown, scopes })}`);
  }
  if (!/^[\w-]{43}$/.test(query['code_challenge'] ?? '')) throw new Error('authorize address refused: no S256 challenge');
  return query;
}
