import { type Kysely, sql } from 'kysely';

/** Tenants and their API keys. Keys are stored as SHA-256 only; embed secrets are encrypted under SECRET_KEY. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE EXTENSION IF NOT EXISTS btree_gist`.execute(db);
  await sql`
    CREATE TABLE tenants (
      tenant_id text PRIMARY KEY,
      settings jsonb NOT NULL,
      embed_secret bytea NOT NULL,
      previous_embed_secret bytea,
      previous_embed_secret_until timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL
    )`.execute(db);
  await sql`
    CREATE TABLE api_keys (
      tenant_id text NOT NULL REFERENCES tenants,
      key_id text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('secret', 'publishable')),
      mode text NOT NULL CHECK (mode IN ('live', 'test')),
      name text,
      scopes text[] NOT NULL,
      prefix text NOT NULL,
      hash bytea NOT NULL,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz,
      PRIMARY KEY (tenant_id, key_id),
      UNIQUE (tenant_id, hash)
    )`.execute(db);
}
