import { type Kysely, sql } from 'kysely';

/** A publishable key is public by nature: kept readable, so that the hosted booking page can use it. Secret keys stay hashes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE api_keys ADD COLUMN public_key text CHECK (public_key IS NULL OR kind = 'publishable')`.execute(db);
}
