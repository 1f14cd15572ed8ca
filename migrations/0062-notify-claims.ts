import { type Kysely, sql } from 'kysely';

/** Claims change with every booking, and turning their whole row into JSON to read two columns of it cost more than the rest of the trigger. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION notify_claim() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('parley_changes', OLD.tenant_id || ' ' || OLD.host_id);
      ELSE
        PERFORM pg_notify('parley_changes', NEW.tenant_id || ' ' || NEW.host_id);
      END IF;
      RETURN NULL;
    END $$`.execute(db);
  await sql`DROP TRIGGER claims_notify_change ON claims`.execute(db);
  await sql`
    CREATE TRIGGER claims_notify_change AFTER INSERT OR UPDATE OR DELETE ON claims
    FOR EACH ROW EXECUTE FUNCTION notify_claim()`.execute(db);
}
