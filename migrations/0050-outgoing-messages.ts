import { type Kysely, sql } from 'kysely';

/**
 * Mails to be sent, written in the transaction of the change they tell of. `next_at` is when somebody should look at the row next: whoever
 * takes it moves that on, so a worker that dies gives it back by doing nothing. `data` holds ids and times, nothing personal.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE outgoing_messages (
      tenant_id text NOT NULL REFERENCES tenants,
      message_id text NOT NULL,
      booking_id text,
      kind text NOT NULL,
      party text NOT NULL CHECK (party IN ('host', 'invitee', 'guest')),
      person_id text,
      host_id text,
      sequence integer,
      data jsonb NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
      detail text,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      settled_at timestamptz,
      PRIMARY KEY (tenant_id, message_id)
    )`.execute(db);
  await sql`CREATE INDEX outgoing_messages_waiting ON outgoing_messages (next_at) WHERE state = 'waiting'`.execute(db);
  await sql`CREATE INDEX outgoing_messages_of_booking ON outgoing_messages (tenant_id, booking_id) WHERE booking_id IS NOT NULL`.execute(
    db,
  );
}
