import { type Kysely, sql } from 'kysely';

/** Bookings with their hosts, guests, tokens and history, and the rooms they belong to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE rooms (
      tenant_id text NOT NULL REFERENCES tenants,
      room_id text NOT NULL,
      stage text NOT NULL CHECK (stage IN ('preContract', 'contract')),
      url text,
      stated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, room_id)
    )`.execute(db);
  await sql`
    CREATE TABLE bookings (
      tenant_id text NOT NULL REFERENCES tenants,
      booking_id text NOT NULL,
      event_type_id text NOT NULL,
      status text NOT NULL CHECK (status IN ('requested', 'confirmed', 'declined', 'expired', 'cancelled', 'completed', 'noShow')),
      title text NOT NULL,
      start_at timestamptz NOT NULL,
      end_at timestamptz NOT NULL,
      duration_minutes integer NOT NULL,
      invitee_id text NOT NULL,
      invitee_time_zone text,
      invitee_locale text,
      room_id text,
      stage text NOT NULL CHECK (stage IN ('preContract', 'contract')),
      location jsonb NOT NULL,
      answers jsonb NOT NULL,
      note text,
      host_note text,
      metadata jsonb NOT NULL,
      sequence integer NOT NULL DEFAULT 0,
      reschedule_count integer NOT NULL DEFAULT 0,
      acknowledgement_id text,
      request_expires_at timestamptz,
      pending_start_at timestamptz,
      pending_end_at timestamptz,
      reason text,
      cancelled_by text,
      cancelled_at timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, booking_id),
      FOREIGN KEY (tenant_id, event_type_id) REFERENCES event_types,
      FOREIGN KEY (tenant_id, invitee_id) REFERENCES people,
      CHECK (end_at > start_at)
    )`.execute(db);
  await sql`CREATE INDEX bookings_of_room ON bookings (tenant_id, room_id, start_at) WHERE room_id IS NOT NULL`.execute(db);
  await sql`CREATE INDEX bookings_of_invitee ON bookings (tenant_id, invitee_id, start_at)`.execute(db);
  await sql`CREATE INDEX bookings_of_event_type ON bookings (tenant_id, event_type_id, start_at)`.execute(db);
  await sql`
    CREATE TABLE booking_hosts (
      tenant_id text NOT NULL,
      booking_id text NOT NULL,
      host_id text NOT NULL,
      PRIMARY KEY (tenant_id, booking_id, host_id),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts
    )`.execute(db);
  await sql`CREATE INDEX booking_hosts_by_host ON booking_hosts (tenant_id, host_id, booking_id)`.execute(db);
  await sql`
    CREATE TABLE booking_guests (
      tenant_id text NOT NULL,
      booking_id text NOT NULL,
      person_id text NOT NULL,
      added_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, booking_id, person_id),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
      FOREIGN KEY (tenant_id, person_id) REFERENCES people
    )`.execute(db);
  await sql`
    CREATE TABLE booking_tokens (
      tenant_id text NOT NULL,
      token_hash bytea NOT NULL,
      kind text NOT NULL CHECK (kind IN ('manage', 'file')),
      booking_id text NOT NULL,
      party text NOT NULL CHECK (party IN ('invitee', 'host')),
      host_id text,
      token bytea NOT NULL,
      revoked_at timestamptz,
      PRIMARY KEY (tenant_id, token_hash),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
    )`.execute(db);
  await sql`CREATE INDEX booking_tokens_of_booking ON booking_tokens (tenant_id, booking_id)`.execute(db);
  await sql`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('parley.retention', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$`.execute(db);
  await sql`
    CREATE TABLE booking_history (
      tenant_id text NOT NULL,
      booking_id text NOT NULL,
      entry bigint GENERATED ALWAYS AS IDENTITY,
      at timestamptz NOT NULL,
      action text NOT NULL,
      actor jsonb NOT NULL,
      before jsonb,
      after jsonb,
      PRIMARY KEY (tenant_id, booking_id, entry),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
    )`.execute(db);
  await sql`
    CREATE TRIGGER booking_history_append_only BEFORE UPDATE OR DELETE ON booking_history
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`
    CREATE TRIGGER booking_history_never_truncated BEFORE TRUNCATE ON booking_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
}
