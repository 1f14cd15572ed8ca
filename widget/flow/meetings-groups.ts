import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import { isAskedAgain } from './meetings-news.ts';
import type { MeetingsState } from './meetings-state.ts';

/** Meetings and offers by what the viewer can do about them. */
export interface MeetingGroups {
  readonly toDecide: readonly Booking[];
  /** Times of the other side to pick from. */
  readonly offers: readonly Proposal[];
  /** Own offers the other side let go of, wanting other times. */
  readonly wanted: readonly Proposal[];
  readonly upcoming: readonly Booking[];
  readonly waiting: readonly Booking[];
  readonly ownOffers: readonly Proposal[];
  /** Would lie ahead, and does not take place. */
  readonly ended: readonly Booking[];
  readonly earlier: readonly Booking[];
}

/** Sorts the list; `nowMs` decides what lies ahead. */
export function groupMeetings(
  { role, bookings, proposals }: Pick<MeetingsState, 'role' | 'bookings' | 'proposals'>,
  nowMs: number,
): MeetingGroups {
  const ahead = bookings.filter(({ end }) => Date.parse(end) > nowMs);
  const open = proposals.filter(({ status, expiresAt }) => status === 'open' && Date.parse(expiresAt) > nowMs);
  const isOpen = ({ status }: Booking) => status === 'requested' || status === 'confirmed';
  const live = ahead.filter(isOpen);
  return {
    toDecide: live.filter((booking) => isToDecide(booking, role)),
    offers: open.filter(({ by }) => by !== role),
    wanted: proposals.filter((one) => isAskedAgain(one, role) && isLast(one, proposals, bookings)),
    upcoming: live.filter((booking) => booking.status === 'confirmed' && !isToDecide(booking, role)),
    waiting: live.filter((booking) => booking.status === 'requested' && !isToDecide(booking, role)),
    ownOffers: open.filter(({ by }) => by === role),
    ended: ahead.filter(({ status }) => status === 'declined' || status === 'cancelled' || status === 'expired'),
    earlier: bookings
      .filter(({ status, end }) => Date.parse(end) <= nowMs && (status === 'confirmed' || status === 'completed' || status === 'noShow'))
      .toReversed(),
  };
}

/** Only a host decides: about a request, and about a new time somebody asked for. */
export function isToDecide({ status, rescheduleTo }: Booking, role: Role): boolean {
  return role === 'host' && (status === 'requested' || (status === 'confirmed' && Boolean(rescheduleTo)));
}

/** Nothing has been offered or booked of that kind since. */
function isLast({ id, eventTypeId, updatedAt }: Proposal, proposals: readonly Proposal[], bookings: readonly Booking[]): boolean {
  const isSince = (one: Proposal | Booking) =>
    one.id !== id && one.eventTypeId === eventTypeId && Date.parse(one.createdAt) >= Date.parse(updatedAt);
  return !proposals.some(isSince) && !bookings.some(isSince);
}

const TROUBLE_BEFORE_MS = 15 * 60_000;
const TROUBLE_AFTER_MS = 3 * 3_600_000;

/** The one meeting whose call may be failing: confirmed, and about to begin, on, or just over. */
export function callOf(bookings: readonly Booking[], nowMs: number): Booking | null {
  const near = bookings.filter(
    ({ status, start, end }) =>
      (status === 'confirmed' || status === 'completed') &&
      Date.parse(start) - TROUBLE_BEFORE_MS <= nowMs &&
      nowMs <= Date.parse(end) + TROUBLE_AFTER_MS,
  );
  return near.find(({ end }) => Date.parse(end) > nowMs) ?? near.at(-1) ?? null;
}
