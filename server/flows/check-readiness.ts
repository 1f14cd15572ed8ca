import { sql } from 'kysely';
import { type Outcome, succeed } from '../domain/outcome.ts';
import type { Deps } from './deps.ts';

/** Asks the database for its newest table; throws while it is away, which callers read as `unavailable`. */
export async function checkReadiness({ db }: Deps): Promise<Outcome<{ status: 'ready' }>> {
  await sql`SELECT 1 FROM idempotency_keys LIMIT 1`.execute(db);
  return succeed({ status: 'ready' });
}
