import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { ConnectionCalendarTable, ConnectionTable, Db, Trx } from './schema.ts';
import { asJson } from './tenants.ts';

export type ConnectionRow = Selectable<ConnectionTable>;
export type ConnectionCalendarRow = Selectable<ConnectionCalendarTable>;

export async function insertConnection(trx: Trx, row: Insertable<ConnectionTable>): Promise<void> {
  await trx
    .insertInto('connections')
    .values({ ...row, treat_as_busy: asJson(row.treat_as_busy) })
    .execute();
}

export async function findConnection(db: Db, tenantId: string, connectionId: string): Promise<ConnectionRow | undefined> {
  return db
    .selectFrom('connections')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
}

export async function lockConnection(trx: Trx, tenantId: string, connectionId: string): Promise<ConnectionRow | undefined> {
  return trx
    .selectFrom('connections')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
}

/** Every connection of these hosts, oldest first. */
export async function listConnectionsOf(db: Db, tenantId: string, hostIds: readonly string[]): Promise<ConnectionRow[]> {
  if (hostIds.length === 0) return [];
  return db
    .selectFrom('connections')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('host_id', 'in', [...hostIds])
    .orderBy('connection_id')
    .execute();
}

/** A page of one host's connections. */
export async function listConnections(
  db: Db,
  tenantId: string,
  { hostId, afterId, limit }: { readonly hostId: string; readonly afterId: string | null; readonly limit: number },
): Promise<ConnectionRow[]> {
  let query = db
    .selectFrom('connections')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('host_id', '=', hostId)
    .orderBy('connection_id')
    .limit(limit);
  if (afterId !== null) query = query.where('connection_id', '>', afterId);
  return query.execute();
}

export async function updateConnection(db: Db, tenantId: string, connectionId: string, change: Updateable<ConnectionTable>): Promise<void> {
  const { treat_as_busy, ...rest } = change;
  await db
    .updateTable('connections')
    .set({ ...rest, ...(treat_as_busy && { treat_as_busy: asJson(treat_as_busy) }) })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .execute();
}

/** Takes the right to renew the login; false while somebody else has it. Given back by `login_lease_until: null`. */
export async function takeLoginLease(db: Db, tenantId: string, connectionId: string, now: Date, leaseMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ login_lease_until: new Date(now.getTime() + leaseMs) })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where((where) => where.or([where('login_lease_until', 'is', null), where('login_lease_until', '<=', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function listConnectionCalendars(
  db: Db,
  tenantId: string,
  connectionIds: readonly string[],
): Promise<ConnectionCalendarRow[]> {
  if (connectionIds.length === 0) return [];
  return db
    .selectFrom('connection_calendars')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', 'in', [...connectionIds])
    .orderBy('is_primary', 'desc')
    .orderBy('name')
    .orderBy('calendar_id')
    .execute();
}

/** Brings the list of calendars up to what the account has now; of those that stay, the host's choice and the sync token stay. */
export async function saveConnectionCalendars(
  trx: Trx,
  tenantId: string,
  connectionId: string,
  rows: readonly Insertable<ConnectionCalendarTable>[],
): Promise<void> {
  const ids = rows.map((row) => row.calendar_id);
  await sql`
    DELETE FROM connection_calendars
    WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId} AND calendar_id <> ALL(${ids}::text[])`.execute(trx);
  if (rows.length === 0) return;
  await trx
    .insertInto('connection_calendars')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'connection_id', 'calendar_id']).doUpdateSet((set) => ({
        name: set.ref('excluded.name'),
        is_primary: set.ref('excluded.is_primary'),
        writable: set.ref('excluded.writable'),
        is_own: sql<boolean>`connection_calendars.is_own OR excluded.is_own`,
      })),
    )
    .execute();
}

export async function updateConnectionCalendar(
  trx: Trx,
  { tenantId, connectionId, calendarId }: { readonly tenantId: string; readonly connectionId: string; readonly calendarId: string },
  change: Updateable<ConnectionCalendarTable>,
): Promise<void> {
  await trx
    .updateTable('connection_calendars')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('calendar_id', '=', calendarId)
    .execute();
}

/** Ids of the events we wrote through a connection, so that they are not counted twice. */
export async function listOwnEventIds(db: Db, tenantId: string, connectionId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('written_events')
    .select('event_id')
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('event_id', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ event_id }) => (event_id === null ? [] : [event_id])));
}
