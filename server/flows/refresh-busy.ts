import type { BusyReading, CallFailure, CallOutcome } from '../adapters/calendars/contract.ts';
import { endReading, type Lease, replaceBusy, takeReadLease } from '../adapters/db/busy.ts';
import { type ConnectionRow, findConnection, listConnectionCalendars, listOwnEventIds } from '../adapters/db/connections.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { lifeMsOf } from '../domain/calendars/freshness.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';
import { tellOfHealth } from './tell-of-health.ts';

const DAY_MS = 86_400_000;
/** Meetings under way and long buffers reach back this far. */
const BACK_MS = 2 * DAY_MS;
/** Read further than asked, so that the next readings may say "unchanged" for the same range. */
const SPARE_DAYS = 7;
const READ_LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 40;
const LONGEST_WAIT_MS = 30_000;
const FIRST_BACK_OFF_MS = 30_000;
const LONGEST_BACK_OFF_MS = 15 * 60_000;

export interface RefreshOptions {
  /** How far ahead busy time must be known from now on. */
  readonly reachDays?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads a connection's busy time and keeps what was read: start, end and kind. One reader at a time; whoever comes while it works waits and takes its
 * result. A failure is written down and never thrown: the copy stays, and ages.
 */
export async function refreshBusy(deps: Deps, tenantId: string, connectionId: string, options: RefreshOptions = {}): Promise<void> {
  const lease: Lease = { tenantId, connectionId, lease: deps.ids.secret(9) };
  const startedMs = deps.clock.nowMs();
  const row = await takeReadLease(deps.db, lease, { now: new Date(startedMs), leaseMs: READ_LEASE_MS, reachDays: options.reachDays ?? 0 });
  if (row === undefined) return waitForOther(deps, tenantId, connectionId);
  const range = await rangeOf(deps, row, startedMs);
  const reading = await read(deps, row, range, options.signal);
  if (reading.ok) await keepReading(deps, row, lease, { reading: reading.value, range, startedMs });
  else await keepFailure(deps, row, lease, reading);
}

interface Range {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly hostZone: string;
  readonly validators: string | null;
}

/** The range of the last reading, where that reaches far enough to ask only for changes; else a new one with something to spare. */
async function rangeOf({ db }: Deps, row: ConnectionRow, nowMs: number): Promise<Range> {
  const host = await findHost(db, row.tenant_id, row.host_id);
  const hostZone = host?.time_zone ?? 'UTC';
  const fromMs = nowMs - BACK_MS;
  const neededMs = nowMs + row.reach_days * DAY_MS;
  const coveredMs = row.covered_until?.getTime() ?? 0;
  // Whole days and floating times are read in the host's zone, so another zone makes another reading.
  const [zone, validators = null] = row.validators === null ? [] : (JSON.parse(row.validators) as [string, string]);
  if (validators !== null && zone === hostZone && coveredMs >= neededMs) return { fromMs, untilMs: coveredMs, hostZone, validators };
  return { fromMs, untilMs: neededMs + SPARE_DAYS * DAY_MS, hostZone, validators: null };
}

async function read(deps: Deps, row: ConnectionRow, range: Range, signal: AbortSignal | undefined): Promise<CallOutcome<BusyReading>> {
  const { tenant_id: tenantId, connection_id: connectionId } = row;
  const calendars = await listConnectionCalendars(deps.db, tenantId, [connectionId]);
  const calendarIds = calendars.filter(({ blocks }) => blocks).map((calendar) => calendar.calendar_id);
  if (calendarIds.length === 0) return { ok: true, value: { kind: 'read', busy: [], validators: null, unreadable: 0, unknownZones: 0 } };
  const ownEventIds = await listOwnEventIds(deps.db, tenantId, connectionId);
  const question = { ...range, calendarIds, writeCalendarId: row.write_calendar_id, ownEventIds };
  return callConnection(
    deps,
    row,
    (provider, credentials) => provider.readBusy(credentials, question, signal === undefined ? {} : { signal }),
    signal ?? null,
  );
}

async function keepReading(
  deps: Deps,
  row: ConnectionRow,
  lease: Lease,
  { reading, range, startedMs }: { readonly reading: BusyReading; readonly range: Range; readonly startedMs: number },
): Promise<void> {
  const { tenant_id: tenantId, connection_id: connectionId } = row;
  const lifeMs = lifeMsOf(row.provider);
  await deps.db.transaction().execute(async (trx) => {
    const isOurs = await endReading(trx, lease, {
      status: 'ok',
      failing_since: null,
      failure: null,
      failure_detail: reading.kind === 'read' ? oddities(reading) : row.failure_detail,
      failures: 0,
      told_of_failure: false,
      checked_at: new Date(startedMs),
      fresh_until: new Date(startedMs + lifeMs),
      covered_until: new Date(range.untilMs),
      // A little before the copy ends, and never all at once.
      next_at: new Date(startedMs + lifeMs * (0.7 + 0.2 * deps.luck())),
      ...(reading.kind === 'read' && {
        validators: reading.validators === null ? null : JSON.stringify([range.hostZone, reading.validators]),
      }),
    });
    if (!isOurs) return;
    if (reading.kind === 'read' && (await replaceBusy(trx, tenantId, connectionId, reading.busy))) {
      await trx
        .updateTable('connections')
        .set((set) => ({ busy_version: set('busy_version', '+', 1) }))
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .execute();
    }
    if (row.told_of_failure) await tellOfHealth(deps, trx, row, 'recovered');
  });
}

/** What in a calendar file could not be made sense of, for the host; the rest counts. */
function oddities({ unreadable, unknownZones }: Extract<BusyReading, { kind: 'read' }>): string | null {
  const parts = [
    ...(unreadable > 0 ? [`${unreadable} entries could not be read`] : []),
    ...(unknownZones > 0 ? [`${unknownZones} times are in a zone nobody knows and were read in the host's`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

/** After three failures in a row, or at once when the login has ended, the tenant is told; of an ended login the host too. */
const TOLD_AFTER = 3;

/** A failure is written down with the time of the next attempt: what the provider asked for, or a back-off that doubles, with some luck in it. */
export async function keepFailure(deps: Deps, row: ConnectionRow, lease: Lease, failure: CallFailure): Promise<void> {
  const now = new Date(deps.clock.nowMs());
  const failures = row.failures + 1;
  const hasEnded = failure.reason === 'authExpired';
  const tells = !row.told_of_failure && (hasEnded || failures >= TOLD_AFTER);
  await deps.db.transaction().execute(async (trx) => {
    const isOurs = await endReading(trx, lease, {
      status: hasEnded ? 'disconnected' : 'failing',
      failing_since: row.failing_since ?? now,
      failure: failure.reason,
      failure_detail: failure.detail,
      failures,
      told_of_failure: row.told_of_failure || tells,
      next_at: new Date(now.getTime() + waitMs(deps, failure, failures)),
    });
    if (isOurs && tells) await tellOfHealth(deps, trx, { ...row, failure: failure.reason, failure_detail: failure.detail }, 'error');
    if (isOurs && hasEnded) await tellOfHealth(deps, trx, row, 'disconnected');
  });
}

function waitMs({ luck }: Deps, failure: CallFailure, failures: number): number {
  const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** Math.min(failures - 1, 10), LONGEST_BACK_OFF_MS) * (0.75 + 0.5 * luck());
  const askedMs = failure.reason === 'rateLimited' || failure.reason === 'unavailable' ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(backOffMs, askedMs * (1 + 0.1 * luck()));
}

async function waitForOther({ db, clock }: Deps, tenantId: string, connectionId: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS; waitedMs += LOOK_AGAIN_MS) {
    const row = await findConnection(db, tenantId, connectionId);
    if (row?.read_lease_until == null || row.read_lease_until.getTime() <= clock.nowMs() || row.status === 'disconnected') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
