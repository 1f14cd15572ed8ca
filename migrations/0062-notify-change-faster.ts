import { type Kysely, sql } from 'kysely';

/** Turning a whole row into JSON to read two columns of it was most of what the trigger of a claim cost. Of a table without a host the whole tenant is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE OR REPLACE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed record;
    BEGIN
      IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
      IF TG_TABLE_NAME IN ('event_types', 'tenants', 'api_keys', 'notice_versions') THEN
        PERFORM pg_notify('parley_changes', changed.tenant_id);
      ELSE
        PERFORM pg_notify('parley_changes', changed.tenant_id || ' ' || changed.host_id);
      END IF;
      RETURN NULL;
    END $$`.execute(db);
}
