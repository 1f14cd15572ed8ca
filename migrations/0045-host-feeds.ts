import { type Kysely, sql } from 'kysely';

/** One address per host to subscribe to the host's meetings by. The token is kept as a hash for the look-up and sealed for telling it again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE host_feeds (
      tenant_id text NOT NULL,
      host_id text NOT NULL,
      token_hash bytea NOT NULL,
      token bytea NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, host_id),
      UNIQUE (tenant_id, token_hash),
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts ON DELETE CASCADE
    )`.execute(db);
}
