import { freeClaims } from '../adapters/db/claims.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { type ProposalRow, updateProposal } from '../adapters/db/proposals.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { Deps } from './deps.ts';

export interface ProposalEnding {
  readonly status: 'accepted' | 'withdrawn' | 'expired';
  /** `invitee`, `host`, `operator` or `time`. */
  readonly by: string;
  readonly reason?: string | null;
  readonly bookingId?: string;
}

/** Ends a proposal and frees every time it offered. Its hosts and the proposal are locked. */
export async function endProposal(
  deps: Deps,
  trx: Trx,
  proposal: ProposalRow,
  { status, by, reason = null, bookingId }: ProposalEnding,
): Promise<void> {
  const { tenant_id: tenantId, proposal_id: proposalId } = proposal;
  const at = new Date(deps.clock.nowMs());
  await freeClaims(trx, tenantId, proposalId);
  await updateProposal(trx, tenantId, proposalId, { status, ended_by: by, reason, booking_id: bookingId ?? null, updated_at: at });
  await recordEvent(trx, {
    tenant_id: tenantId,
    event_id: deps.ids.next('ev'),
    type: `proposal.${status}`,
    data: { proposalId, eventTypeId: proposal.event_type_id, by, ...(bookingId !== undefined && { bookingId }) },
    at,
  });
}
