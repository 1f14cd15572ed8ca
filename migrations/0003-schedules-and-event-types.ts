import { type Kysely, sql } from 'kysely';

/** Rules. A host's oldest schedule is the default one; an event type may name another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE schedules (
      tenant_id text NOT NULL,
      schedule_id text NOT NULL,
      host_id text NOT NULL,
      name text NOT NULL,
      time_zone text NOT NULL,
      rules jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, schedule_id),
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts
    )`.execute(db);
  await sql`CREATE INDEX schedules_of_host ON schedules (tenant_id, host_id, schedule_id)`.execute(db);
  await sql`
    CREATE TABLE event_types (
      tenant_id text NOT NULL,
      event_type_id text NOT NULL,
      host_id text NOT NULL,
      host_ids text[] NOT NULL,
      schedule_id text,
      slug text,
      settings jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, event_type_id),
      FOREIGN KEY (tenant_id, host_id) REFERENCES hosts,
      FOREIGN KEY (tenant_id, schedule_id) REFERENCES schedules
    )`.execute(db);
  await sql`CREATE INDEX event_types_of_host ON event_types (tenant_id, host_id, event_type_id)`.execute(db);
  await sql`CREATE UNIQUE INDEX event_types_slug ON event_types (tenant_id, host_id, slug) WHERE slug IS NOT NULL`.execute(db);
}
