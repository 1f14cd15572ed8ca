import type { Booking } from '../../shared/contract/booking.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { SlotsAnswer } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import type { Told } from './effect.ts';
import type { MeetingsAction } from './meetings-action.ts';
import type { MeetingsMode, PendingTerms } from './meetings-state.ts';

/** What came of an action: the meeting or the offer as it is now. */
export type ActionResult = { readonly booking: Booking } | { readonly proposal: Proposal };

/** What can happen to the list of meetings. */
export type MeetingsEvent =
  | { readonly type: 'refresh' }
  /** Something has changed just now, or who asks has: what was asked for before no longer counts. */
  | { readonly type: 'outdated' }
  | {
      readonly type: 'loaded';
      readonly generation: number;
      readonly bookings: readonly Booking[];
      readonly proposals: readonly Proposal[];
      readonly atMs: number;
    }
  | { readonly type: 'loadFailed'; readonly generation: number; readonly failure: Failure }
  | { readonly type: 'eventTypes'; readonly found: Readonly<Record<string, PublicEventType | null>> }
  | { readonly type: 'open'; readonly id: string; readonly mode: MeetingsMode }
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'close' }
  | { readonly type: 'act'; readonly action: MeetingsAction }
  | { readonly type: 'acted'; readonly action: MeetingsAction; readonly result: ActionResult }
  | { readonly type: 'actFailed'; readonly action: MeetingsAction; readonly failure: Failure; readonly given: string }
  | { readonly type: 'agree'; readonly isTicked: boolean }
  | { readonly type: 'agreeFailed'; readonly failure: Failure }
  | { readonly type: 'leaveTerms' }
  | { readonly type: 'moved'; readonly booking: Booking }
  | ProposeEvent;

/** What can happen in the form that offers times. */
export type ProposeEvent =
  | { readonly type: 'openPropose'; readonly eventTypeId: string; readonly today: string }
  | { readonly type: 'closePropose' }
  | { readonly type: 'timesLoaded'; readonly asked: number; readonly answer: SlotsAnswer }
  | { readonly type: 'timesFailed'; readonly asked: number; readonly failure: Failure }
  | { readonly type: 'showFrom'; readonly from: string }
  | { readonly type: 'toggleTime'; readonly start: string }
  | { readonly type: 'dropTime'; readonly start: string }
  | { readonly type: 'pickEventType'; readonly eventTypeId: string }
  | { readonly type: 'pickDuration'; readonly minutes: number }
  | { readonly type: 'pickExpiry'; readonly days: number }
  | { readonly type: 'sendPropose'; readonly freshKey: string };

/** Something the outside world shall do. */
export type MeetingsEffect =
  | { readonly type: 'load'; readonly generation: number }
  | { readonly type: 'loadEventTypes'; readonly ids: readonly string[] }
  | {
      readonly type: 'loadTimes';
      readonly asked: number;
      readonly eventTypeId: string;
      readonly from: string;
      readonly to: string;
      readonly durationMinutes: number | null;
    }
  | { readonly type: 'act'; readonly action: MeetingsAction; readonly given: string }
  | { readonly type: 'agree'; readonly terms: PendingTerms }
  | { [name in keyof Told]: { readonly type: 'tell'; readonly name: name; readonly detail: Told[name] } }[keyof Told];

/** The next state, and what follows from it. */
export type MeetingsStep<S> = readonly [S, ...MeetingsEffect[]];
