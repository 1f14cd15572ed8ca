import type { Booking } from '../../shared/contract/booking.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { MeetingsEffect } from './meetings-event.ts';
import type { MeetingsState } from './meetings-state.ts';

export interface MeetingLists {
  readonly bookings: readonly Booking[];
  readonly proposals: readonly Proposal[];
}

/** Tells the page what the list is now. */
export function changed({ bookings, proposals }: MeetingLists): MeetingsEffect {
  return { type: 'tell', name: 'meetings-changed', detail: { bookings, proposals } };
}

/** Wishes the keyboard somewhere after the next drawing. */
export function focusOn(state: MeetingsState, target: string): MeetingsState {
  return { ...state, focus: { target, count: (state.focus?.count ?? 0) + 1 } };
}

/** The list with this meeting as it is now, by the starts. */
export function putBooking(bookings: readonly Booking[], booking: Booking): Booking[] {
  return [...bookings.filter(({ id }) => id !== booking.id), booking].toSorted((one, two) => Date.parse(one.start) - Date.parse(two.start));
}
