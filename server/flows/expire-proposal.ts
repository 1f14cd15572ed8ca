import { lockHosts } from '../adapters/db/hosts.ts';
import { findProposal, lockProposal } from '../adapters/db/proposals.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Deps } from './deps.ts';
import { endProposal } from './end-proposal.ts';

/** Ends a proposal nobody has answered in time. Ended otherwise, or not yet due: does nothing. */
export async function expireProposal(deps: Deps, tenantId: string, proposalId: string): Promise<void> {
  const { db, clock } = deps;
  const found = await findProposal(db, tenantId, proposalId);
  if (found?.status !== 'open' || found.expires_at.getTime() > clock.nowMs()) return;
  await retryOnDeadlock(() =>
    db.transaction().execute(async (trx) => {
      const nowMs = clock.nowMs();
      await lockHosts(trx, tenantId, found.host_ids, nowMs);
      const proposal = await lockProposal(trx, tenantId, proposalId);
      if (proposal?.status !== 'open' || proposal.expires_at.getTime() > nowMs) return;
      await endProposal(deps, trx, proposal, { status: 'expired', by: 'time' });
    }),
  );
}
