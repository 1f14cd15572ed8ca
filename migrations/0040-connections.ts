import { type Kysely, sql } from 'kysely';

/**
 * A host's links to outside calendar accounts. Credentials are encrypted under SECRET_KEY in the context `connection:TENANT:CONNECTION`. A lease lets one
 * reader work at a time, another one renew the login. `fresh_until`: until then the copy of the busy time counts as current; `next_at`: when a worker reads again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE connections (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      host_id text NOT NULL,
      provider text NOT NULL CHECK (provider IN ('google', 'microsoft', 'caldav', 'ics', 'simulated')),
      account text NOT NULL,
      credentials bytea NOT NULL,
      access text NOT NULL CHECK (access IN ('busy', 'writeOwnCalendar', 'writeAnyCalendar')),
      write_calendar_id text,
      failure_mode text NOT NULL DEFAULT 'hide' CHECK (failure_mode IN ('hide', 'lastKnown')),
      treat_as_busy jsonb NOT NULL,
      status text NOT NULL DEFAULT 'ok' CHECK (status IN ('ok', 'failing', 'disconnected')),
      failing_since timestamptz,
      failure text,
      failure_detail text,
      failures integer NOT NULL DEFAULT 0,
      told_of_failure boolean NOT NULL DEFAULT false,
      checked_at timestamptz,
      fresh_until timestamptz,
      covered_until timestamptz,
      reach_days integer NOT NULL DEFAULT 62,
      validators text,
      busy_version bigint NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      read_lease text,
      read_lease_until timestamptz,
      login_lease_until timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, connection_id),
      UNIQUE (tenant_id, host_id, connection_id),
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts ON DELETE CASCADE
    )`.execute(db);
  await sql`CREATE INDEX connections_due ON connections (next_at) WHERE status <> 'disconnected'`.execute(db);
  await sql`
    CREATE TABLE connection_calendars (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      calendar_id text NOT NULL,
      name text NOT NULL,
      is_primary boolean NOT NULL,
      writable boolean NOT NULL,
      blocks boolean NOT NULL,
      sync_token text,
      PRIMARY KEY (tenant_id, connection_id, calendar_id),
      FOREIGN KEY (tenant_id, connection_id) REFERENCES connections ON DELETE CASCADE
    )`.execute(db);
}
