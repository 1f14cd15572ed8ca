import type { Booking } from '../../shared/contract/booking.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Proposal, ProposalCreate } from '../../shared/contract/proposal.ts';
import type { Caller, Query } from './caller.ts';
import type { Result } from './result.ts';

/** The calls a list of meetings makes beside those of `Client`. Each answers a `Result`; none throws. */
export interface MeetingsClient {
  /** Meetings of whoever's room token it is, by their starts. The browser asks with the tag of what it has (`ETag`). */
  meetings(from: string): Promise<Result<Booking[]>>;
  /** What is offered in the room of the token and not yet answered. */
  openProposals(): Promise<Result<Proposal[]>>;
  eventType(id: string): Promise<Result<PublicEventType>>;
  propose(body: ProposalCreate, idempotencyKey: string): Promise<Result<Proposal>>;
  acceptProposal(id: string, body: { start: string; acknowledgementId?: string }): Promise<Result<Booking>>;
  withdrawProposal(id: string, body: { reason?: string }): Promise<Result<Proposal>>;
}

/** The most entries one question brings; a list longer than that is one for a search, not for a room. */
const LIMIT = 100;

export function meetingsClientOf(call: Caller): MeetingsClient {
  const list = async <T>(path: string, query: Query): Promise<Result<T[]>> => {
    const answer = await call<{ data: T[] }>('GET', path, { query: { ...query, limit: LIMIT } });
    return answer.ok ? { ok: true, value: answer.value.data } : answer;
  };
  const proposal = (id: string, verb: string) => `/v1/proposals/${encodeURIComponent(id)}/${verb}`;
  return {
    meetings: (from) => list<Booking>('/v1/bookings', { from }),
    openProposals: () => list<Proposal>('/v1/proposals', { status: 'open' }),
    eventType: (id) => call('GET', `/v1/event-types/${encodeURIComponent(id)}`),
    propose: (body, key) => call('POST', '/v1/proposals', { body, headers: { 'Idempotency-Key': key } }),
    acceptProposal: (id, body) => call('POST', proposal(id, 'accept'), { body }),
    withdrawProposal: (id, body) => call('POST', proposal(id, 'withdraw'), { body }),
  };
}
