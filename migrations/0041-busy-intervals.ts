import { type Kysely, sql } from 'kysely';

/**
 * The copy of what outside calendars say: when, and of which kind, and nothing else. Answers kept in memory end when a connection's copy or its rules
 * change, and when its copy stops counting as current before it was to. Whether a host has connections at all is kept for the whole tenant.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE busy_intervals (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      starts_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      kind text NOT NULL CHECK (kind IN ('busy', 'tentative', 'unanswered', 'outOfOffice', 'workingElsewhere')),
      all_day boolean NOT NULL,
      PRIMARY KEY (tenant_id, connection_id, starts_at, ends_at, kind, all_day),
      FOREIGN KEY (tenant_id, connection_id) REFERENCES connections ON DELETE CASCADE
    )`.execute(db);
  await sql`
    CREATE FUNCTION notify_connection() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('parley_changes', CASE WHEN TG_OP = 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END);
      RETURN NULL;
    END $$`.execute(db);
  await sql`
    CREATE TRIGGER connections_notify_change AFTER INSERT OR DELETE ON connections
    FOR EACH ROW EXECUTE FUNCTION notify_connection()`.execute(db);
  await sql`
    CREATE TRIGGER connections_notify_update AFTER UPDATE ON connections
    FOR EACH ROW WHEN (
      OLD.busy_version <> NEW.busy_version OR OLD.status <> NEW.status OR OLD.failure_mode <> NEW.failure_mode
      OR OLD.treat_as_busy <> NEW.treat_as_busy OR NEW.fresh_until < OLD.fresh_until OR OLD.covered_until IS NULL
    )
    EXECUTE FUNCTION notify_change()`.execute(db);
}
