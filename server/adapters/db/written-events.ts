import { type Selectable, sql, type Updateable } from 'kysely';
import type { ConnectionRow } from './connections.ts';
import type { Db, Trx, WrittenEventTable } from './schema.ts';

export type WrittenEventRow = Selectable<WrittenEventTable>;
type Key = Pick<WrittenEventRow, 'tenant_id' | 'booking_id' | 'connection_id'>;

/**
 * Makes the events of a host's meetings to come due to be looked at: one of the host's connections writes from now on, or elsewhere, or no longer. Of
 * those changed later the change itself sees to that (`transition-statement.ts`).
 */
export async function wantEventsOfHost(trx: Trx, tenantId: string, hostId: string, at: Date): Promise<void> {
  await sql`
    INSERT INTO written_events (tenant_id, booking_id, connection_id, host_id, calendar_id, next_at, created_at, updated_at)
    SELECT b.tenant_id, b.booking_id, c.connection_id, c.host_id, coalesce(w.calendar_id, c.write_calendar_id), ${at}, ${at}, ${at}
    FROM booking_hosts h
    JOIN bookings b ON b.tenant_id = h.tenant_id AND b.booking_id = h.booking_id AND b.status IN ('requested', 'confirmed') AND b.end_at > ${at}
    JOIN connections c ON c.tenant_id = h.tenant_id AND c.host_id = h.host_id
    LEFT JOIN written_events w ON w.tenant_id = b.tenant_id AND w.booking_id = b.booking_id AND w.connection_id = c.connection_id
    WHERE h.tenant_id = ${tenantId} AND h.host_id = ${hostId} AND (c.write_calendar_id IS NOT NULL OR w.connection_id IS NOT NULL)
    ON CONFLICT (tenant_id, booking_id, connection_id) DO UPDATE SET state = 'waiting', next_at = excluded.next_at, updated_at = excluded.next_at,
      attempts = written_events.attempts + 1, failures = 0`.execute(trx);
}

/** Makes what was written of an invitee's meetings due to be written over, past ones too: the person is being erased. */
export async function wantEventsOfInvitee(trx: Trx, tenantId: string, personId: string, at: Date): Promise<void> {
  await sql`
    UPDATE written_events w SET state = 'waiting', next_at = ${at}, updated_at = ${at}, attempts = w.attempts + 1, failures = 0
    FROM bookings b
    WHERE w.tenant_id = ${tenantId} AND w.event_id IS NOT NULL
      AND b.tenant_id = w.tenant_id AND b.booking_id = w.booking_id AND b.invitee_id = ${personId}`.execute(trx);
}

/** Takes the longest overdue and counts the attempt; they come due again when the lease ends. */
export async function takeDueEvents(
  db: Db,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<WrittenEventRow[]> {
  const { rows } = await sql<WrittenEventRow>`
    UPDATE written_events w SET attempts = w.attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
    FROM (
      SELECT tenant_id, booking_id, connection_id FROM written_events
      WHERE state = 'waiting' AND next_at <= ${now} ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) due
    WHERE w.tenant_id = due.tenant_id AND w.booking_id = due.booking_id AND w.connection_id = due.connection_id
    RETURNING w.*`.execute(db);
  return rows;
}

/** Keeps what is true of the event whatever is wanted by now: where it lies and what was written. */
export async function keepWrittenEvent(db: Db, key: Key, change: Updateable<WrittenEventTable>): Promise<void> {
  await at(db.updateTable('written_events').set(change), key).execute();
}

/** What was seen of an event, unless this version of it is known already: then the calendar tells of our own writing, and nothing has changed. */
export async function keepSeenEvent(
  db: Db,
  key: Key,
  seen: Updateable<WrittenEventTable> & { readonly etag: string | null },
): Promise<void> {
  const update = at(db.updateTable('written_events').set(seen), key);
  // A calendar that names no versions does not say whose this one is.
  await (seen.etag === null ? update : update.where('etag', 'is distinct from', seen.etag)).execute();
}

/** Ends an attempt, unless something newer is wanted since. False then. */
export async function settleWrittenEvent(
  db: Db,
  row: Key & Pick<WrittenEventRow, 'attempts'>,
  change: Pick<Updateable<WrittenEventTable>, 'state' | 'detail' | 'next_at' | 'failures' | 'updated_at'>,
): Promise<boolean> {
  const { numUpdatedRows } = await at(db.updateTable('written_events').set(change), row)
    .where('attempts', '=', row.attempts)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The events of a connection that lie in one of its calendars. */
export async function listWrittenEvents(db: Db, tenantId: string, connectionId: string, calendarId: string): Promise<WrittenEventRow[]> {
  return db
    .selectFrom('written_events')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('calendar_id', '=', calendarId)
    .where('event_id', 'is not', null)
    .execute();
}

/** Whether a host's bookings are written into a calendar, so that no invitation by mail is needed. */
export async function writesToCalendar(db: Db, tenantId: string, hostId: string): Promise<boolean> {
  const row = await db
    .selectFrom('connections')
    .select('connection_id')
    .where('tenant_id', '=', tenantId)
    .where('host_id', '=', hostId)
    .where('write_calendar_id', 'is not', null)
    .where('status', '<>', 'disconnected')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes connections whose events are to be looked at; they come due again when the lease ends. */
export async function takeConnectionsToFollow(
  db: Db,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<ConnectionRow[]> {
  const { rows } = await sql<ConnectionRow>`
    UPDATE connections c SET follow_at = ${new Date(now.getTime() + leaseMs)}
    FROM (
      SELECT tenant_id, connection_id FROM connections
      WHERE follow_at <= ${now} AND status <> 'disconnected' ORDER BY follow_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) due
    WHERE c.tenant_id = due.tenant_id AND c.connection_id = due.connection_id
    RETURNING c.*`.execute(db);
  return rows;
}

function at<Query extends { where(column: 'tenant_id' | 'booking_id' | 'connection_id', is: '=', value: string): Query }>(
  query: Query,
  { tenant_id, booking_id, connection_id }: Key,
): Query {
  return query.where('tenant_id', '=', tenant_id).where('booking_id', '=', booking_id).where('connection_id', '=', connection_id);
}
