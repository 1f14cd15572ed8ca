import type { Selectable, Updateable } from 'kysely';
import type { BookedHost } from './bookings.ts';
import type { Db, HostTable, ScheduleTable, Trx } from './schema.ts';
import { runStatement, type Statement } from './statement.ts';
import { asJson } from './tenants.ts';

export type HostRow = Selectable<HostTable>;
export type ScheduleRow = Selectable<ScheduleTable>;

/** Finds a host by our id or, written `ext:...`, by the marketplace's own. */
export async function findHost(db: Db, tenantId: string, idOrExternal: string): Promise<HostRow | undefined> {
  return db
    .selectFrom('hosts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(...named(idOrExternal))
    .executeTakeFirst();
}

/** The same, locked for a change. */
export async function lockHost(trx: Trx, tenantId: string, idOrExternal: string): Promise<HostRow | undefined> {
  return trx
    .selectFrom('hosts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(...named(idOrExternal))
    .forUpdate()
    .executeTakeFirst();
}

function named(idOrExternal: string): ['external_id' | 'host_id', '=', string] {
  return idOrExternal.startsWith('ext:') ? ['external_id', '=', idOrExternal.slice(4)] : ['host_id', '=', idOrExternal];
}

/**
 * Locks hosts in the order of their ids, so that two writers never wait for each other in a circle, and clears their expired
 * claims, which would otherwise still trip the exclusion constraint. Every writer of claims calls this first. Answers the hosts as they are now.
 */
export async function lockHosts(trx: Trx, tenantId: string, hostIds: readonly string[], nowMs: number): Promise<BookedHost[]> {
  return runStatement(trx, lockHostsStatement(tenantId, hostIds, nowMs));
}

export function lockHostsStatement(tenantId: string, hostIds: readonly string[], nowMs: number): Statement<BookedHost[]> {
  return {
    text: LOCK_HOSTS_SQL,
    values: [tenantId, hostIds, new Date(nowMs)],
    read: (rows) => rows.map((row) => (row as { host: BookedHost }).host),
  };
}

/** The outer SELECT makes sure that every host is locked even when nothing has expired. */
const LOCK_HOSTS_SQL = `/* lock-hosts */
WITH locked AS MATERIALIZED (
  SELECT * FROM hosts WHERE tenant_id = $1 AND host_id = ANY($2) ORDER BY host_id FOR NO KEY UPDATE
), gone AS (
  DELETE FROM claims c USING locked l WHERE c.tenant_id = l.tenant_id AND c.host_id = l.host_id AND c.expires_at <= $3
)
SELECT json_build_object('hostId', host_id, 'externalId', external_id, 'personId', person_id, 'name', name, 'email', email, 'phone', phone,
  'timeZone', time_zone, 'locale', locale) AS host
FROM locked ORDER BY host_id`;

export async function insertHost(trx: Trx, row: HostTable): Promise<void> {
  await trx.insertInto('hosts').values(row).execute();
}

export async function updateHost(trx: Trx, tenantId: string, hostId: string, change: Updateable<HostTable>): Promise<void> {
  await trx.updateTable('hosts').set(change).where('tenant_id', '=', tenantId).where('host_id', '=', hostId).execute();
}

export async function listHosts(db: Db, tenantId: string, afterId: string | null, limit: number): Promise<HostRow[]> {
  let query = db.selectFrom('hosts').selectAll().where('tenant_id', '=', tenantId).orderBy('host_id').limit(limit);
  if (afterId !== null) query = query.where('host_id', '>', afterId);
  return query.execute();
}

/** Deletes a host and the schedules; the caller has made sure that nothing else refers to the host. */
export async function deleteHost(trx: Trx, tenantId: string, hostId: string): Promise<void> {
  await trx.deleteFrom('claims').where('tenant_id', '=', tenantId).where('host_id', '=', hostId).execute();
  await trx.deleteFrom('schedules').where('tenant_id', '=', tenantId).where('host_id', '=', hostId).execute();
  await trx.deleteFrom('hosts').where('tenant_id', '=', tenantId).where('host_id', '=', hostId).execute();
}

export async function insertSchedule(trx: Trx, row: ScheduleTable): Promise<void> {
  await trx
    .insertInto('schedules')
    .values({ ...row, rules: asJson(row.rules) })
    .execute();
}

export async function findSchedule(db: Db, tenantId: string, scheduleId: string): Promise<ScheduleRow | undefined> {
  return db.selectFrom('schedules').selectAll().where('tenant_id', '=', tenantId).where('schedule_id', '=', scheduleId).executeTakeFirst();
}

/** The host's oldest schedule. */
export async function findDefaultSchedule(db: Db, tenantId: string, hostId: string): Promise<ScheduleRow | undefined> {
  return db
    .selectFrom('schedules')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('host_id', '=', hostId)
    .orderBy('created_at')
    .orderBy('schedule_id')
    .limit(1)
    .executeTakeFirst();
}

export interface ScheduleFilter {
  readonly hostId: string | null;
  readonly afterId: string | null;
  readonly limit: number;
}

export async function listSchedules(db: Db, tenantId: string, filter: ScheduleFilter): Promise<ScheduleRow[]> {
  let query = db.selectFrom('schedules').selectAll().where('tenant_id', '=', tenantId).orderBy('schedule_id').limit(filter.limit);
  if (filter.hostId !== null) query = query.where('host_id', '=', filter.hostId);
  if (filter.afterId !== null) query = query.where('schedule_id', '>', filter.afterId);
  return query.execute();
}

export async function updateSchedule(trx: Trx, tenantId: string, scheduleId: string, change: Updateable<ScheduleTable>): Promise<void> {
  const { rules, ...rest } = change;
  await trx
    .updateTable('schedules')
    .set({ ...rest, ...(rules && { rules: asJson(rules) }) })
    .where('tenant_id', '=', tenantId)
    .where('schedule_id', '=', scheduleId)
    .execute();
}

export async function deleteSchedule(trx: Trx, tenantId: string, scheduleId: string): Promise<void> {
  await trx.deleteFrom('schedules').where('tenant_id', '=', tenantId).where('schedule_id', '=', scheduleId).execute();
}
