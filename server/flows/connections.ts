import type { Connection, ConnectionChange } from '../../shared/contract/connection.ts';
import {
  type ConnectionCalendarRow,
  type ConnectionRow,
  findConnection,
  listConnectionCalendars,
  listConnections,
  listConnectionsOf,
  lockConnection,
  saveConnectionCalendars,
  updateConnection,
  updateConnectionCalendar,
} from '../adapters/db/connections.ts';
import { findHost } from '../adapters/db/hosts.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { keepSimulation } from '../adapters/db/simulated-store.ts';
import { wantEventsOfHost } from '../adapters/db/written-events.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { callConnection } from './call-connection.ts';
import type { TenantCaller } from './caller.ts';
import { readIntervals } from './connect-calendar.ts';
import type { Deps } from './deps.ts';
import { endConnections, endLogin } from './end-login.ts';
import { followCalendar } from './follow-calendar.ts';
import { makeOwnCalendar } from './make-own-calendar.ts';
import { mayTouchHost } from './hosts.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { presentConnection } from './present-connection.ts';
import { refreshBusy } from './refresh-busy.ts';
import { stopWatching } from './stop-watching.ts';

const READ_MS = 10_000;
/** Asks for a calendar of our own instead of naming one there is. */
const NEW_CALENDAR = 'new';
const GOODBYE_MS = 5000;

export async function readConnections(
  deps: Deps,
  caller: TenantCaller,
  hostId: string,
  query: { cursor?: string; limit?: number },
): Promise<Outcome<Page<Connection>>> {
  const tenantId = caller.tenant.id;
  const host = await findHost(deps.db, tenantId, hostId);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const afterId = (after.value?.[0] as string | undefined) ?? null;
  const rows = await listConnections(deps.db, tenantId, { hostId: host.host_id, afterId, limit: limit + 1 });
  const calendars = await listConnectionCalendars(
    deps.db,
    tenantId,
    rows.map((row) => row.connection_id),
  );
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.connection_id],
      (row) => presentConnection(row, calendars),
    ),
  );
}

/** Changes what a connection blocks and where bookings go. Where that makes another reading, it is read at once, and until then nothing is known of it. */
export async function changeConnection(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  given: ConnectionChange,
): Promise<Outcome<Connection>> {
  const tenantId = caller.tenant.id;
  const busy = readIntervals(given.busy ?? [], 'busy');
  if (!busy.ok) return busy;
  if (given.writeCalendarId === NEW_CALENDAR) {
    const made = await makeOwnCalendar(deps, caller, id);
    return made.ok ? changeConnection(deps, caller, id, { ...given, writeCalendarId: made.value }) : made;
  }
  const outcome = await deps.db.transaction().execute(async (trx): Promise<Refusal | boolean> => {
    const row = await lockConnection(trx, tenantId, id);
    if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
    const calendars = await listConnectionCalendars(trx, tenantId, [id]);
    const refused = refuseConnectionChange(row, calendars, given);
    if (refused !== null) return refused;
    if (given.writeCalendarId != null) await endOtherWriting(trx, row);
    if (given.busy !== undefined) await keepSimulation(trx, tenantId, id, busy.value);
    await keepChoices(trx, row, given);
    const writesElsewhere = given.writeCalendarId !== undefined && given.writeCalendarId !== row.write_calendar_id;
    const readsAnew = given.calendars !== undefined || given.busy !== undefined || writesElsewhere;
    const now = new Date(deps.clock.nowMs());
    await updateConnection(trx, tenantId, id, {
      ...(given.failureMode && { failure_mode: given.failureMode }),
      ...(given.treatAsBusy && { treat_as_busy: { ...row.treat_as_busy, ...given.treatAsBusy } }),
      ...(writesElsewhere && { write_calendar_id: given.writeCalendarId ?? null, follow_at: now }),
      ...(readsAnew && NOTHING_KNOWN),
      ...(readsAnew && { next_at: now, busy_version: row.busy_version + 1 }),
      updated_at: now,
    });
    // Meetings made before are written too, or taken out again where nothing is written any more.
    if (writesElsewhere) await wantEventsOfHost(trx, tenantId, row.host_id, now);
    return readsAnew;
  });
  if (typeof outcome !== 'boolean') return outcome;
  if (outcome) {
    await refreshBusy(deps, tenantId, id, { signal: AbortSignal.timeout(READ_MS) });
    const now = await findConnection(deps.db, tenantId, id);
    if (now !== undefined) await stopWatching(deps, now);
  }
  return readOne(deps, tenantId, id);
}

/** A reading under way is of other calendars, so it is not kept either. */
const NOTHING_KNOWN = {
  checked_at: null,
  fresh_until: null,
  covered_until: null,
  validators: null,
  read_lease: null,
  read_lease_until: null,
} as const;

