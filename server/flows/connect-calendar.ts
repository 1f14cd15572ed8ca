import type { Connection, ConnectionAccess, ConnectionCreate } from '../../shared/contract/connection.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import type { CalendarProvider, CallFailure, Credentials, OutsideCalendar } from '../adapters/calendars/contract.ts';
import {
  type ConnectionRow,
  findConnection,
  insertConnection,
  listConnectionCalendars,
  listConnectionsOf,
  saveConnectionCalendars,
} from '../adapters/db/connections.ts';
import { findHost, lockHost } from '../adapters/db/hosts.ts';
import { keepSimulation } from '../adapters/db/simulated-store.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { BusyInterval } from '../domain/calendars/busy-interval.ts';
import { DEFAULT_TREAT_AS_BUSY } from '../domain/calendars/treat-as-busy.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { readCredentials, sealCredentials } from './call-connection.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';
import { presentConnection } from './present-connection.ts';
import { refreshBusy } from './refresh-busy.ts';
import { renewConnection } from './renew-connection.ts';

const CHECK_MS = 15_000;
/** Of the first reading; what takes longer is read by a worker. */
const FIRST_READ_MS = 10_000;
const MOST_CONNECTIONS = 20;

/**
 * Connects a calendar that needs no consent page: CalDAV with an app password, a feed, a simulated one. It is tried at once; what does not work is refused
 * in words, and nothing is kept of it.
 */
export async function connectCalendar(
  deps: Deps,
  caller: TenantCaller,
  hostId: string,
  given: ConnectionCreate,
): Promise<Outcome<Connection>> {
  const tenantId = caller.tenant.id;
  const host = await findHost(deps.db, tenantId, hostId);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  const connectionId = deps.ids.next('con');
  const busy = readIntervals(given.provider === 'simulated' ? (given.busy ?? []) : [], 'busy');
  if (!busy.ok) return busy;
  const credentials = credentialsOf(given, `${tenantId}/${connectionId}`);
  const provider = deps.calendars.get(given.provider);
  if (provider === undefined) return refuse('not_found', { detail: `${given.provider} is not set up on this server.` });
  const found = given.provider === 'simulated' ? succeed(SIMULATED) : await tryAccount(provider, credentials);
  if (!found.ok) return found;
  const link: NewLink = {
    connectionId,
    hostId: host.host_id,
    provider: provider.name,
    credentials,
    access: accessOf(provider),
    ...found.value,
  };
  const kept = await deps.db.transaction().execute(async (trx): Promise<Refusal | string> => {
    await lockHost(trx, tenantId, link.hostId);
    const others = await listConnectionsOf(trx, tenantId, [link.hostId]);
    const same = others.find((one) => isSameAccount(deps, one, link));
    if (same !== undefined) {
      await renewConnection(deps, trx, same, link);
      return same.connection_id;
    }
    if (others.length >= MOST_CONNECTIONS) return refuse('conflict', { detail: `A host has at most ${MOST_CONNECTIONS} connections.` });
    if (given.provider === 'simulated') await keepSimulation(trx, tenantId, connectionId, busy.value);
    await writeConnection(deps, trx, tenantId, link);
    return connectionId;
  });
  return typeof kept === 'string' ? readFirst(deps, tenantId, kept) : kept;
}

/** Connected again, an account gets the new login: so a password that was changed elsewhere is told us, and nothing counts twice. */
function isSameAccount(deps: Deps, row: ConnectionRow, { provider, credentials }: NewLink): boolean {
  if (row.provider !== provider) return false;
  try {
    const before = readCredentials(deps, row);
    if (before.kind === 'password' && credentials.kind === 'password')
      return before.url === credentials.url && before.username === credentials.username;
    return before.kind === 'feed' && credentials.kind === 'feed' && before.url === credentials.url;
  } catch {
    // Sealed under a key that is gone; nobody can say whose it was.
    return false;
  }
}

const SIMULATED = {
  account: 'Simulated calendar',
  calendars: [{ id: 'simulated', name: 'Simulated calendar', primary: true, writable: true }],
};

export interface Found {
  readonly account: string;
  readonly calendars: readonly OutsideCalendar[];
}

export interface NewLink extends Found {
  readonly connectionId: string;
  readonly hostId: string;
  readonly provider: CalendarProvider['name'];
  readonly credentials: Credentials;
  readonly access: ConnectionAccess;
}

