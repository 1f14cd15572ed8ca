import { type Kysely, sql } from 'kysely';

/**
 * One row stands for both tokens of a party, looked up by the hash of the file token, which follows from the manage token. What is kept of them is no
 * secret: `token` is what they are derived from under `SECRET_KEY`. Rows of before, one a token, stay as they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE booking_tokens DROP CONSTRAINT booking_tokens_kind_check`.execute(db);
  await sql`ALTER TABLE booking_tokens ADD CONSTRAINT booking_tokens_kind_check CHECK (kind IN ('manage', 'file', 'both'))`.execute(db);
}
