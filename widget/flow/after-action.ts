import type { Booking } from '../../shared/contract/booking.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';
import type { MeetingsAction } from './meetings-action.ts';
import type { ActionResult, MeetingsEffect, MeetingsStep } from './meetings-event.ts';
import type { MeetingNews } from './meetings-news.ts';
import type { MeetingsState } from './meetings-state.ts';
import { changed, focusOn, putBooking } from './meetings-changes.ts';

/** After a change went through: the list as it is now, said, told to the page, and the keyboard where one would go on. */
export function afterAction(state: MeetingsState, action: MeetingsAction, result: ActionResult): MeetingsStep<MeetingsState> {
  const before = state.bookings.find(({ id }) => id === action.id);
  const bookings = 'booking' in result ? putBooking(state.bookings, result.booking) : state.bookings;
  const proposals = proposalsAfter(state, action, result);
  const isAboutGuests = action.kind === 'addGuest' || action.kind === 'removeGuest';
  const next: MeetingsState = {
    ...state,
    bookings,
    proposals,
    generation: state.generation + 1,
    busy: null,
    problem: null,
    terms: state.terms?.action.id === action.id ? null : state.terms,
    open: isAboutGuests || state.open?.id !== action.id ? state.open : null,
    propose: action.kind === 'propose' ? null : state.propose,
    news: { items: [newsOf(state, action, result)], count: state.news.count + 1 },
  };
  // Whoever has opened another form meanwhile stays in it.
  const isElsewhere = !isAboutGuests && (next.open !== null || next.terms !== null || next.propose !== null);
  return [
    isElsewhere ? next : focusOn(next, focusAfter(action, result)),
    ...tell(action, result, before),
    changed({ bookings, proposals }),
  ];
}

function proposalsAfter({ role, proposals }: MeetingsState, action: MeetingsAction, result: ActionResult): readonly Proposal[] {
  if ('booking' in result) {
    const bookingId = result.booking.id;
    return action.kind === 'accept'
      ? proposals.map((one) => (one.id === action.id ? { ...one, status: 'accepted', endedBy: role, bookingId } : one))
      : proposals;
  }
  const { proposal } = result;
  // To offer is also to end what was open for the same kind of meeting.
  const others = proposals
    .filter(({ id }) => id !== proposal.id)
    .map((one): Proposal =>
      action.kind === 'propose' && one.eventTypeId === proposal.eventTypeId && one.status === 'open'
        ? { ...one, status: 'withdrawn', endedBy: role }
        : one,
    );
  return [...others, proposal];
}

function newsOf({ role, proposals }: MeetingsState, action: MeetingsAction, result: ActionResult): MeetingNews {
  const about = 'booking' in result ? { title: result.booking.title, start: result.booking.start } : {};
  const isOwn = proposals.find(({ id }) => id === action.id)?.by === role;
  return { say: keyOf(action, isOwn), ...about };
}

function keyOf(action: MeetingsAction, isOwn: boolean): MeetingsKey {
  switch (action.kind) {
    case 'confirm':
      return 'newsConfirmed';
    case 'decline':
      return 'newsDeclined';
    case 'cancel':
      return 'newsCancelled';
    case 'addGuest':
    case 'removeGuest':
      return 'newsGuests';
    case 'noShow':
      return 'newsNoShow';
    case 'note':
      return 'newsNote';
    case 'accept':
      return 'newsBooked';
    case 'withdraw':
      return isOwn ? 'newsTakenBack' : 'newsAsked';
    case 'propose':
      return 'newsOffered';
    default:
      return action satisfies never;
  }
}

function focusAfter(action: MeetingsAction, result: ActionResult): string {
  if (action.kind === 'addGuest' || action.kind === 'removeGuest') return 'field';
  if (action.kind === 'withdraw') return 'title';
  return `entry:${'booking' in result ? result.booking.id : result.proposal.id}`;
}

function tell(action: MeetingsAction, result: ActionResult, before: Booking | undefined): MeetingsEffect[] {
  if (!('booking' in result)) return [];
  const detail = result.booking;
  if (action.kind === 'cancel') return [{ type: 'tell', name: 'cancelled', detail }];
  if (action.kind === 'accept') return [{ type: 'tell', name: 'booked', detail }];
  if (action.kind === 'confirm' && before?.rescheduleTo) return [{ type: 'tell', name: 'rescheduled', detail }];
  return [];
}
