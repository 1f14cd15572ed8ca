import { createHash } from 'node:crypto';
import type { AuthorizeAnswer, ConnectionAccess } from '../../shared/contract/connection.ts';
import type { ProviderName } from '../adapters/calendars/contract.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';

/** Goes to the provider and comes back in the address, sealed: nobody can read or change it, and nothing is stored for a host who turns round. */
export interface AuthorizeState {
  readonly tenantId: string;
  readonly hostId: string;
  readonly provider: ProviderName;
  readonly access: ConnectionAccess;
  /** Of PKCE. */
  readonly codeVerifier: string;
  readonly expiresMs: number;
}

const MINUTES = 15;
const STATE_CONTEXT = 'calendar consent';
const STORED =
  'Start, end and kind of busy times, the names of the calendars, the address of the account, and the login, encrypted. No titles, descriptions, places or people.';

/** Where to send a host who wants to connect an account with a consent page, and what the page is going to ask for. */
export async function authorizeCalendar(
  deps: Deps,
  caller: TenantCaller,
  hostId: string,
  { provider: name, access }: { readonly provider: 'google' | 'microsoft'; readonly access: ConnectionAccess },
): Promise<Outcome<AuthorizeAnswer>> {
  const host = await findHost(deps.db, caller.tenant.id, hostId);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  const login = deps.calendars.get(name)?.login ?? null;
  if (login === null) return refuse('not_found', { detail: `${name} is not set up on this server.` });
  const codeVerifier = deps.ids.secret(48);
  const expiresMs = deps.clock.nowMs() + MINUTES * 60_000;
  const state: AuthorizeState = { tenantId: caller.tenant.id, hostId: host.host_id, provider: name, access, codeVerifier, expiresMs };
  const url = login.authorizeUrl({
    access,
    state: sealState(deps, state),
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    redirectUri: redirectUriOf(deps, name),
  });
  return succeed({ url, scopes: [...login.scopesFor(access)], stored: STORED });
}

export function redirectUriOf({ publicUrl }: Pick<Deps, 'publicUrl'>, provider: string): string {
  return `${publicUrl}/v1/oauth/${provider}/callback`;
}

/** The state as it was sealed; null when it was made up, changed, is for another provider, or too old. */
export function openState(deps: Deps, provider: string, text: string): AuthorizeState | null {
  const state = openSealed<AuthorizeState>(deps, text, STATE_CONTEXT);
  return state === null || state.provider !== provider || state.expiresMs <= deps.clock.nowMs() ? null : state;
}

function sealState({ vault }: Deps, state: AuthorizeState): string {
  return vault.seal(JSON.stringify(state), STATE_CONTEXT).toString('base64url');
}

/** What was sealed in this context; null for anything else. */
export function openSealed<T>({ vault }: Pick<Deps, 'vault'>, text: string, context: string): T | null {
  try {
    return JSON.parse(vault.open(Buffer.from(text, 'base64url'), context)) as T;
  } catch {
    return null;
  }
}
