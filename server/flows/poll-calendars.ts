import { findDueConnections } from '../adapters/db/busy.ts';
import type { Deps } from './deps.ts';
import { refreshBusy } from './refresh-busy.ts';

/** Most of the time of a reading is waiting for the provider. */
const AT_ONCE = 16;

/**
 * Reads the connections whose time has come, a bounded number at once. Several workers may do so: each reading is leased. Answers how many it took, so that
 * the caller goes on while there are more.
 */
export async function pollCalendars(deps: Deps, limit: number, tell: (error: unknown) => void): Promise<number> {
  const due = await findDueConnections(deps.db, new Date(deps.clock.nowMs()), limit);
  let next = 0;
  const work = async () => {
    for (let one = due[next++]; one !== undefined; one = due[next++]) {
      // A connection that cannot be handled, for its key is gone, must not keep the others from being read.
      await refreshBusy(deps, one.tenant_id, one.connection_id).catch(tell);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, work));
  return due.length;
}
