import type { CalendarProvider, CallFailure, CallOutcome, Credentials, OAuthCredentials } from '../adapters/calendars/contract.ts';
import { type ConnectionRow, findConnection, takeLoginLease, updateConnection } from '../adapters/db/connections.ts';
import type { Deps } from './deps.ts';

/** Tokens this near to their end are renewed first. */
const ENDS_SOON_MS = 60_000;
const LOGIN_LEASE_MS = 20_000;
/** How often whoever waits for another's renewal looks. */
const LOOK_AGAIN_MS = 40;

export type Account = Pick<ConnectionRow, 'tenant_id' | 'connection_id' | 'provider' | 'credentials'>;
type Call<T> = (provider: CalendarProvider, credentials: Credentials) => Promise<CallOutcome<T>>;

/**
 * One call in the name of a connection. A login that ends soon, or that the provider no longer takes, is renewed once; `authExpired` therefore means that
 * the host must connect again. The right to renew is leased, so that of several calls at once one renews and the others use what it got.
 */
export async function callConnection<T>(
  deps: Deps,
  account: Account,
  call: Call<T>,
  signal: AbortSignal | null = null,
): Promise<CallOutcome<T>> {
  const provider = deps.calendars.get(account.provider);
  if (provider === undefined) return failed('refused', `${account.provider} is not set up on this server`);
  const credentials = tryCredentials(deps, account);
  if (credentials === null)
    return failed('refused', 'the login was encrypted under a SECRET_KEY that this server no longer has; connect the calendar again');
  const opened = endsSoon(deps, credentials) ? await renewLogin(deps, account, provider, credentials, signal) : succeeded(credentials);
  if (!opened.ok) return opened;
  const answer = await call(provider, opened.value);
  if (answer.ok || answer.reason !== 'authExpired' || opened.value.kind !== 'oauth') return answer;
  const renewed = await renewLogin(deps, account, provider, opened.value, signal);
  return renewed.ok ? call(provider, renewed.value) : renewed;
}

/** How a connection's credentials are stored. Always under the newest key, so that writing them again moves them on to it. */
export function sealCredentials(deps: Pick<Deps, 'vault'>, tenantId: string, connectionId: string, credentials: Credentials): Buffer {
  return deps.vault.seal(JSON.stringify(credentials), contextOf(tenantId, connectionId));
}

export function readCredentials(deps: Pick<Deps, 'vault'>, account: Omit<Account, 'provider'>): Credentials {
  return JSON.parse(deps.vault.open(account.credentials, contextOf(account.tenant_id, account.connection_id))) as Credentials;
}

function tryCredentials(deps: Deps, account: Account): Credentials | null {
  try {
    return readCredentials(deps, account);
  } catch {
    return null;
  }
}

function contextOf(tenantId: string, connectionId: string): string {
  return `connection:${tenantId}:${connectionId}`;
}

function endsSoon({ clock }: Deps, credentials: Credentials): credentials is OAuthCredentials {
  return credentials.kind === 'oauth' && credentials.expiresAtMs - ENDS_SOON_MS <= clock.nowMs();
}

async function renewLogin(
  deps: Deps,
  account: Account,
  provider: CalendarProvider,
  stale: OAuthCredentials,
  signal: AbortSignal | null,
): Promise<CallOutcome<OAuthCredentials>> {
  const { db, clock } = deps;
  const { tenant_id: tenantId, connection_id: connectionId } = account;
  for (let waitedMs = 0; waitedMs < LOGIN_LEASE_MS; waitedMs += LOOK_AGAIN_MS) {
    const now = await findConnection(db, tenantId, connectionId);
    if (now === undefined) return failed('notFound', 'the connection is gone');
    const kept = readCredentials(deps, now);
    if (kept.kind !== 'oauth') return failed('refused', 'the connection is of another kind');
    if (kept.accessToken !== stale.accessToken) return succeeded(kept);
    if (signal?.aborted === true) break;
    if (await takeLoginLease(db, tenantId, connectionId, new Date(clock.nowMs()), LOGIN_LEASE_MS)) {
      return renewUnderLease(deps, account, provider, stale, signal);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return { ok: false, reason: 'unavailable', retryAfterMs: null, detail: 'the login is being renewed elsewhere' };
}

async function renewUnderLease(
  deps: Deps,
  { tenant_id: tenantId, connection_id: connectionId }: Account,
  provider: CalendarProvider,
  stale: OAuthCredentials,
  signal: AbortSignal | null,
): Promise<CallOutcome<OAuthCredentials>> {
  const { db, clock } = deps;
  const kept = await findConnection(db, tenantId, connectionId);
  const known = kept === undefined ? stale : readCredentials(deps, kept);
  try {
    // Somebody else may have renewed it between the look and the lease.
    if (known.kind === 'oauth' && known.accessToken !== stale.accessToken) return succeeded(known);
    if (provider.login === null) return failed('authExpired', 'the login has ended');
    const renewed = await provider.login.refresh(stale, signal === null ? {} : { signal });
    if (renewed.ok) {
      const credentials = sealCredentials(deps, tenantId, connectionId, renewed.value);
      await updateConnection(db, tenantId, connectionId, { credentials, updated_at: new Date(clock.nowMs()) });
    }
    return renewed;
  } finally {
    await updateConnection(db, tenantId, connectionId, { login_lease_until: null });
  }
}

function succeeded<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

function failed(reason: 'authExpired' | 'notFound' | 'refused', detail: string): CallFailure {
  return { ok: false, reason, detail };
}
