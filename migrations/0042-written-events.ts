import { type Kysely, sql } from 'kysely';

/**
 * The event of a booking in an outside calendar: what is wanted there, what was last written, and when to try (again). `content_hash` tells whether writing
 * would change anything; start and end as last written tell a move made outside from our own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE written_events (
      tenant_id text NOT NULL,
      booking_id text NOT NULL,
      connection_id text NOT NULL,
      host_id text NOT NULL,
      calendar_id text NOT NULL,
      event_id text,
      etag text,
      sequence integer,
      content_hash text,
      written_start_at timestamptz,
      written_end_at timestamptz,
      meeting_url text,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'written', 'removed', 'failed', 'deletedOutside')),
      detail text,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, booking_id, connection_id),
      FOREIGN KEY (tenant_id, connection_id) REFERENCES connections ON DELETE CASCADE
    )`.execute(db);
  await sql`CREATE INDEX written_events_waiting ON written_events (next_at) WHERE state = 'waiting'`.execute(db);
  await sql`CREATE INDEX written_events_of_connection ON written_events (tenant_id, connection_id, event_id)`.execute(db);
}
