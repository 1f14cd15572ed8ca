import type { CalendarProvider, CallFailure, Credentials } from '../adapters/calendars/contract.ts';
import {
  dropLoginToEnd,
  isAccountConnected,
  keepLoginToEnd,
  type LoginToEnd,
  moveToLoginsToEnd,
  type WhichConnections,
} from '../adapters/db/logins-to-end.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { nextMailAttemptAt } from '../domain/messages/mail-retry.ts';
import { readCredentials, sealCredentials } from './call-connection.ts';
import type { Deps } from './deps.ts';

const CALL_MS = 10_000;
/** Whoever ends a connection tries at once; a worker comes in after this, should that process die. */
const SOON_MS = 60_000;

/**
 * Deletes connections here, with everything that was read, inside the change that ends them. What the providers must be told is left for `endLogin`: at once
 * by the caller, or by the next worker.
 */
export async function endConnections(
  deps: Deps,
  trx: Trx,
  tenantId: string,
  which: WhichConnections,
  when: 'byCaller' | 'byWorker',
): Promise<LoginToEnd[]> {
  const now = new Date(deps.clock.nowMs());
  const providers = [...deps.calendars.values()].filter(({ login }) => login !== null).map(({ name }) => name);
  const dueAt = when === 'byCaller' ? new Date(now.getTime() + SOON_MS) : now;
  return moveToLoginsToEnd(trx, tenantId, which, { providers, now, dueAt });
}

/**
 * Stops the channels of a connection that is gone and ends its login at the provider. Tried again for two days where the provider cannot be asked; then, or
 * where nothing is left to be told, what opens the account is deleted. An account that is connected elsewhere keeps its login: it ends with the last one.
 */
export async function endLogin(deps: Deps, row: LoginToEnd, signal: AbortSignal = AbortSignal.timeout(CALL_MS)): Promise<void> {
  const provider = deps.calendars.get(row.provider);
  const credentials = tryCredentials(deps, row);
  // Credentials under a key that is gone open nothing any more.
  if (provider === undefined || credentials === null) return dropLoginToEnd(deps.db, row);
  const failure = await sayGoodbye(deps, row, provider, credentials, signal);
  const nextMs = failure === null || isOver(failure) ? null : nextAttemptAt(deps, row, failure);
  if (nextMs === null) return dropLoginToEnd(deps.db, row);
  return keepLoginToEnd(deps.db, row, { next_at: new Date(nextMs) });
}

async function sayGoodbye(
  deps: Deps,
  row: LoginToEnd,
  provider: CalendarProvider,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<CallFailure | null> {
  let opens = credentials;
  if (row.channels.length > 0) {
    // Stopping a channel takes an access token, whereas ending the login does not.
    const renewed = await renew(deps, row, provider, credentials, signal);
    if ('reason' in renewed) return renewed;
    opens = renewed;
    for (const channel of row.channels) {
      const stopped = await provider.push?.stop(opens, channel, { signal });
      if (stopped?.ok === false && !isOver(stopped)) return stopped;
    }
    await keepLoginToEnd(deps.db, row, { channels: [] });
  }
  if (await isAccountConnected(deps.db, row.provider, row.account)) return null;
  const revoked = await provider.revoke(opens, { signal });
  return revoked.ok ? null : revoked;
}

/** Nobody else uses these credentials any more, and the row is leased, so this takes no lock of its own. */
async function renew(
  deps: Deps,
  row: LoginToEnd,
  { login }: CalendarProvider,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Credentials | CallFailure> {
  if (login === null || credentials.kind !== 'oauth' || credentials.expiresAtMs > deps.clock.nowMs()) return credentials;
  const renewed = await login.refresh(credentials, { signal });
  if (!renewed.ok) return renewed;
  await keepLoginToEnd(deps.db, row, { credentials: sealCredentials(deps, row.tenant_id, row.connection_id, renewed.value) });
  return renewed.value;
}

function tryCredentials(deps: Deps, row: LoginToEnd): Credentials | null {
  try {
    return readCredentials(deps, row);
  } catch {
    return null;
  }
}

/** The login has ended there already, or the provider will not do it however often it is asked. */
function isOver({ reason }: CallFailure): boolean {
  return reason !== 'unavailable' && reason !== 'rateLimited';
}

function nextAttemptAt({ clock, luck }: Deps, { attempts }: LoginToEnd, failure: CallFailure): number | null {
  const nextMs = nextMailAttemptAt(Math.max(attempts, 1), clock.nowMs(), luck());
  const askedMs = 'retryAfterMs' in failure ? clock.nowMs() + (failure.retryAfterMs ?? 0) : 0;
  return nextMs === null ? null : Math.max(nextMs, askedMs);
}