/** Whose account it is and which calendars it has, or in words why that cannot be said. */
export async function tryAccount(provider: CalendarProvider, credentials: Credentials): Promise<Outcome<Found>> {
  const call = { signal: AbortSignal.timeout(CHECK_MS) };
  const identity = await provider.identify(credentials, call);
  if (!identity.ok) return refuseAccount(identity, credentials);
  const calendars = await provider.listCalendars(credentials, call);
  if (!calendars.ok) return refuseAccount(calendars, credentials);
  if (calendars.value.length === 0) return refuseField('url', 'leads to an account without calendars');
  return succeed({ account: identity.value.account, calendars: calendars.value });
}

/** A connection with its calendars. The account's main calendar blocks; where none is the main one, all do. */
export async function writeConnection(deps: Deps, trx: Trx, tenantId: string, link: NewLink): Promise<void> {
  const { connectionId, calendars } = link;
  const now = new Date(deps.clock.nowMs());
  await insertConnection(trx, {
    tenant_id: tenantId,
    connection_id: connectionId,
    host_id: link.hostId,
    provider: link.provider,
    account: link.account,
    credentials: sealCredentials(deps, tenantId, connectionId, link.credentials),
    access: link.access,
    write_calendar_id: null,
    treat_as_busy: DEFAULT_TREAT_AS_BUSY,
    next_at: now,
    created_at: now,
    updated_at: now,
  });
  const hasMain = calendars.some(({ primary }) => primary);
  const rows = calendars.map(({ id, name, primary, writable }) => ({
    tenant_id: tenantId,
    connection_id: connectionId,
    calendar_id: id,
    name: name.slice(0, 300),
    is_primary: primary,
    writable,
    blocks: primary || !hasMain,
  }));
  await saveConnectionCalendars(trx, tenantId, connectionId, rows);
}

/** Reads for the first time, and answers the connection as it is then. */
export async function readFirst(deps: Deps, tenantId: string, connectionId: string): Promise<Outcome<Connection>> {
  await refreshBusy(deps, tenantId, connectionId, { signal: AbortSignal.timeout(FIRST_READ_MS) });
  return deps.db.transaction().execute(async (trx) => {
    const row = await findConnection(trx, tenantId, connectionId);
    if (row === undefined) return refuse('not_found');
    const answer = presentConnection(row, await listConnectionCalendars(trx, tenantId, [connectionId]));
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

/** Busy time as somebody states it for a simulated calendar. */
export function readIntervals(given: readonly { readonly start: string; readonly end: string }[], path: string): Outcome<BusyInterval[]> {
  const busy: BusyInterval[] = [];
  for (const [i, { start, end }] of given.entries()) {
    const [startMs, endMs] = [parseInstant(start) ?? 0, parseInstant(end) ?? 0];
    if (endMs <= startMs) return refuseField(`${path}.${i}.end`, 'must be after start');
    busy.push({ startMs, endMs, kind: 'busy', allDay: false });
  }
  return succeed(busy);
}

function credentialsOf(given: ConnectionCreate, simulatedName: string): Credentials {
  switch (given.provider) {
    case 'caldav':
      return { kind: 'password', url: given.url, username: given.username, password: given.password };
    case 'ics':
      return { kind: 'feed', url: given.url };
    case 'simulated':
      return { kind: 'simulated', connectionId: simulatedName };
    default:
      return given satisfies never;
  }
}

/** A password opens everything; a feed can only be read. */
function accessOf({ writing }: CalendarProvider): ConnectionAccess {
  return writing === null ? 'busy' : 'writeAnyCalendar';
}

function refuseAccount(failure: CallFailure, { kind }: Credentials): Refusal {
  switch (failure.reason) {
    case 'authExpired':
      return refuseField(kind === 'password' ? 'password' : 'url', `is not accepted: ${failure.detail}`);
    case 'forbidden':
      return refuse('forbidden', { detail: failure.detail });
    case 'rateLimited':
    case 'unavailable':
      return refuse('calendar_unavailable', { detail: `The calendar could not be read: ${failure.detail}. Nothing was connected.` });
    default:
      return refuseField('url', `does not lead to a calendar: ${failure.detail}`);
  }
}
