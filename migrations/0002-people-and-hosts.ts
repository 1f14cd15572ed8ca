import { type Kysely, sql } from 'kysely';

/**
 * People and hosts. `people` is the one erasable table: history and ledger name a person by the random `person_id` only.
 * `external_id` is the marketplace's own id of the person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE people (
      tenant_id text NOT NULL REFERENCES tenants,
      person_id text NOT NULL,
      external_id text,
      name text,
      email text,
      phone text,
      time_zone text,
      locale text,
      created_at timestamptz NOT NULL,
      erased_at timestamptz,
      PRIMARY KEY (tenant_id, person_id)
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX people_external ON people (tenant_id, external_id) WHERE external_id IS NOT NULL`.execute(db);
  await sql`
    CREATE TABLE hosts (
      tenant_id text NOT NULL,
      host_id text NOT NULL,
      person_id text NOT NULL,
      external_id text,
      name text NOT NULL,
      email text,
      phone text,
      description text,
      time_zone text NOT NULL,
      locale text NOT NULL,
      max_meetings_per_day integer,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, host_id),
      FOREIGN KEY (tenant_id, person_id) REFERENCES people
    )`.execute(db);
  await sql`CREATE UNIQUE INDEX hosts_external ON hosts (tenant_id, external_id) WHERE external_id IS NOT NULL`.execute(db);
}
