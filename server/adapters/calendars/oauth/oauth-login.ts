import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Access, CallOptions, CallOutcome, OAuthCredentials, OAuthLogin } from '../contract.ts';
import { failed, failureOfStatus, readRetryAfter, unavailable } from '../failures.ts';
import { requestJson, textField } from '../http/request-json.ts';

/** Where a service gives out logins, and what it wants said. */
export interface OAuthService {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly scopes: Readonly<Record<Access, readonly string[]>>;
  readonly authorizeParameters: Readonly<Record<string, string>>;
  /** Scopes that include another one, so that a wider grant passes for it. */
  readonly impliedBy: Readonly<Record<string, readonly string[]>>;
}

/**
 * OAuth 2 with PKCE for one service. A refresh token the service does not repeat stays the one it was. Source: RFC 6749, RFC 7636.
 */
export function createOAuthLogin(service: OAuthService, clock: Clock): OAuthLogin {
  const ask = (
    fields: Record<string, string>,
    before: OAuthCredentials | null,
    call: CallOptions = {},
  ): Promise<CallOutcome<OAuthCredentials>> => askForTokens(service, clock, fields, before, call);
  return {
    scopesFor: (access) => service.scopes[access],
    allows: ({ scopes }, access) => service.scopes[access].every((scope) => isGranted(scope, scopes, service)),
    authorizeUrl({ access, state, codeChallenge, redirectUri }) {
      const url = new URL(service.authorizeUrl);
      url.search = new URLSearchParams({
        client_id: service.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: service.scopes[access].join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...service.authorizeParameters,
      }).toString();
      return url.href;
    },
    exchange: ({ code, codeVerifier, redirectUri }, call) =>
      ask({ grant_type: 'authorization_code', code, code_verifier: codeVerifier, redirect_uri: redirectUri }, null, call),
    refresh: async (credentials, call) =>
      credentials.refreshToken === null
        ? failed('authExpired', `${service.name} gave no means to renew this login`)
        : await ask({ grant_type: 'refresh_token', refresh_token: credentials.refreshToken }, credentials, call),
  };
}

/** The challenge PKCE sends ahead for a verifier (RFC 7636, 4.2, S256). */
export function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

/** `offline_access` is granted by giving a refresh token, and not listed. Microsoft lists scopes with or without the service's address in front. */
function isGranted(scope: string, granted: readonly string[], { impliedBy }: OAuthService): boolean {
  if (scope === 'offline_access') return true;
  return [scope, ...(impliedBy[scope] ?? [])].some((name) => granted.some((one) => one === name || one.endsWith(`/${name}`)));
}

async function askForTokens(
  service: OAuthService,
  clock: Clock,
  fields: Record<string, string>,
  before: OAuthCredentials | null,
  call: CallOptions,
): Promise<CallOutcome<OAuthCredentials>> {
  const body = new URLSearchParams({ client_id: service.clientId, client_secret: service.clientSecret, ...fields }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await requestJson(service.name, service.tokenUrl, { method: 'POST', headers, body, ...call });
  if (!answer.ok) return answer;
  const { status, json, header } = answer.value;
  if (status !== 200) return failureOfToken(service, status, textField(json, 'error'), header('retry-after'), clock.nowMs());
  const accessToken = textField(json, 'access_token');
  const expiresIn = Number((json as { expires_in?: unknown }).expires_in);
  if (accessToken === null || !(expiresIn > 0)) return unavailable(`${service.name} gave a login that cannot be read`);
  const scope = textField(json, 'scope');
  return {
    ok: true,
    value: {
      kind: 'oauth',
      accessToken,
      refreshToken: textField(json, 'refresh_token') ?? before?.refreshToken ?? null,
      expiresAtMs: clock.nowMs() + expiresIn * 1000,
      scopes: scope === null ? (before?.scopes ?? []) : scope.split(/\s+/).filter((name) => name !== ''),
    },
  };
}

/** `invalid_grant` is the one answer that says the login itself is over; a wrong client secret is the operator's fault and passes. */
function failureOfToken(
  service: OAuthService,
  status: number,
  error: string | null,
  retryAfter: string | null,
  nowMs: number,
): CallOutcome<never> {
  if (error === 'invalid_grant' || error === 'interaction_required') {
    return failed('authExpired', `${service.name} no longer accepts this login`);
  }
  if (status === 429) return failureOfStatus(429, service.name, retryAfter, nowMs);
  const why = error === null ? `status ${status}` : error.replaceAll(/[^a-z_]/g, '').slice(0, 40);
  return unavailable(`${service.name} refused to renew the login (${why})`, readRetryAfter(retryAfter, nowMs));
}
