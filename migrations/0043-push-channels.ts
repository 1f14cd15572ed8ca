import { type Kysely, sql } from 'kysely';

/** Providers' promises to tell us of changes, one a calendar. A message counts only with the token, of which the hash lies here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE push_channels (
      tenant_id text NOT NULL,
      connection_id text NOT NULL,
      calendar_id text NOT NULL,
      channel_id text NOT NULL,
      resource_id text NOT NULL,
      token_hash bytea NOT NULL,
      expires_at timestamptz NOT NULL,
      renew_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, connection_id, calendar_id),
      FOREIGN KEY (tenant_id, connection_id) REFERENCES connections ON DELETE CASCADE
    )`.execute(db);
  await sql`CREATE INDEX push_channels_due ON push_channels (renew_at)`.execute(db);
}
