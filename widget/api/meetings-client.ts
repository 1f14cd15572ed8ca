import type { Booking } from '../../shared/contract/booking.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Proposal, ProposalCreate } from '../../shared/contract/proposal.ts';
import type { Caller, Query } from './caller.ts';
import type { Result } from './result.ts';

/** The calls a list of meetings makes beside those of `Client`. Each answers a `Result`; none throws. */
export interface MeetingsClient {
  /** Meetings of whoever's room token it is, by their starts. The browser asks with the tag of what it has (`ETag`). */
  meetings(from: string): Promise<Result<Booking[]>>;
  /** What was offered in the room of the token, in the order it was. */
  proposals(): Promise<Result<Proposal[]>>;
  eventType(id: string): Promise<Result<PublicEventType>>;
  propose(body: ProposalCreate, idempotencyKey: string): Promise<Result<Proposal>>;
  acceptProposal(id: string, body: { start: string; acknowledgementId?: string }): Promise<Result<Booking>>;
  withdrawProposal(id: string, body: { reason?: string }): Promise<Result<Proposal>>;
  markNoShow(bookingId: string): Promise<Result<Booking>>;
  keepNote(bookingId: string, hostNote: string | null): Promise<Result<Booking>>;
}

const LIMIT = 100;
/** A list longer than this many answers is one for a search, not for a room. */
const MOST_ANSWERS = 5;

export function meetingsClientOf(call: Caller): MeetingsClient {
  const list = async <T>(path: string, query: Query): Promise<Result<T[]>> => {
    const all: T[] = [];
    let cursor: string | null = null;
    for (let asked = 0; asked < MOST_ANSWERS; asked += 1) {
      const answer: Result<{ data: T[]; nextCursor: string | null }> = await call('GET', path, {
        query: { ...query, limit: LIMIT, cursor },
      });
      if (!answer.ok) return answer;
      all.push(...answer.value.data);
      cursor = answer.value.nextCursor;
      if (cursor === null) break;
    }
    return { ok: true, value: all };
  };
  const booking = (id: string, rest = '') => `/v1/bookings/${encodeURIComponent(id)}${rest}`;
  const proposal = (id: string, verb: string) => `/v1/proposals/${encodeURIComponent(id)}/${verb}`;
  return {
    meetings: (from) => list<Booking>('/v1/bookings', { from }),
    proposals: () => list<Proposal>('/v1/proposals', {}),
    eventType: (id) => call('GET', `/v1/event-types/${encodeURIComponent(id)}`),
    propose: (body, key) => call('POST', '/v1/proposals', { body, headers: { 'Idempotency-Key': key } }),
    acceptProposal: (id, body) => call('POST', proposal(id, 'accept'), { body }),
    withdrawProposal: (id, body) => call('POST', proposal(id, 'withdraw'), { body }),
    markNoShow: (id) => call('POST', booking(id, '/no-show'), { body: {} }),
    keepNote: (id, hostNote) => call('PATCH', booking(id), { body: { hostNote } }),
  };
}
