import { type Kysely, sql } from 'kysely';

/** Reminders as planned: one for each version of a booking (`sequence`), recipient and rule, for ever. `due_at` is the plan, `next_at` the next look. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE reminders (
      tenant_id text NOT NULL,
      reminder_id text NOT NULL,
      booking_id text NOT NULL,
      sequence integer NOT NULL,
      person_id text NOT NULL,
      rule_key text NOT NULL,
      party text NOT NULL CHECK (party IN ('host', 'invitee', 'guest')),
      channel text NOT NULL CHECK (channel IN ('email', 'sms', 'webhook')),
      due_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
      detail text,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      settled_at timestamptz,
      PRIMARY KEY (tenant_id, reminder_id),
      UNIQUE (tenant_id, booking_id, sequence, person_id, rule_key),
      FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
    )`.execute(db);
  await sql`CREATE INDEX reminders_waiting ON reminders (next_at) WHERE state = 'waiting'`.execute(db);
}
