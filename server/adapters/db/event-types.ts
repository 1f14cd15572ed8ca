import { type Selectable, sql, type Updateable } from 'kysely';
import type { Db, EventTypeTable, Trx } from './schema.ts';
import { runStatement } from './statement.ts';
import { asJson } from './tenants.ts';

export type EventTypeRow = Selectable<EventTypeTable>;

/** `version` is another one after every change. */
export type VersionedEventType = EventTypeRow & { readonly version: string };

export async function insertEventType(trx: Trx, row: EventTypeTable): Promise<void> {
  await trx
    .insertInto('event_types')
    .values({ ...row, settings: asJson(row.settings) })
    .execute();
}

export async function findEventType(db: Db, tenantId: string, eventTypeId: string): Promise<VersionedEventType | undefined> {
  return runStatement(db, {
    text: EVENT_TYPE_SQL,
    values: [tenantId, eventTypeId],
    read: ([row]) => row as VersionedEventType | undefined,
  });
}

/** Every column is named: a prepared `SELECT *` fails once a later migration has added one. */
const EVENT_TYPE_SQL = `/* event-type */
SELECT tenant_id, event_type_id, host_id, host_ids, schedule_id, slug, settings, created_at, updated_at, xmin::text AS version
FROM event_types WHERE tenant_id = $1 AND event_type_id = $2`;

export async function findEventTypeBySlug(db: Db, tenantId: string, hostId: string, slug: string): Promise<EventTypeRow | undefined> {
  return db
    .selectFrom('event_types')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('host_id', '=', hostId)
    .where('slug', '=', slug)
    .executeTakeFirst();
}

export async function lockEventType(trx: Trx, tenantId: string, eventTypeId: string): Promise<EventTypeRow | undefined> {
  return trx
    .selectFrom('event_types')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('event_type_id', '=', eventTypeId)
    .forUpdate()
    .executeTakeFirst();
}

export interface EventTypeFilter {
  readonly hostId: string | null;
  readonly afterId: string | null;
  readonly limit: number;
}

/** By host: every event type the host takes part in. */
export async function listEventTypes(db: Db, tenantId: string, filter: EventTypeFilter): Promise<EventTypeRow[]> {
  let query = db.selectFrom('event_types').selectAll().where('tenant_id', '=', tenantId).orderBy('event_type_id').limit(filter.limit);
  if (filter.hostId !== null) query = query.where(sql<boolean>`${filter.hostId} = ANY(host_ids)`);
  if (filter.afterId !== null) query = query.where('event_type_id', '>', filter.afterId);
  return query.execute();
}

export async function updateEventType(trx: Trx, tenantId: string, eventTypeId: string, change: Updateable<EventTypeTable>): Promise<void> {
  const { settings, ...rest } = change;
  await trx
    .updateTable('event_types')
    .set({ ...rest, ...(settings && { settings: asJson(settings) }) })
    .where('tenant_id', '=', tenantId)
    .where('event_type_id', '=', eventTypeId)
    .execute();
}

export async function deleteEventType(trx: Trx, tenantId: string, eventTypeId: string): Promise<void> {
  await trx.deleteFrom('event_types').where('tenant_id', '=', tenantId).where('event_type_id', '=', eventTypeId).execute();
}

/** Whether any event type names this schedule, or any names this host. */
export async function isScheduleUsed(db: Db, tenantId: string, scheduleId: string): Promise<boolean> {
  const row = await db
    .selectFrom('event_types')
    .select('event_type_id')
    .where('tenant_id', '=', tenantId)
    .where('schedule_id', '=', scheduleId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function isHostUsed(db: Db, tenantId: string, hostId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    SELECT EXISTS (SELECT 1 FROM event_types WHERE tenant_id = ${tenantId} AND (host_id = ${hostId} OR ${hostId} = ANY(host_ids)))
        OR EXISTS (SELECT 1 FROM booking_hosts WHERE tenant_id = ${tenantId} AND host_id = ${hostId}) AS used`.execute(db);
  return rows[0]?.used ?? false;
}

export async function hasBookings(db: Db, tenantId: string, eventTypeId: string): Promise<boolean> {
  const row = await db
    .selectFrom('bookings')
    .select('booking_id')
    .where('tenant_id', '=', tenantId)
    .where('event_type_id', '=', eventTypeId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
