import { type Kysely, sql } from 'kysely';

/** What the host said when deciding a request, and the indexes that find requests past their deadline and meetings past their end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE bookings ADD COLUMN host_message text`.execute(db);
  await sql`CREATE INDEX bookings_undecided ON bookings (request_expires_at) WHERE request_expires_at IS NOT NULL AND status IN ('requested', 'confirmed')`.execute(
    db,
  );
  await sql`CREATE INDEX bookings_unfinished ON bookings (end_at) WHERE status = 'confirmed'`.execute(db);
}
