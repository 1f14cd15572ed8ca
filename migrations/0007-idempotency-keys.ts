import { type Kysely, sql } from 'kysely';

/**
 * Answers kept for retries, 24 hours. `scope` is a hash over credential, token subject and route, so that one
 * visitor can never replay another's answer; the answer is encrypted under SECRET_KEY. Making tenants has `operator` for tenant.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE idempotency_keys (
      tenant_id text NOT NULL,
      scope text NOT NULL,
      key text NOT NULL,
      body_hash text NOT NULL,
      status integer,
      answer bytea,
      claimed_until timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, scope, key)
    )`.execute(db);
  await sql`CREATE INDEX idempotency_keys_expiring ON idempotency_keys (expires_at)`.execute(db);
}
