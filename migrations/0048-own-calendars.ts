import { type Kysely, sql } from 'kysely';

/** A calendar that Parley made in the account: the narrower right to write ends at those. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE connection_calendars ADD COLUMN is_own boolean NOT NULL DEFAULT false`.execute(db);
}
