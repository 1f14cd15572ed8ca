import { type Kysely, sql } from 'kysely';

/**
 * What happened, written in the transaction that made it happen and read by everything that tells others of it. `data` names rows by
 * their ids and holds nothing personal, so erasing a person needs no look in here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE events (
      tenant_id text NOT NULL REFERENCES tenants,
      event_id text NOT NULL,
      type text NOT NULL,
      data jsonb NOT NULL,
      at timestamptz NOT NULL,
      delivered_at timestamptz,
      PRIMARY KEY (tenant_id, event_id)
    )`.execute(db);
  await sql`CREATE INDEX events_undelivered ON events (tenant_id, event_id) WHERE delivered_at IS NULL`.execute(db);
}
