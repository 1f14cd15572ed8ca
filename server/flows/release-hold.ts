import { endHold, findHold, lockHold } from '../adapters/db/holds.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { isHolder } from './holder.ts';

/** Ends a hold before its time; the slot is free at once. One that has ended already is answered the same. */
export async function releaseHold(deps: Deps, caller: TenantCaller, holdId: string): Promise<Outcome<null>> {
  const { db, clock } = deps;
  const tenantId = caller.tenant.id;
  const found = await findHold(db, tenantId, holdId);
  if (found === undefined || !isHolder(caller, found)) return refuse('not_found');
  if (found.status !== 'live') return succeed(null);
  await retryOnDeadlock(() =>
    db.transaction().execute(async (trx) => {
      await lockHosts(trx, tenantId, found.host_ids, clock.nowMs());
      const hold = await lockHold(trx, tenantId, holdId);
      if (hold?.status === 'live') await endHold(trx, hold, 'released');
    }),
  );
  return succeed(null);
}
