import { sql, type Updateable } from 'kysely';
import type { BusyInterval } from '../../domain/calendars/busy-interval.ts';
import { type ConnectionRow } from './connections.ts';
import type { ConnectionTable, Db, Trx } from './schema.ts';

export interface Lease {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly lease: string;
}

/** Takes the right to read a connection; undefined while somebody else has it, or when it is gone or disconnected. */
export async function takeReadLease(
  db: Db,
  { tenantId, connectionId, lease }: Lease,
  { now, leaseMs, reachDays }: { readonly now: Date; readonly leaseMs: number; readonly reachDays: number },
): Promise<ConnectionRow | undefined> {
  return db
    .updateTable('connections')
    .set((set) => ({
      read_lease: lease,
      read_lease_until: new Date(now.getTime() + leaseMs),
      reach_days: set.fn<number>('greatest', ['reach_days', set.val(reachDays)]),
    }))
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('status', '<>', 'disconnected')
    .where((where) => where.or([where('read_lease_until', 'is', null), where('read_lease_until', '<=', now)]))
    .returningAll()
    .executeTakeFirst();
}

/** Ends a reading, with what came of it. False when the lease has passed to somebody else, whose reading counts then. */
export async function endReading(
  trx: Trx,
  { tenantId, connectionId, lease }: Lease,
  change: Updateable<ConnectionTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('connections')
    .set({ ...change, read_lease: null, read_lease_until: null })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('read_lease', '=', lease)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Makes the copy what was read, touching only what differs. Whether anything did. */
export async function replaceBusy(trx: Trx, tenantId: string, connectionId: string, busy: readonly BusyInterval[]): Promise<boolean> {
  const columns = [
    busy.map(({ startMs }) => new Date(startMs).toISOString()),
    busy.map(({ endMs }) => new Date(endMs).toISOString()),
    busy.map(({ kind }) => kind),
    busy.map(({ allDay }) => String(allDay)),
  ];
  const given = sql`SELECT DISTINCT * FROM unnest(${columns[0]}::timestamptz[], ${columns[1]}::timestamptz[], ${columns[2]}::text[], ${columns[3]}::boolean[])
    AS given (starts_at, ends_at, kind, all_day)`;
  const { rows } = await sql<{ changed: number }>`
    WITH given AS MATERIALIZED (${given}), gone AS (
      DELETE FROM busy_intervals b WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId} AND NOT EXISTS (
        SELECT FROM given g WHERE (g.starts_at, g.ends_at, g.kind, g.all_day) = (b.starts_at, b.ends_at, b.kind, b.all_day)
      ) RETURNING 1
    ), added AS (
      INSERT INTO busy_intervals (tenant_id, connection_id, starts_at, ends_at, kind, all_day)
      SELECT ${tenantId}, ${connectionId}, starts_at, ends_at, kind, all_day FROM given
      ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM added))::integer AS changed`.execute(trx);
  return (rows[0]?.changed ?? 0) > 0;
}

/** Connections whose time to be read has come, longest overdue first, of every tenant. */
export async function findDueConnections(db: Db, now: Date, limit: number): Promise<Pick<ConnectionRow, 'tenant_id' | 'connection_id'>[]> {
  return db
    .selectFrom('connections')
    .select(['tenant_id', 'connection_id'])
    .where('next_at', '<=', now)
    .where('status', '<>', 'disconnected')
    .where((where) => where.or([where('read_lease_until', 'is', null), where('read_lease_until', '<=', now)]))
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

/** The copy no longer counts as current: the calendar is known to have changed. A reading under way began before that and is not kept. */
export async function expireCopy(db: Db, tenantId: string, connectionId: string, now: Date): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      fresh_until: now,
      next_at: now,
      read_lease: null,
      read_lease_until: null,
      // Our own events in it may have been moved or deleted too.
      follow_at: sql<Date | null>`CASE WHEN follow_at IS NOT NULL THEN ${now}::timestamptz END`,
    })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'ok')
    .execute();
}
