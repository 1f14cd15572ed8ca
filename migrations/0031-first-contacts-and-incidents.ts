import { type Kysely, sql } from 'kysely';

/** Whom the terms have been sent to before they ever acknowledged, once each; and the incidents people recorded. Both know a random person id only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE first_contacts (
      tenant_id text NOT NULL,
      person_id text NOT NULL,
      notice_version_id text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, person_id),
      FOREIGN KEY (tenant_id, person_id) REFERENCES people,
      FOREIGN KEY (tenant_id, notice_version_id) REFERENCES notice_versions
    )`.execute(db);
  await sql`
    CREATE TABLE incidents (
      tenant_id text NOT NULL REFERENCES tenants,
      incident_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('callTrouble', 'offPlatformRequest')),
      booking_id text,
      room_id text,
      stage text NOT NULL CHECK (stage IN ('preContract', 'contract')),
      by_role text NOT NULL CHECK (by_role IN ('invitee', 'host', 'operator')),
      person_id text,
      note text,
      at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, incident_id),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
    )`.execute(db);
  await sql`CREATE INDEX incidents_of_booking ON incidents (tenant_id, booking_id) WHERE booking_id IS NOT NULL`.execute(db);
}
