import { type Kysely, sql } from 'kysely';

/**
 * What takes a host's time is one row here, whoever owns it: a booking, a hold, one offered time of a proposal.
 * The exclusion constraint is the last guard against double booking. `owner_id WITH <>` lets one owner's claims touch
 * each other, so a booking being moved and the times of one proposal never block themselves.
 *
 * Claims of past meetings stay: they still count for the caps of their day, week and month.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE claims (
      tenant_id text NOT NULL,
      host_id text NOT NULL,
      owner_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('booking', 'hold', 'proposal')),
      event_type_id text NOT NULL,
      starts_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL,
      blocked tstzrange NOT NULL CHECK (NOT isempty(blocked)),
      expires_at timestamptz,
      PRIMARY KEY (tenant_id, host_id, owner_id, starts_at),
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts,
      CONSTRAINT claims_never_overlap EXCLUDE USING gist (tenant_id WITH =, host_id WITH =, owner_id WITH <>, blocked WITH &&)
    )`.execute(db);
  await sql`CREATE INDEX claims_by_start ON claims (tenant_id, host_id, starts_at)`.execute(db);
  await sql`CREATE INDEX claims_by_owner ON claims (tenant_id, owner_id)`.execute(db);
  await sql`CREATE INDEX claims_expiring ON claims (tenant_id, host_id, expires_at) WHERE expires_at IS NOT NULL`.execute(db);
  await sql`
    CREATE TABLE holds (
      tenant_id text NOT NULL REFERENCES tenants,
      hold_id text NOT NULL,
      event_type_id text NOT NULL,
      host_ids text[] NOT NULL,
      start_at timestamptz NOT NULL,
      end_at timestamptz NOT NULL,
      duration_minutes integer NOT NULL,
      holder text NOT NULL,
      status text NOT NULL CHECK (status IN ('live', 'released', 'expired', 'used')),
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, hold_id)
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX holds_one_live_per_holder ON holds (tenant_id, holder) WHERE status = 'live'`.execute(db);
}
