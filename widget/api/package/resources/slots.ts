import type { Hold, HoldCreate } from '../../../../shared/contract/hold.ts';
import type {
  ComputeRequest,
  ExplainAnswer,
  SearchAnswer,
  SearchRequest,
  SimulateAnswer,
  SimulateRequest,
  SlotsAnswer,
} from '../../../../shared/contract/slots.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import type { Result } from '../result.ts';

/** `from` and `to` are dates (whole days in `timeZone`, `to` included) or instants. */
export interface SlotsListQuery {
  readonly from: string;
  readonly to: string;
  readonly timeZone?: string | undefined;
  readonly durationMinutes?: number | undefined;
  /** Your own hold does not stand in your way. */
  readonly holdId?: string | undefined;
  /** Nor does the booking that is to be moved. */
  readonly rescheduleOf?: string | undefined;
  /** What a picker shows beside the times, in the same answer. */
  readonly include?: 'eventType' | 'notice' | 'brand' | readonly ('eventType' | 'notice' | 'brand')[] | undefined;
}

/** `at` asks about one start, `date` about every start of a day of the host's. */
export interface ExplainQuery {
  readonly at?: string | undefined;
  readonly date?: string | undefined;
  readonly durationMinutes?: number | undefined;
  readonly timeZone?: string | undefined;
}

/** Free times, and why others are not. */
export interface Slots {
  /** Every bookable start of a range, grouped by the viewer's dates. */
  list(eventTypeId: string, query: SlotsListQuery, options?: CallOptions): Promise<Result<SlotsAnswer>>;
  /** Why a time is or is not offered; with a secret key, or as the host. */
  explain(eventTypeId: string, query: ExplainQuery, options?: CallOptions): Promise<Result<ExplainAnswer>>;
  /** What changed rules would offer; nothing is stored. */
  simulate(eventTypeId: string, body: SimulateRequest, options?: CallOptions): Promise<Result<SimulateAnswer>>;
  /** The first slot of up to 200 event types. */
  search(body: SearchRequest, options?: CallOptions): Promise<Result<SearchAnswer>>;
  /** Slots from rules and busy times that you bring along; nothing is stored. */
  compute(body: ComputeRequest, options?: CallOptions): Promise<Result<SlotsAnswer>>;
}

/** Short reservations while a form is open. */
export interface Holds {
  create(body: HoldCreate, options?: CreateOptions): Promise<Result<Hold>>;
  /** Gives the time back at once. */
  release(id: string, options?: CallOptions): Promise<Result<null>>;
}

export function slotsOf(call: Call): Slots {
  const ask = <T>(path: string, body: unknown, options?: CallOptions) => call<T>('POST', path, { ...options, body, storesNothing: true });
  return {
    list: (eventTypeId, query, options) => call('GET', pathOf`/v1/event-types/${eventTypeId}/slots`, { ...options, query }),
    explain: (eventTypeId, query, options) => call('GET', pathOf`/v1/event-types/${eventTypeId}/explain`, { ...options, query }),
    simulate: (eventTypeId, body, options) => ask(pathOf`/v1/event-types/${eventTypeId}/simulate`, body, options),
    search: (body, options) => ask('/v1/slots/search', body, options),
    compute: (body, options) => ask('/v1/slots/compute', body, options),
  };
}

export function holdsOf(call: Call): Holds {
  return {
    create: (body, options) => call('POST', '/v1/holds', { ...options, body, creates: true }),
    release: (id, options) => call('DELETE', pathOf`/v1/holds/${id}`, options),
  };
}
