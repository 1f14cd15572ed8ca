import { type Kysely, sql } from 'kysely';

/**
 * Retention of the ledger. `drop_ledger_content` is the one way to take content away: it empties what a row says, keeps its hashes, and the
 * chain still holds. It goes by the tenant's own `retentionDays`; without one it does nothing. The trigger lets an UPDATE pass only
 * inside that function (it reads its own call stack, so no setting of a session opens it) and only of that shape. A DELETE never passes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE acknowledgements ALTER COLUMN record DROP NOT NULL, ADD COLUMN dropped_at timestamptz`.execute(db);
  await sql`ALTER TABLE acknowledgements ADD CONSTRAINT content_or_dropped CHECK ((record IS NULL) = (dropped_at IS NOT NULL))`.execute(db);
  await sql`CREATE INDEX acknowledgements_with_content ON acknowledgements (tenant_id, at) WHERE dropped_at IS NULL`.execute(db);
  await sql`
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$`.execute(db);
  await sql`
    CREATE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      stack text;
      emptied acknowledgements := OLD;
    BEGIN
      GET DIAGNOSTICS stack = PG_CONTEXT;
      IF TG_OP = 'UPDATE' AND stack LIKE '%function drop_ledger_content(text,timestamp with time zone,integer)%' THEN
        emptied.record := NULL;
        emptied.person_id := NULL;
        emptied.room_id := NULL;
        emptied.booking_id := NULL;
        emptied.dropped_at := NEW.dropped_at;
        IF NEW IS NOT DISTINCT FROM emptied THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$`.execute(db);
  await sql`DROP TRIGGER acknowledgements_append_only ON acknowledgements`.execute(db);
  await sql`
    CREATE TRIGGER acknowledgements_append_only BEFORE UPDATE OR DELETE ON acknowledgements
    FOR EACH ROW EXECUTE FUNCTION guard_ledger()`.execute(db);
  await sql`
    CREATE FUNCTION drop_ledger_content(tenant text, at_time timestamptz, at_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    DECLARE
      kept_days integer := (SELECT (settings->>'retentionDays')::integer FROM tenants WHERE tenant_id = tenant);
      older_than timestamptz := at_time - make_interval(days => kept_days);
      dropped integer;
    BEGIN
      UPDATE acknowledgements SET record = NULL, person_id = NULL, room_id = NULL, booking_id = NULL, dropped_at = at_time
      WHERE tenant_id = tenant AND entry IN (
        SELECT entry FROM acknowledgements
        WHERE tenant_id = tenant AND dropped_at IS NULL AND at < older_than ORDER BY at LIMIT at_most FOR UPDATE);
      GET DIAGNOSTICS dropped = ROW_COUNT;
      DELETE FROM impressions WHERE tenant_id = tenant AND at < older_than;
      RETURN dropped;
    END $$`.execute(db);
}
