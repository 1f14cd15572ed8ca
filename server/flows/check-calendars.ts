import type { BusyReading, CallOutcome } from '../adapters/calendars/contract.ts';
import { expireCopy } from '../adapters/db/busy.ts';
import {
  type ConnectionCalendarRow,
  type ConnectionRow,
  listConnectionCalendars,
  listConnectionsOf,
  listOwnEventIds,
} from '../adapters/db/connections.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { blockingPairs, triplesOf } from '../domain/calendars/freshness.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { SlotRefusal } from '../../shared/contract/reasons.ts';
import type { RefusalFacts } from '../domain/outcome.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';

/** Before somebody's time is taken, calendars are waited for this long. */
const BUDGET_MS = 5000;
const MINUTE_MS = 60_000;
/** How long it is remembered that hosts have no calendars; a new connection ends it at once. */
const REMEMBERED_MS = 5 * MINUTE_MS;

/** What calendars said just now, by connection: busy time as triples, that it is as the copy says, or nothing. */
export type LiveBusy = ReadonlyMap<string, readonly number[] | 'unchanged' | 'unreadable'>;

export interface TimeChecked {
  readonly hostIds: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
}

const NOTHING: LiveBusy = new Map();

/**
 * Asks the hosts' calendars about one stretch of time, now and all at once. Outside any transaction: a slow provider must hold no lock. What did not answer
 * in time is unreadable. Where a calendar says something else than its copy, the copy is read again soon.
 */
export async function checkCalendars(deps: Deps, tenantId: string, time: TimeChecked): Promise<LiveBusy> {
  if (!Number.isFinite(time.startMs)) return NOTHING;
  const rows = await connectionsOf(deps, tenantId, time.hostIds);
  if (rows.length === 0) return NOTHING;
  const calendars = await listConnectionCalendars(
    deps.db,
    tenantId,
    rows.map((row) => row.connection_id),
  );
  const signal = AbortSignal.timeout(BUDGET_MS);
  const answers = await Promise.all(
    rows.map(async (row) => {
      const blocking = calendars.filter((one) => one.connection_id === row.connection_id && one.blocks);
      return [row.connection_id, blocking.length === 0 ? ([] as number[]) : await askOne(deps, row, blocking, time, signal)] as const;
    }),
  );
  return new Map(answers);
}

/** A diary that rests on what the calendars said just now; one that said nothing counts by its copy only where the host chose that. */
export function withLiveBusy(diary: EventTypeDiary, live: LiveBusy, nowMs: number): EventTypeDiary {
  if (live.size === 0) return diary;
  const hosts = diary.hosts.map((host) => ({
    ...host,
    calendars: host.calendars.map((copy) => {
      const said = live.get(copy.connectionId);
      if (said === undefined) return copy;
      if (said === 'unreadable') return copy.failureMode === 'lastKnown' ? copy : { ...copy, checkedAtMs: null };
      const isCurrent = { status: 'ok', checkedAtMs: nowMs, freshUntilMs: Infinity } as const;
      return said === 'unchanged' ? { ...copy, ...isCurrent } : { ...copy, ...isCurrent, coveredUntilMs: Infinity, busy: said };
    }),
  }));
  return { ...diary, hosts };
}

/** A start that cannot be had: taken, or not known to be free. */
export function refuseStart(reason: SlotRefusal, facts: RefusalFacts = {}): Refusal {
  if (reason !== 'calendar_unavailable') return refuse('slot_unavailable', { ...facts, slotRefusal: reason });
  return refuse('calendar_unavailable', {
    detail: 'A calendar of the host cannot be read just now, so nobody knows whether this time is free. Try again in a minute.',
  });
}

/** Most hosts of most sites have none, and a booking should not ask the database for that each time. */
async function connectionsOf({ db, cache, clock }: Deps, tenantId: string, hostIds: readonly string[]): Promise<ConnectionRow[]> {
  const key = `unconnected ${hostIds.join(' ')}`;
  if (cache.get<true>(tenantId, key, clock.nowMs()) === true) return [];
  const mark = cache.mark(tenantId);
  const rows = await listConnectionsOf(db, tenantId, hostIds);
  if (rows.length === 0) cache.put(tenantId, key, true, { mark, untilMs: clock.nowMs() + REMEMBERED_MS, hostIds: [] });
  return rows;
}

async function askOne(
  deps: Deps,
  row: ConnectionRow,
  blocking: readonly ConnectionCalendarRow[],
  time: TimeChecked,
  signal: AbortSignal,
): Promise<readonly number[] | 'unchanged' | 'unreadable'> {
  if (row.status === 'disconnected') return 'unreadable';
  const { tenant_id: tenantId, connection_id: connectionId } = row;
  const host = await findHost(deps.db, tenantId, row.host_id);
  const hostZone = host?.time_zone ?? 'UTC';
  const fromMs = time.startMs - time.bufferBeforeMinutes * MINUTE_MS;
  const untilMs = time.endMs + time.bufferAfterMinutes * MINUTE_MS;
  const [zone, kept = null] = row.validators === null ? [] : (JSON.parse(row.validators) as [string, string]);
  const validators = zone === hostZone && (row.covered_until?.getTime() ?? 0) >= untilMs ? kept : null;
  const question = {
    calendarIds: blocking.map((calendar) => calendar.calendar_id),
    writeCalendarId: row.write_calendar_id,
    fromMs,
    untilMs,
    hostZone,
    ownEventIds: await listOwnEventIds(deps.db, tenantId, connectionId),
    validators,
  };
  const answer = await inTime(
    callConnection(deps, row, (provider, credentials) => provider.readBusy(credentials, question, { signal }), signal),
    signal,
  );
  const said = answer?.ok !== true ? 'unreadable' : answer.value.kind === 'unchanged' ? 'unchanged' : triplesOf(answer.value.busy);
  if (isNews(row, said)) await expireCopy(deps.db, tenantId, connectionId, new Date(deps.clock.nowMs()));
  return said;
}

/** An adapter may not listen to the signal everywhere; the budget holds all the same. */
async function inTime(call: Promise<CallOutcome<BusyReading>>, signal: AbortSignal): Promise<CallOutcome<BusyReading> | null> {
  const isOver = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return Promise.race([call.catch(() => null), isOver]);
}

/** Busy time where somebody was shown a free slot, or no answer at all: either way the copy is not what it was taken for. */
function isNews(
  { connection_id: connectionId, treat_as_busy }: ConnectionRow,
  said: readonly number[] | 'unchanged' | 'unreadable',
): boolean {
  if (said === 'unreadable') return true;
  if (said === 'unchanged' || said.length === 0) return false;
  const copy = {
    connectionId,
    provider: '',
    status: 'ok',
    failureMode: 'hide',
    checkedAtMs: null,
    freshUntilMs: null,
    coveredUntilMs: null,
    nextAtMs: 0,
    treatAsBusy: treat_as_busy,
    busy: said,
  } as const;
  return blockingPairs([copy]).length > 0;
}
