import { dropLedgerContent, findTenantsPastRetention } from '../adapters/db/acknowledgements.ts';
import type { Deps } from './deps.ts';

const ROWS_AT_ONCE = 5000;

/** Drops what ledgers say beyond each tenant's `retentionDays`; hashes stay, so the chains still hold. Answers how many rows were emptied. */
export async function dropOldLedger({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const at = new Date(clock.nowMs());
  let dropped = 0;
  for (const tenantId of await findTenantsPastRetention(db, at)) {
    let last: number;
    do {
      last = await dropLedgerContent(db, tenantId, at, ROWS_AT_ONCE);
      dropped += last;
    } while (last === ROWS_AT_ONCE);
  }
  return dropped;
}
