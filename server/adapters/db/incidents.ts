import type { Selectable } from 'kysely';
import type { Db, IncidentTable, Trx } from './schema.ts';

export type IncidentRow = Selectable<IncidentTable>;

export async function insertIncident(trx: Trx, row: IncidentTable): Promise<void> {
  await trx.insertInto('incidents').values(row).execute();
}

/** Whether call trouble was recorded for a booking: then its stage's fallback locations are open. */
export async function hasCallTrouble(db: Db, tenantId: string, bookingId: string): Promise<boolean> {
  const row = await db
    .selectFrom('incidents')
    .select('incident_id')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('kind', '=', 'callTrouble')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface IncidentFilter {
  readonly bookingId: string | null;
  readonly roomId: string | null;
  readonly kind: IncidentTable['kind'] | null;
  readonly afterId: string | null;
  readonly limit: number;
}

/** Incidents in the order they were recorded; their ids sort by time. */
export async function listIncidents(db: Db, tenantId: string, filter: IncidentFilter): Promise<IncidentRow[]> {
  let query = db.selectFrom('incidents').selectAll().where('tenant_id', '=', tenantId).orderBy('incident_id').limit(filter.limit);
  if (filter.bookingId !== null) query = query.where('booking_id', '=', filter.bookingId);
  if (filter.roomId !== null) query = query.where('room_id', '=', filter.roomId);
  if (filter.kind !== null) query = query.where('kind', '=', filter.kind);
  if (filter.afterId !== null) query = query.where('incident_id', '>', filter.afterId);
  return query.execute();
}
