import type { Booking, BookingCreate } from '../../shared/contract/booking.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { Slot } from '../../shared/contract/slots.ts';
import type { FailureCode } from '../api/result.ts';
import type { FlowEvent } from './state.ts';

/** What the page hears: each is a DOM event `parley:NAME` with this detail. */
export interface Told {
  readonly ready: { readonly eventTypeId: string };
  readonly 'slot-select': Slot;
  readonly booked: Booking;
  readonly rescheduled: Booking;
  readonly cancelled: Booking;
  readonly acknowledged: { readonly acknowledgementId: string; readonly noticeVersionId: string };
  readonly incident: { readonly incidentId: string; readonly kind: string; readonly bookingId: string | null };
  readonly 'meetings-changed': { readonly bookings: readonly Booking[]; readonly proposals: readonly Proposal[] };
  readonly 'availability-changed': {
    readonly hostId: string;
    readonly scheduleIds: readonly string[];
    readonly eventTypeIds: readonly string[];
  };
  readonly 'token-expired': Record<string, never>;
  readonly error: { readonly code: FailureCode };
}

/** Something the outside world shall do. The transition only asks; `effects.ts` carries it out. */
export type Effect =
  | {
      readonly type: 'load';
      readonly generation: number;
      readonly from: string;
      readonly to: string;
      readonly months: readonly string[];
      readonly zone: string;
      readonly durationMinutes: number | null;
      readonly holdId: string | null;
      readonly rescheduleOf: string | null;
      readonly withAbout: boolean;
    }
  | {
      readonly type: 'hold';
      readonly start: string;
      readonly durationMinutes: number;
      readonly replaces: string | null;
      readonly rescheduleOf: string | null;
    }
  | { readonly type: 'release'; readonly holdId: string }
  /** Go where the site wants its visitor after booking, if it named a place. */
  | { readonly type: 'leave' }
  /** Have the code of the later steps at hand, and do then what waited for it. */
  | { readonly type: 'fetchPart'; readonly next: FlowEvent | null }
  /** Read the visitor's own calendar file, which stays in the browser. */
  | { readonly type: 'readCalendar'; readonly file: File }
  | SendEffect
  | { [name in keyof Told]: { readonly type: 'tell'; readonly name: name; readonly detail: Told[name] } }[keyof Told];

export interface SendEffect {
  readonly type: 'send';
  /** The notice to acknowledge first; `null` when none binds or it is done. */
  readonly acknowledge: string | null;
  readonly acknowledgementId: string | null;
  readonly zone: string;
  readonly key: string;
  readonly request:
    | { readonly kind: 'book'; readonly body: Omit<BookingCreate, 'eventTypeId' | 'acknowledgementId'> }
    | {
        readonly kind: 'move';
        readonly bookingId: string;
        readonly start: string;
        readonly holdId: string | null;
        readonly reason: string | null;
      };
}
