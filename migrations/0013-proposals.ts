import { type Kysely, sql } from 'kysely';

/** Times offered by one side of a room. Each offered time is a claim whose owner is the proposal; at most one is open a room and event type. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE proposals (
      tenant_id text NOT NULL REFERENCES tenants,
      proposal_id text NOT NULL,
      event_type_id text NOT NULL,
      host_ids text[] NOT NULL,
      starts timestamptz[] NOT NULL CHECK (cardinality(starts) BETWEEN 1 AND 10),
      duration_minutes integer NOT NULL,
      status text NOT NULL CHECK (status IN ('open', 'accepted', 'withdrawn', 'expired')),
      by_role text NOT NULL CHECK (by_role IN ('invitee', 'host')),
      by_person_id text,
      invitee_id text,
      invitee_time_zone text,
      invitee_locale text,
      room_id text NOT NULL,
      stage text NOT NULL CHECK (stage IN ('preContract', 'contract')),
      acknowledgement_ids text[] NOT NULL,
      unused_acknowledgement_ids text[] NOT NULL,
      booking_id text,
      ended_by text,
      reason text,
      expires_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, proposal_id),
      FOREIGN KEY (tenant_id, event_type_id) REFERENCES event_types
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX proposals_one_open ON proposals (tenant_id, room_id, event_type_id) WHERE status = 'open'`.execute(db);
  await sql`CREATE INDEX proposals_of_room ON proposals (tenant_id, room_id, proposal_id)`.execute(db);
  await sql`CREATE INDEX proposals_due ON proposals (expires_at) WHERE status = 'open'`.execute(db);
}
