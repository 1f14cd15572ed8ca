import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { SlotDay } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';

/** What is done with one meeting or offer, in a place of its own. */
export type MeetingsMode = 'cancel' | 'decline' | 'guests' | 'move' | 'declineOffer' | 'propose';

/** The form that offers times. `from` is the first date shown, in the viewer's zone. */
export interface ProposeState {
  readonly eventTypeId: string;
  readonly from: string;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly days: readonly SlotDay[];
  readonly durationMinutes: number | null;
  readonly expiresDays: number;
  /** Starts as the answer wrote them, in the viewer's zone, sorted. */
  readonly chosen: readonly string[];
  readonly failure: Failure | null;
}

/** An action that waits until the terms are acknowledged. */
export interface PendingTerms {
  readonly id: string;
  readonly notice: CurrentNotice;
  readonly needsTick: boolean;
}

export interface MeetingsState {
  readonly role: Role;
  readonly status: 'loading' | 'ready';
  /** Why the list could not be brought up to date. */
  readonly failure: Failure | null;
  readonly seenMs: number | null;
  readonly bookings: readonly Booking[];
  readonly proposals: readonly Proposal[];
  readonly eventTypes: Readonly<Record<string, PublicEventType>>;
  readonly open: { readonly id: string; readonly mode: MeetingsMode } | null;
  /** What is being sent; its id. */
  readonly busy: string | null;
  /** What did not work, and where. */
  readonly problem: { readonly id: string; readonly failure: Failure } | null;
  readonly terms: PendingTerms | null;
  readonly propose: ProposeState | null;
}

export const MOST_PROPOSED = 10;

export function initialMeetings(role: Role): MeetingsState {
  return {
    role,
    status: 'loading',
    failure: null,
    seenMs: null,
    bookings: [],
    proposals: [],
    eventTypes: {},
    open: null,
    busy: null,
    problem: null,
    terms: null,
    propose: null,
  };
}
