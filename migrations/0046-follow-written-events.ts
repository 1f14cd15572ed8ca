import { type Kysely, sql } from 'kysely';

/**
 * Events we wrote are followed: somebody may move or delete one in the calendar itself. `follow_at`: when to look next, null while nothing is written there.
 * `failures` counts attempts in a row that came to nothing, whereas `attempts` only ever rises, so that a late answer cannot settle a newer wish.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE connections ADD COLUMN follow_at timestamptz`.execute(db);
  await sql`CREATE INDEX connections_to_follow ON connections (follow_at) WHERE follow_at IS NOT NULL`.execute(db);
  await sql`ALTER TABLE written_events ADD COLUMN failures integer NOT NULL DEFAULT 0`.execute(db);
}
