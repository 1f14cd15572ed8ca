import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { SlotDay } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import type { MeetingsAction } from './meetings-action.ts';
import type { MeetingNews } from './meetings-news.ts';

/** What is done with one meeting or offer, in a place of its own. */
export type MeetingsMode = 'confirm' | 'decline' | 'cancel' | 'guests' | 'move' | 'note' | 'noShow' | 'otherTimes' | 'takeBack';

/** The form that offers times. */
export interface ProposeState {
  readonly eventTypeId: string;
  /** The first of the dates shown, in the viewer's zone. */
  readonly from: string;
  readonly today: string;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Counts the questions for times, so that a late answer is known as such. */
  readonly asked: number;
  /** Weeks without any time that may still be skipped by themselves. */
  readonly mayLeaf: number;
  readonly days: readonly SlotDay[];
  readonly durationMinutes: number | null;
  readonly expiresDays: number;
  /** Starts as the answer wrote them, in the viewer's zone, sorted. */
  readonly chosen: readonly string[];
  readonly needsOne: boolean;
  readonly failure: Failure | null;
}

/** An action that waits until the terms are acknowledged. */
export interface PendingTerms {
  readonly action: MeetingsAction;
  readonly notice: CurrentNotice;
  /** Acknowledgements made on the way here, separated by commas. */
  readonly given: string;
  readonly needsTick: boolean;
  readonly failure: Failure | null;
}

export interface MeetingsState {
  readonly role: Role;
  readonly isLoading: boolean;
  /** Raised by every change made here: an older answer to the list no longer counts. */
  readonly generation: number;
  /** When the list was last seen; null until then. */
  readonly seenMs: number | null;
  /** Why the list could not be brought up to date. */
  readonly failure: Failure | null;
  readonly bookings: readonly Booking[];
  readonly proposals: readonly Proposal[];
  /** Null for one that cannot be had. */
  readonly eventTypes: Readonly<Record<string, PublicEventType | null>>;
  /** The form that is open, with what is typed in it: news may move its meeting to another place of the list. */
  readonly open: { readonly id: string; readonly mode: MeetingsMode; readonly text?: string } | null;
  /** How often times to offer were asked for: of several answers the last one counts, also for another form. */
  readonly timesAsked: number;
  /** The meeting or offer something is being sent about. */
  readonly busy: string | null;
  /** What did not work. */
  readonly problem: { readonly action: MeetingsAction; readonly failure: Failure } | null;
  readonly terms: PendingTerms | null;
  readonly propose: ProposeState | null;
  /** What the live region says; `count` tells two equal texts apart. */
  readonly news: { readonly items: readonly MeetingNews[]; readonly count: number };
  /** Where the keyboard shall be after the next drawing. */
  readonly focus: { readonly target: string; readonly count: number } | null;
}

/** The most times one offer can hold. */
export const MOST_PROPOSED = 10;
/** The `id` of the form that offers times. */
export const PROPOSE = 'propose';

export function initialMeetings(role: Role): MeetingsState {
  return {
    role,
    isLoading: false,
    generation: 0,
    seenMs: null,
    failure: null,
    bookings: [],
    proposals: [],
    eventTypes: {},
    open: null,
    timesAsked: 0,
    busy: null,
    problem: null,
    terms: null,
    propose: null,
    news: { items: [], count: 0 },
    focus: null,
  };
}
