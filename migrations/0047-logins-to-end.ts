import { type Kysely, sql } from 'kysely';

/**
 * Logins of connections that are gone, kept until the provider has been told: first its channels are stopped, then the login ends there. `credentials` stay
 * sealed as they were in `connections`. An account that is connected elsewhere keeps its login, so accounts are looked up.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE logins_to_end (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      provider text NOT NULL,
      account text NOT NULL,
      credentials bytea NOT NULL,
      channels jsonb NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, connection_id)
    )`.execute(db);
  await sql`CREATE INDEX logins_to_end_due ON logins_to_end (next_at)`.execute(db);
  await sql`CREATE INDEX connections_of_account ON connections (provider, account)`.execute(db);
}
