import type { Proposal, ProposalWithdraw } from '../../shared/contract/proposal.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { lockProposal } from '../adapters/db/proposals.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { endProposal } from './end-proposal.ts';
import { findVisibleProposal, presentProposal, proposalStatusAt, stageOfProposal } from './proposals.ts';
import { screenFields } from './screen-fields.ts';

/**
 * Takes a proposal back or, from the other side, says that none of its times will do; the reason tells what would. Its times are free at once.
 * Withdrawn already: answered as it is.
 */
export async function withdrawProposal(
  deps: Deps,
  caller: TenantCaller,
  proposalId: string,
  given: ProposalWithdraw,
): Promise<Outcome<Proposal>> {
  const { db, clock } = deps;
  const tenantId = caller.tenant.id;
  const visible = await findVisibleProposal(db, caller, proposalId);
  if (visible === undefined) return refuse('not_found');
  if (given.actor !== undefined && caller.kind !== 'secret') return refuse('forbidden', { detail: 'Only a secret key states the actor.' });
  const refused = await screenFields(deps, db, caller, { reason: given.reason }, await stageOfProposal(db, visible));
  if (refused !== null) return refused;
  const by = caller.kind === 'room' ? caller.person.role : (given.actor?.role ?? 'operator');
  return retryOnDeadlock(() =>
    db.transaction().execute(async (trx): Promise<Outcome<Proposal>> => {
      const nowMs = clock.nowMs();
      await lockHosts(trx, tenantId, visible.host_ids, nowMs);
      const row = await lockProposal(trx, tenantId, proposalId);
      if (row === undefined) return refuse('not_found');
      const state = proposalStatusAt(row, nowMs);
      if (state === 'withdrawn') return succeed(presentProposal(row, nowMs));
      if (state !== 'open') return refuse('invalid_state', { state, detail: `The proposal is ${state}.` });
      await endProposal(deps, trx, row, { status: 'withdrawn', by, reason: given.reason ?? null });
      return succeed(
        presentProposal({ ...row, status: 'withdrawn', ended_by: by, reason: given.reason ?? null, updated_at: new Date(nowMs) }, nowMs),
      );
    }),
  );
}
