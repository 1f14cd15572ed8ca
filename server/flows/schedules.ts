import { HostSchedule, type Schedule, type ScheduleCreate } from '../../shared/contract/schedule.ts';
import { isScheduleUsed } from '../adapters/db/event-types.ts';
import {
  deleteSchedule,
  findHost,
  findSchedule,
  insertSchedule,
  listSchedules,
  lockHost,
  type ScheduleRow,
  updateSchedule,
} from '../adapters/db/hosts.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { readSchedule, scheduleForSlots } from '../domain/bookings/read-schedule.ts';
import { mergePatch } from '../domain/merge-patch.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { checkSchedule } from '../domain/slots/check-rules.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';
import { CHANGED_SINCE, isChangedSince } from './is-changed-since.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

export async function createSchedule(deps: Deps, caller: TenantCaller, given: ScheduleCreate): Promise<Outcome<Schedule>> {
  const read = readSchedule(given);
  if (!read.ok) return read;
  const { timeZone, ...rules } = read.value;
  const now = new Date(deps.clock.nowMs());
  return deps.db.transaction().execute(async (trx) => {
    const host = await findHost(trx, caller.tenant.id, given.hostId);
    if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found', { detail: 'hostId names no host.' });
    const row: ScheduleRow = {
      tenant_id: caller.tenant.id,
      schedule_id: deps.ids.next('sch'),
      host_id: host.host_id,
      name: given.name ?? 'Weekly hours',
      time_zone: timeZone,
      rules,
      created_at: now,
      updated_at: now,
    };
    await insertSchedule(trx, row);
    const answer = present(row, deps.clock.nowMs());
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readOneSchedule(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<Schedule>> {
  const row = await findSchedule(deps.db, caller.tenant.id, id);
  return row === undefined || !mayTouchHost(caller, row.host_id) ? refuse('not_found') : succeed(present(row, deps.clock.nowMs()));
}

export async function readSchedules(
  deps: Deps,
  caller: TenantCaller,
  query: { cursor?: string; limit?: number; hostId?: string },
): Promise<Outcome<Page<Schedule>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const host = query.hostId === undefined ? null : await findHost(deps.db, caller.tenant.id, query.hostId);
  if (host === undefined) return succeed({ data: [], nextCursor: null });
  const hostId = caller.kind === 'room' ? caller.person.hostId : (host?.host_id ?? null);
  if (caller.kind === 'room' && host !== null && host.host_id !== hostId) return refuse('not_found');
  const rows = await listSchedules(deps.db, caller.tenant.id, {
    hostId,
    afterId: (after.value?.[0] as string | undefined) ?? null,
    limit: limit + 1,
  });
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.schedule_id],
      (row) => present(row, deps.clock.nowMs()),
    ),
  );
}

/** RFC 7396; lists are replaced whole. `seen` is the version the caller changes (`If-Match`). Bookings already made stay, also outside the new hours. */
export async function changeSchedule(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  patch: Record<string, unknown>,
  seen?: string,
): Promise<Outcome<Schedule>> {
  return deps.db.transaction().execute(async (trx) => {
    const found = await findSchedule(trx, caller.tenant.id, id);
    if (found === undefined || !mayTouchHost(caller, found.host_id)) return refuse('not_found');
    await lockHost(trx, caller.tenant.id, found.host_id);
    const row = (await findSchedule(trx, caller.tenant.id, id)) ?? found;
    if (isChangedSince(seen, row.updated_at)) return refuse('conflict', CHANGED_SINCE);
    const merged = mergePatch({ name: row.name, timeZone: row.time_zone, ...row.rules }, patch) as Record<string, unknown>;
    const issues = findIssues(HostSchedule, merged);
    if (issues !== null) return refuse('validation_failed', { issues });
    if (merged['timeZone'] === undefined) return refuseField('timeZone', 'is required');
    const read = readSchedule(merged as unknown as ScheduleCreate);
    if (!read.ok) return read;
    const { timeZone, ...rules } = read.value;
    const changed = {
      ...row,
      name: (merged['name'] as string | undefined) ?? 'Weekly hours',
      time_zone: timeZone,
      rules,
      updated_at: new Date(deps.clock.nowMs()),
    };
    await updateSchedule(trx, caller.tenant.id, id, { name: changed.name, time_zone: timeZone, rules, updated_at: changed.updated_at });
    return succeed(present(changed, deps.clock.nowMs()));
  });
}

/** A schedule an event type names is in use, and so is the host's only one. */
export async function removeSchedule(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<null>> {
  return deps.db.transaction().execute(async (trx) => {
    const row = await findSchedule(trx, caller.tenant.id, id);
    if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
    await lockHost(trx, caller.tenant.id, row.host_id);
    if (await isScheduleUsed(trx, caller.tenant.id, id)) return refuse('conflict', { detail: 'An event type uses this schedule.' });
    const others = await listSchedules(trx, caller.tenant.id, { hostId: row.host_id, afterId: null, limit: 2 });
    if (others.length < 2) return refuse('conflict', { detail: 'This is the only schedule of the host; change it instead.' });
    await deleteSchedule(trx, caller.tenant.id, id);
    return succeed(null);
  });
}

function present(row: ScheduleRow, nowMs: number): Schedule {
  const warnings = checkSchedule(scheduleForSlots({ timeZone: row.time_zone, ...row.rules }), nowMs);
  return {
    id: row.schedule_id,
    hostId: row.host_id,
    name: row.name,
    timeZone: row.time_zone,
    ...row.rules,
    ...(warnings.length > 0 && { warnings }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
