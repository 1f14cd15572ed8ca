import { type Kysely, sql } from 'kysely';

/**
 * Webhook endpoints and what is to be delivered to them. A delivery keeps its event, not its body: that is made when it is sent, so nothing
 * personal lies here. Secrets are encrypted under SECRET_KEY.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE webhook_endpoints (
      tenant_id text NOT NULL REFERENCES tenants,
      endpoint_id text NOT NULL,
      url text NOT NULL,
      events text[] NOT NULL,
      contact_details text NOT NULL CHECK (contact_details IN ('masked', 'full')),
      status text NOT NULL CHECK (status IN ('active', 'paused', 'disabled')),
      secret bytea NOT NULL,
      previous_secret bytea,
      previous_secret_until timestamptz,
      last_success_at timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, endpoint_id)
    )`.execute(db);
  await sql`
    CREATE TABLE webhook_deliveries (
      tenant_id text NOT NULL,
      delivery_id text NOT NULL,
      endpoint_id text NOT NULL,
      event_id text NOT NULL,
      event_type text NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
      detail text,
      attempts integer NOT NULL DEFAULT 0,
      first_attempt_at timestamptz,
      last_attempt_at timestamptz,
      last_status integer,
      next_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      settled_at timestamptz,
      PRIMARY KEY (tenant_id, delivery_id),
      UNIQUE (tenant_id, endpoint_id, event_id),
      FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoints ON DELETE CASCADE,
      FOREIGN KEY (tenant_id, event_id) REFERENCES events
    )`.execute(db);
  await sql`CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (tenant_id, endpoint_id, next_at) WHERE state = 'waiting'`.execute(
    db,
  );
  await sql`CREATE INDEX webhook_deliveries_log ON webhook_deliveries (tenant_id, endpoint_id, delivery_id)`.execute(db);
}
