import type { SlotsAnswer } from '../../shared/contract/slots.ts';
import type { Caller } from './caller.ts';
import type { Result } from './result.ts';

export interface SlotsQuestion {
  readonly eventTypeId: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly durationMinutes?: number | null;
  readonly holdId?: string | null;
  readonly rescheduleOf?: string | null;
  readonly include?: string | null;
}

/** The free times of an event type: the one call the first picture needs. */
export function askSlots(call: Caller, { eventTypeId, ...query }: SlotsQuestion): Promise<Result<SlotsAnswer>> {
  return call('GET', `/v1/event-types/${encodeURIComponent(eventTypeId)}/slots`, { query });
}
