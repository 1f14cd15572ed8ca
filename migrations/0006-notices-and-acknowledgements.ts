import { type Kysely, sql } from 'kysely';

/**
 * Communication terms: notices, their immutable published versions, impressions, and the acknowledgement ledger,
 * a hash chain per tenant (`ledger_heads` is the row every writer locks). Published versions and ledger rows refuse
 * UPDATE and DELETE.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE notices (
      tenant_id text NOT NULL REFERENCES tenants,
      key text NOT NULL,
      notice_id text NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, key),
      UNIQUE (tenant_id, notice_id)
    )`.execute(db);
  await sql`
    CREATE TABLE notice_versions (
      tenant_id text NOT NULL,
      notice_version_id text NOT NULL,
      key text NOT NULL,
      version integer,
      content jsonb NOT NULL,
      effective_from timestamptz,
      created_at timestamptz NOT NULL,
      published_at timestamptz,
      PRIMARY KEY (tenant_id, notice_version_id),
      UNIQUE (tenant_id, key, version),
      FOREIGN KEY (tenant_id, key) REFERENCES notices,
      CHECK ((version IS NULL) = (published_at IS NULL))
    )`.execute(db);
  await sql`
    CREATE TRIGGER notice_versions_immutable BEFORE UPDATE OR DELETE ON notice_versions
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`
    CREATE TRIGGER notice_versions_never_truncated BEFORE TRUNCATE ON notice_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`
    CREATE TABLE impressions (
      tenant_id text NOT NULL,
      impression_id text NOT NULL,
      notice_version_id text NOT NULL,
      placement text,
      locale text,
      person_id text,
      room_id text,
      at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, impression_id),
      FOREIGN KEY (tenant_id, notice_version_id) REFERENCES notice_versions
    )`.execute(db);
  await sql`
    CREATE TABLE ledger_heads (
      tenant_id text PRIMARY KEY REFERENCES tenants,
      entries bigint NOT NULL,
      last_hash text NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE acknowledgements (
      tenant_id text NOT NULL,
      entry bigint NOT NULL,
      kind text NOT NULL CHECK (kind IN ('acknowledged', 'used', 'withdrawn')),
      acknowledgement_id text NOT NULL,
      notice_version_id text NOT NULL,
      person_id text,
      room_id text,
      booking_id text,
      record jsonb NOT NULL,
      at timestamptz NOT NULL,
      prev_hash text NOT NULL,
      hash text NOT NULL,
      PRIMARY KEY (tenant_id, entry),
      FOREIGN KEY (tenant_id, notice_version_id) REFERENCES notice_versions
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX acknowledgements_once ON acknowledgements (tenant_id, acknowledgement_id) WHERE kind = 'acknowledged'`.execute(
    db,
  );
  await sql`CREATE INDEX acknowledgements_by_id ON acknowledgements (tenant_id, acknowledgement_id, entry)`.execute(db);
  await sql`CREATE INDEX acknowledgements_of_person ON acknowledgements (tenant_id, person_id, notice_version_id) WHERE person_id IS NOT NULL`.execute(
    db,
  );
  await sql`
    CREATE TRIGGER acknowledgements_append_only BEFORE UPDATE OR DELETE ON acknowledgements
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`
    CREATE TRIGGER acknowledgements_never_truncated BEFORE TRUNCATE ON acknowledgements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
}
