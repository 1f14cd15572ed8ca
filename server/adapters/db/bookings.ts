import { type Selectable, sql, type Updateable } from 'kysely';
import type { BookingStatus } from '../../../shared/contract/booking.ts';
import type { Stage } from '../../../shared/contract/common.ts';
import type { Question } from '../../../shared/contract/event-type.ts';
import type { BookingHistoryTable, BookingTable, BookingTokenTable, Db, Trx } from './schema.ts';
import { nothing, runStatement, type Statement } from './statement.ts';
import { asJson } from './tenants.ts';

export interface BookedHost {
  readonly hostId: string;
  readonly externalId: string | null;
  readonly personId: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly timeZone: string;
  readonly locale: string;
}

export interface BookedPerson {
  readonly personId: string;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A booking with everybody in it and the stage its room has now. Nothing is masked yet. */
export interface BookingRecord extends Selectable<BookingTable> {
  readonly hosts: readonly BookedHost[];
  readonly invitee: BookedPerson;
  readonly guests: readonly BookedPerson[];
  readonly room_stage: Stage | null;
  readonly room_url: string | null;
  readonly questions: readonly Question[];
  /** Call trouble was recorded for it, so the stage's fallback locations are open. */
  readonly has_call_trouble: boolean;
}

export async function updateBooking(trx: Trx, tenantId: string, bookingId: string, change: Updateable<BookingTable>): Promise<void> {
  const { location, answers, metadata, ...rest } = change;
  await trx
    .updateTable('bookings')
    .set({
      ...rest,
      ...(location && { location: asJson(location) }),
      ...(answers && { answers: asJson(answers) }),
      ...(metadata && { metadata: asJson(metadata) }),
    })
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .execute();
}

/** Locks the booking's row; its hosts are to be locked before (`bookingHostIds`, `lockHosts`), never after. */
export async function lockBooking(trx: Trx, tenantId: string, bookingId: string): Promise<BookingRecord | undefined> {
  await sql`SELECT 1 FROM bookings WHERE tenant_id = ${tenantId} AND booking_id = ${bookingId} FOR UPDATE`.execute(trx);
  return findBooking(trx, tenantId, bookingId);
}

export async function bookingHostIds(db: Db, tenantId: string, bookingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('booking_hosts')
    .select('host_id')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .orderBy('host_id')
    .execute();
  return rows.map((row) => row.host_id);
}

export async function findBooking(db: Db, tenantId: string, bookingId: string): Promise<BookingRecord | undefined> {
  const [record] = await selectBookings(db, sql`b.tenant_id = ${tenantId} AND b.booking_id = ${bookingId}`, 1);
  return record;
}

export interface OpenBookingsOf {
  readonly eventTypeId: string;
  /** Null for somebody never met. */
  readonly personId: string | null;
  /** Compared without case; null when the person alone tells. */
  readonly email: string | null;
  readonly nowMs: number;
}

/** How many meetings of this event type an invitee has before them, requests that may still be confirmed included. */
export async function countOpenBookings(
  db: Db,
  tenantId: string,
  { eventTypeId, personId, email, nowMs }: OpenBookingsOf,
): Promise<number> {
  if (personId === null && email === null) return 0;
  const now = new Date(nowMs);
  const { rows } = await sql<{ open: number }>`
    SELECT count(*) AS open FROM bookings b JOIN people p ON p.tenant_id = b.tenant_id AND p.person_id = b.invitee_id
    WHERE b.tenant_id = ${tenantId} AND b.event_type_id = ${eventTypeId} AND b.end_at > ${now}
      AND (b.status = 'confirmed' OR (b.status = 'requested' AND b.request_expires_at > ${now}))
      AND (b.invitee_id = ${personId} OR lower(p.email) = ${email?.toLowerCase() ?? null})`.execute(db);
  return rows[0]?.open ?? 0;
}

export interface BookingFilter {
  readonly hostId: string | null;
  readonly inviteeExternalId: string | null;
  readonly inviteeId: string | null;
  readonly roomId: string | null;
  readonly statuses: readonly BookingStatus[] | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly after: { readonly startMs: number; readonly bookingId: string } | null;
  readonly limit: number;
}

/** Bookings in the order of their starts. `from` and `to` keep what starts in `[from, to)`. */
export async function listBookings(db: Db, tenantId: string, filter: BookingFilter): Promise<BookingRecord[]> {
  const where = [sql`b.tenant_id = ${tenantId}`];
  if (filter.hostId !== null)
    where.push(
      sql`EXISTS (SELECT 1 FROM booking_hosts x WHERE x.tenant_id = b.tenant_id AND x.booking_id = b.booking_id AND x.host_id = ${filter.hostId})`,
    );
  if (filter.inviteeExternalId !== null) where.push(sql`p.external_id = ${filter.inviteeExternalId}`);
  if (filter.inviteeId !== null) where.push(sql`b.invitee_id = ${filter.inviteeId}`);
  if (filter.roomId !== null) where.push(sql`b.room_id = ${filter.roomId}`);
  if (filter.statuses !== null) where.push(sql`b.status = ANY(${[...filter.statuses]})`);
  if (filter.fromMs !== null) where.push(sql`b.start_at >= ${new Date(filter.fromMs)}`);
  if (filter.toMs !== null) where.push(sql`b.start_at < ${new Date(filter.toMs)}`);
  if (filter.after !== null) where.push(sql`(b.start_at, b.booking_id) > (${new Date(filter.after.startMs)}, ${filter.after.bookingId})`);
  return selectBookings(db, sql.join(where, sql` AND `), filter.limit);
}

async function selectBookings(db: Db, where: ReturnType<typeof sql>, limit: number): Promise<BookingRecord[]> {
  const { rows } = await sql<BookingRecord>`
    SELECT b.*, r.stage AS room_stage, r.url AS room_url, e.settings->'questions' AS questions,
      json_build_object('personId', p.person_id, 'externalId', p.external_id, 'name', p.name, 'email', p.email, 'phone', p.phone) AS invitee,
      (SELECT coalesce(json_agg(json_build_object('hostId', h.host_id, 'externalId', h.external_id, 'personId', h.person_id, 'name', h.name, 'email', h.email,
          'phone', h.phone, 'timeZone', h.time_zone, 'locale', h.locale) ORDER BY h.host_id), '[]')
        FROM booking_hosts bh JOIN hosts h ON h.tenant_id = bh.tenant_id AND h.host_id = bh.host_id
        WHERE bh.tenant_id = b.tenant_id AND bh.booking_id = b.booking_id) AS hosts,
      (SELECT coalesce(json_agg(json_build_object('personId', g.person_id, 'externalId', g.external_id, 'name', g.name, 'email', g.email, 'phone', g.phone)
          ORDER BY bg.added_at, g.person_id), '[]')
        FROM booking_guests bg JOIN people g ON g.tenant_id = bg.tenant_id AND g.person_id = bg.person_id
        WHERE bg.tenant_id = b.tenant_id AND bg.booking_id = b.booking_id) AS guests,
      EXISTS (SELECT FROM incidents i WHERE i.tenant_id = b.tenant_id AND i.booking_id = b.booking_id AND i.kind = 'callTrouble') AS has_call_trouble
    FROM bookings b
    JOIN people p ON p.tenant_id = b.tenant_id AND p.person_id = b.invitee_id
    JOIN event_types e ON e.tenant_id = b.tenant_id AND e.event_type_id = b.event_type_id
    LEFT JOIN rooms r ON r.tenant_id = b.tenant_id AND r.room_id = b.room_id
    WHERE ${where}
    ORDER BY b.start_at, b.booking_id
    LIMIT ${limit}`.execute(db);
  return rows;
}

export async function insertGuests(trx: Trx, tenantId: string, bookingId: string, personIds: readonly string[], at: Date): Promise<void> {
  if (personIds.length > 0) await runStatement(trx, insertGuestsStatement(tenantId, bookingId, personIds, at));
}

export function insertGuestsStatement(tenantId: string, bookingId: string, personIds: readonly string[], at: Date): Statement<void> {
  return { text: INSERT_GUESTS_SQL, values: [tenantId, bookingId, personIds, at], read: nothing };
}

const INSERT_GUESTS_SQL = `/* insert-guests */
INSERT INTO booking_guests (tenant_id, booking_id, person_id, added_at)
SELECT $1, $2, person_id, $4 FROM unnest($3::text[]) AS person_id
ON CONFLICT DO NOTHING`;

export async function deleteGuests(trx: Trx, tenantId: string, bookingId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await trx
    .deleteFrom('booking_guests')
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('person_id', 'in', [...personIds])
    .execute();
}

/** The live row with one of these hashes, with the end of its booking. */
export async function findBookingToken(db: Db, tenantId: string, tokenHashes: readonly Buffer[]) {
  return db
    .selectFrom('booking_tokens')
    .innerJoin('bookings', (join) =>
      join.onRef('bookings.tenant_id', '=', 'booking_tokens.tenant_id').onRef('bookings.booking_id', '=', 'booking_tokens.booking_id'),
    )
    .select(['booking_tokens.kind', 'booking_tokens.booking_id', 'booking_tokens.party', 'booking_tokens.host_id', 'bookings.end_at'])
    .where('booking_tokens.tenant_id', '=', tenantId)
    .where('booking_tokens.token_hash', 'in', [...tokenHashes])
    .where('booking_tokens.revoked_at', 'is', null)
    .executeTakeFirst();
}

export async function listBookingTokens(db: Db, tenantId: string, bookingIds: readonly string[]): Promise<Selectable<BookingTokenTable>[]> {
  if (bookingIds.length === 0) return [];
  return db
    .selectFrom('booking_tokens')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('booking_id', 'in', [...bookingIds])
    .where('revoked_at', 'is', null)
    .execute();
}

export async function listHistory(db: Db, tenantId: string, bookingId: string): Promise<Selectable<BookingHistoryTable>[]> {
  return db
    .selectFrom('booking_history')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .orderBy('entry')
    .execute();
}