function refuseConnectionChange(row: ConnectionRow, calendars: readonly ConnectionCalendarRow[], given: ConnectionChange): Refusal | null {
  const known = new Map(calendars.map((calendar) => [calendar.calendar_id, calendar]));
  for (const [i, { id }] of (given.calendars ?? []).entries()) {
    if (!known.has(id)) return refuseField(`calendars.${i}.id`, 'names no calendar of this account; sync finds new ones');
  }
  if (given.busy !== undefined && row.provider !== 'simulated') return refuseField('busy', 'is only for simulated calendars');
  const { writeCalendarId = null } = given;
  if (writeCalendarId === null) return null;
  if (row.access === 'busy') {
    const how = row.provider === 'ics' ? 'a feed can only be read' : 'authorize again with access "writeAnyCalendar" first';
    return refuseField('writeCalendarId', `needs the right to write: ${how}`);
  }
  if (known.get(writeCalendarId)?.writable !== true)
    return refuseField('writeCalendarId', 'names no calendar of this account that can be written to');
  if (row.access === 'writeOwnCalendar' && known.get(writeCalendarId)?.is_own !== true)
    return refuseField(
      'writeCalendarId',
      'may be a calendar of our own ("new"); for others authorize again with access "writeAnyCalendar"',
    );
  return null;
}

/** A host's bookings go to one calendar: what lies in another is taken away there. */
async function endOtherWriting(
  trx: Trx,
  { tenant_id: tenantId, host_id: hostId, connection_id: connectionId }: ConnectionRow,
): Promise<void> {
  for (const other of await listConnectionsOf(trx, tenantId, [hostId])) {
    if (other.connection_id === connectionId || other.write_calendar_id === null) continue;
    await updateConnection(trx, tenantId, other.connection_id, { write_calendar_id: null, follow_at: null });
  }
}

async function keepChoices(trx: Trx, row: ConnectionRow, given: ConnectionChange): Promise<void> {
  for (const { id, blocks } of given.calendars ?? []) {
    const where = { tenantId: row.tenant_id, connectionId: row.connection_id, calendarId: id };
    await updateConnectionCalendar(trx, where, { blocks });
  }
}

/** Reads now: which calendars there are, when they are busy, and what became of the bookings written there. One that was disconnected is tried again. */
export async function syncConnection(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<Connection>> {
  const tenantId = caller.tenant.id;
  const row = await findConnection(deps.db, tenantId, id);
  if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
  if (row.status === 'disconnected') await updateConnection(deps.db, tenantId, id, { status: 'failing' });
  const signal = AbortSignal.timeout(READ_MS);
  const listed = await callConnection(deps, row, (provider, credentials) => provider.listCalendars(credentials, { signal }), signal);
  if (listed.ok) {
    await deps.db.transaction().execute(async (trx) => {
      const before = await listConnectionCalendars(trx, tenantId, [id]);
      const names = new Set(listed.value.map((calendar) => calendar.id));
      // One that blocks or is written to stays until the host says otherwise: gone from a list must not look like free time.
      const missed = before.filter((one) => !names.has(one.calendar_id) && (one.blocks || one.calendar_id === row.write_calendar_id));
      const found = listed.value.map(({ id: calendar_id, name, primary, writable }) => ({
        tenant_id: tenantId,
        connection_id: id,
        calendar_id,
        name: name.slice(0, 300),
        is_primary: primary,
        writable,
        blocks: false,
      }));
      await saveConnectionCalendars(trx, tenantId, id, [...found, ...missed]);
    });
  }
  await refreshBusy(deps, tenantId, id, { signal });
  await followCalendar(deps, row);
  return readOne(deps, tenantId, id);
}

/** Ends a connection: here in any case, with everything that was read, and at the provider at once where that is possible. */
export async function disconnectCalendar(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<null>> {
  const tenantId = caller.tenant.id;
  const row = await findConnection(deps.db, tenantId, id);
  if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
  const logins = await deps.db.transaction().execute((trx) => endConnections(deps, trx, tenantId, { connectionId: id }, 'byCaller'));
  // Nobody waits longer for a provider to be told that it is over; a worker tells it later.
  for (const login of logins) await endLogin(deps, login, AbortSignal.timeout(GOODBYE_MS));
  return succeed(null);
}

async function readOne(deps: Deps, tenantId: string, id: string): Promise<Outcome<Connection>> {
  const row = await findConnection(deps.db, tenantId, id);
  if (row === undefined) return refuse('not_found');
  return succeed(presentConnection(row, await listConnectionCalendars(deps.db, tenantId, [id])));
}
