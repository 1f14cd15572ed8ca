import { recordEvent } from '../adapters/db/events.ts';
import { endHold, findHold, lockHold } from '../adapters/db/holds.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Deps } from './deps.ts';

/** Ends a hold that has run out. Not yet, ended otherwise or gone: does nothing. Its time was free from the very instant, with or without this. */
export async function expireHold(deps: Deps, tenantId: string, holdId: string): Promise<void> {
  const { db, clock, ids } = deps;
  const found = await findHold(db, tenantId, holdId);
  if (found?.status !== 'live' || found.expires_at.getTime() > clock.nowMs()) return;
  await retryOnDeadlock(() =>
    db.transaction().execute(async (trx) => {
      const nowMs = clock.nowMs();
      await lockHosts(trx, tenantId, found.host_ids, nowMs);
      const hold = await lockHold(trx, tenantId, holdId);
      if (hold?.status !== 'live' || hold.expires_at.getTime() > nowMs) return;
      await endHold(trx, hold, 'expired');
      await recordEvent(trx, {
        tenant_id: tenantId,
        event_id: ids.next('ev'),
        type: 'hold.expired',
        data: { holdId, eventTypeId: hold.event_type_id },
        at: new Date(nowMs),
      });
    }),
  );
}
