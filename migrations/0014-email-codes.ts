import { type Kysely, sql } from 'kysely';

/**
 * Codes that prove a visitor reads the mail of an address. Address and code are kept as hashes. `letter` is the
 * mail to be sent, encrypted under SECRET_KEY; it is emptied once sent.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE email_codes (
      tenant_id text NOT NULL REFERENCES tenants,
      address_hash text NOT NULL,
      code_hash text NOT NULL,
      tries integer NOT NULL,
      letter bytea,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, address_hash)
    )`.execute(db);
  await sql`CREATE INDEX email_codes_unsent ON email_codes (created_at) WHERE letter IS NOT NULL`.execute(db);
}
