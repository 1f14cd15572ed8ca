import type { JobHandler } from '../adapters/queue/pg-boss-queue.ts';
import type { JobName } from '../adapters/queue/queue.ts';
import { completeBooking } from '../flows/complete-booking.ts';
import type { Deps } from '../flows/deps.ts';
import { expireHold } from '../flows/expire-hold.ts';
import { expireProposal } from '../flows/expire-proposal.ts';
import { expireRequest } from '../flows/expire-request.ts';

/** Which flow each kind of job runs. A flow reads everything again and does nothing when there is nothing left to do, so a job may run twice. */
export function jobHandlers(deps: Deps): Readonly<Record<JobName, JobHandler>> {
  return {
    'expire-hold': ({ tenantId, id }) => expireHold(deps, tenantId, id),
    'expire-request': ({ tenantId, id }) => expireRequest(deps, tenantId, id),
    'expire-proposal': ({ tenantId, id }) => expireProposal(deps, tenantId, id),
    'complete-booking': ({ tenantId, id }) => completeBooking(deps, tenantId, id),
  };
}
