import { type Kysely, sql } from 'kysely';

/**
 * Tells every process, at commit, whose answers have changed: `tenant_id host_id`, or `tenant_id` alone for what concerns the whole tenant.
 * An event type may have several hosts and change them, so it concerns the whole tenant. PostgreSQL folds equal notifications of one transaction into one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE row_now jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    BEGIN
      PERFORM pg_notify('parley_changes', concat_ws(' ', row_now->>'tenant_id', CASE WHEN TG_TABLE_NAME <> 'event_types' THEN row_now->>'host_id' END));
      RETURN NULL;
    END $$`.execute(db);
  for (const table of ['claims', 'schedules', 'hosts', 'event_types', 'tenants', 'api_keys', 'notice_versions']) {
    const changes = table === 'api_keys' ? 'INSERT OR DELETE' : 'INSERT OR UPDATE OR DELETE';
    await sql`
      CREATE TRIGGER ${sql.id(`${table}_notify_change`)} AFTER ${sql.raw(changes)} ON ${sql.id(table)}
      FOR EACH ROW EXECUTE FUNCTION notify_change()`.execute(db);
  }
}
