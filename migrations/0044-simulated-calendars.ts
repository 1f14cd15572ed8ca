import { type Kysely, sql } from 'kysely';

/** Calendars that are nowhere but here, for tests and demos. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE simulated_calendars (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      state jsonb NOT NULL,
      PRIMARY KEY (tenant_id, connection_id)
    )`.execute(db);
}
