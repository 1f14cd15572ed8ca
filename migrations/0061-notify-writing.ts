import { type Kysely, sql } from 'kysely';

/** Which calendar receives a host's bookings decides what calls an event type offers, and kept answers tell that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TRIGGER connections_notify_writing AFTER UPDATE ON connections
    FOR EACH ROW WHEN (OLD.write_calendar_id IS DISTINCT FROM NEW.write_calendar_id)
    EXECUTE FUNCTION notify_change()`.execute(db);
}
