import type { ConnectionAccess } from '../../shared/contract/connection.ts';
import type { Reason } from '../../shared/contract/reasons.ts';
import type { OAuthCredentials, ProviderName } from '../adapters/calendars/contract.ts';
import { listConnectionsOf } from '../adapters/db/connections.ts';
import { findHost, lockHost } from '../adapters/db/hosts.ts';
import { isAccountConnected } from '../adapters/db/logins-to-end.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { openSealed, openState, redirectUriOf } from './authorize-calendar.ts';
import { type Found, tryAccount, writeConnection } from './connect-calendar.ts';
import type { Deps } from './deps.ts';
import { refreshBusy } from './refresh-busy.ts';
import { renewConnection } from './renew-connection.ts';

/** What the provider sends a host back with. */
export interface ConsentAnswer {
  readonly code?: string;
  readonly state?: string;
  readonly error?: string;
}

export interface ConsentShown {
  readonly provider: ProviderName;
  readonly account: string;
  readonly hostName: string;
  readonly tenantName: string;
  readonly writes: boolean;
  readonly grant: string;
}

/** Why nothing was connected. The page has words for each in the language of its reader. */
export type ConsentTrouble = 'badLink' | 'notGranted' | 'usedLink' | 'tooLittle' | 'unreachable' | 'notUsable' | 'openTooLong' | 'gone';

export interface ConsentFailure {
  readonly ok: false;
  readonly reason: Reason;
  readonly trouble: ConsentTrouble;
  /** What the provider or the network said, for whoever runs the server. */
  readonly detail?: string | undefined;
}

export type ConsentOutcome<T> = { readonly ok: true; readonly value: T } | ConsentFailure;

/** What the page carries from the provider's answer to the button, sealed. */
interface Grant extends Found {
  readonly tenantId: string;
  readonly hostId: string;
  readonly provider: ProviderName;
  readonly access: ConnectionAccess;
  readonly credentials: OAuthCredentials;
  readonly expiresMs: number;
}

const GRANT_MINUTES = 10;
const GRANT_CONTEXT = 'calendar grant';
const CALL_MS = 10_000;

/** Reads what the provider sent a host back with, and whose account it opens, for a page that asks once more. Stores nothing. */
export async function readConsent(deps: Deps, provider: string, given: ConsentAnswer): Promise<ConsentOutcome<ConsentShown>> {
  const state = openState(deps, provider, given.state ?? '');
  if (state === null) return fail('forbidden', 'badLink');
  if (given.code === undefined || given.error !== undefined) return fail('forbidden', 'notGranted');
  const { tenantId, hostId } = state;
  const outside = deps.calendars.get(state.provider);
  const [tenant, host] = [await findTenant(deps.db, tenantId), await findHost(deps.db, tenantId, hostId)];
  if (outside === undefined || outside.login === null || tenant === undefined || host === undefined) return fail('not_found', 'gone');
  const exchanged = await outside.login.exchange(
    { code: given.code, codeVerifier: state.codeVerifier, redirectUri: redirectUriOf(deps, provider) },
    { signal: AbortSignal.timeout(CALL_MS) },
  );
  if (!exchanged.ok)
    return exchanged.reason === 'authExpired'
      ? fail('forbidden', 'usedLink')
      : fail('calendar_unavailable', 'unreachable', exchanged.detail);
  const credentials = exchanged.value;
  if (!outside.login.allows(credentials, state.access)) return fail('forbidden', 'tooLittle');
  const found = await tryAccount(outside, credentials);
  if (!found.ok) return fail(found.reason, found.reason === 'calendar_unavailable' ? 'unreachable' : 'notUsable', found.detail);
  const expiresMs = deps.clock.nowMs() + GRANT_MINUTES * 60_000;
  const grant: Grant = { ...found.value, tenantId, hostId, provider: state.provider, access: state.access, credentials, expiresMs };
  const value: ConsentShown = {
    provider: state.provider,
    account: found.value.account,
    hostName: host.name,
    tenantName: tenant.settings.brand.name ?? tenant.settings.name,
    writes: state.access !== 'busy',
    grant: deps.vault.seal(JSON.stringify(grant), GRANT_CONTEXT).toString('base64url'),
  };
  return { ok: true, value };
}

/** The button: keeps the connection. An account the host has connected already gets the new login, so this is also how a dead one is revived. */
export async function keepConsent(deps: Deps, provider: string, sealed: string): Promise<ConsentOutcome<{ readonly account: string }>> {
  const grant = openGrant(deps, provider, sealed);
  if (grant === null) return fail('forbidden', 'openTooLong');
  const { tenantId, hostId, account, credentials, access } = grant;
  const connectionId = await deps.db.transaction().execute(async (trx) => {
    if ((await lockHost(trx, tenantId, hostId)) === undefined) return null;
    const others = await listConnectionsOf(trx, tenantId, [hostId]);
    const same = others.find((one) => one.provider === grant.provider && one.account === account);
    const id = same?.connection_id ?? deps.ids.next('con');
    if (same === undefined) {
      await writeConnection(deps, trx, tenantId, { ...grant, connectionId: id });
      return id;
    }
    await renewConnection(deps, trx, same, { credentials, access });
    return id;
  });
  if (connectionId === null) return fail('not_found', 'gone');
  deps.cache.drop(tenantId);
  await refreshBusy(deps, tenantId, connectionId, { signal: AbortSignal.timeout(CALL_MS) });
  return { ok: true, value: { account } };
}

/** The other button: the login is given back, unless the account is connected already, and nothing was kept. */
export async function dropConsent(deps: Deps, provider: string, sealed: string): Promise<void> {
  const grant = openGrant(deps, provider, sealed);
  if (grant === null || (await isAccountConnected(deps.db, grant.provider, grant.account))) return;
  await deps.calendars.get(grant.provider)?.revoke(grant.credentials, { signal: AbortSignal.timeout(CALL_MS) });
}

function openGrant(deps: Deps, provider: string, sealed: string): Grant | null {
  const grant = openSealed<Grant>(deps, sealed, GRANT_CONTEXT);
  return grant === null || grant.provider !== provider || grant.expiresMs <= deps.clock.nowMs() ? null : grant;
}

function fail(reason: Reason, trouble: ConsentTrouble, detail?: string): ConsentFailure {
  return { ok: false, reason, trouble, detail };
}
