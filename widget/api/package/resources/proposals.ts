import type { Booking } from '../../../../shared/contract/booking.ts';
import type { Proposal, ProposalAccept, ProposalCreate, ProposalStatus, ProposalWithdraw } from '../../../../shared/contract/proposal.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

export interface ProposalsFilter {
  readonly roomId?: string | undefined;
  readonly status?: ProposalStatus | undefined;
}

/** Several times offered by one side of a room, held until one is picked. */
export interface Proposals extends Listing<Proposal, ProposalsFilter> {
  create(body: ProposalCreate, options?: CreateOptions): Promise<Result<Proposal>>;
  /** Picks one of the times; the answer is the booking. */
  accept(id: string, body: ProposalAccept, options?: CallOptions): Promise<Result<Booking>>;
  withdraw(id: string, body?: ProposalWithdraw, options?: CallOptions): Promise<Result<Proposal>>;
}

export function proposalsOf(call: Call): Proposals {
  return {
    ...listingOf<Proposal, ProposalsFilter>(call, '/v1/proposals'),
    create: (body, options) => call('POST', '/v1/proposals', { ...options, body, creates: true }),
    accept: (id, body, options) => call('POST', pathOf`/v1/proposals/${id}/accept`, { ...options, body }),
    withdraw: (id, body = {}, options = {}) => call('POST', pathOf`/v1/proposals/${id}/withdraw`, { ...options, body }),
  };
}
