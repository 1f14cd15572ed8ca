import { type Kysely, sql } from 'kysely';

/**
 * A hold may keep the time a meeting is to be moved to. Its claim then belongs to the booking, so that a meeting may be moved by less than
 * its own length; `booking_id` says so. The index finds what has run out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE holds ADD COLUMN booking_id text`.execute(db);
  await sql`CREATE INDEX holds_due ON holds (expires_at) WHERE status = 'live'`.execute(db);
}
