import { type Kysely, sql } from 'kysely';

/**
 * A look-up of a booking by its key, as foreign keys make it, must never take one of these instead: while the table has no statistics they look as good
 * to the planner, and read every booking of the tenant. A condition that is always true, but that the look-up does not imply, keeps them out of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`DROP INDEX bookings_of_event_type`.execute(db);
  await sql`DROP INDEX bookings_of_invitee`.execute(db);
  await sql`CREATE INDEX bookings_of_event_type ON bookings (tenant_id, event_type_id, start_at) WHERE event_type_id IS NOT NULL`.execute(
    db,
  );
  await sql`CREATE INDEX bookings_of_invitee ON bookings (tenant_id, invitee_id, start_at) WHERE invitee_id IS NOT NULL`.execute(db);
}
