import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { MeetingsState } from './meetings-state.ts';

export interface MeetingGroups {
  readonly toDecide: readonly Booking[];
  readonly offers: readonly Proposal[];
  readonly upcoming: readonly Booking[];
  readonly waiting: readonly Booking[];
  readonly ownOffers: readonly Proposal[];
  readonly ended: readonly Booking[];
}

/** Meetings and offers by what the viewer can do about them. What is over does not appear. */
export function groupMeetings({ role, bookings, proposals }: MeetingsState, nowMs: number): MeetingGroups {
  const ahead = bookings.filter(({ end }) => Date.parse(end) > nowMs - TROUBLE_AFTER_MS);
  const open = proposals.filter(({ status, expiresAt }) => status === 'open' && Date.parse(expiresAt) > nowMs);
  const isOpen = ({ status }: Booking) => status === 'requested' || status === 'confirmed';
  const live = ahead.filter(isOpen);
  return {
    toDecide: live.filter((booking) => isToDecide(booking, role)),
    offers: open.filter(({ by }) => by !== role),
    upcoming: live.filter((booking) => booking.status === 'confirmed' && !isToDecide(booking, role)),
    waiting: live.filter((booking) => booking.status === 'requested' && !isToDecide(booking, role)),
    ownOffers: open.filter(({ by }) => by === role),
    ended: ahead.filter((booking) => !isOpen(booking) && booking.status !== 'completed' && booking.status !== 'noShow'),
  };
}

/** Only a host decides: about a request, and about a new time somebody asked for. */
export function isToDecide({ status, rescheduleTo }: Booking, role: Role): boolean {
  return role === 'host' && (status === 'requested' || (status === 'confirmed' && Boolean(rescheduleTo)));
}

const TROUBLE_BEFORE_MS = 15 * 60_000;
const TROUBLE_AFTER_MS = 3 * 3_600_000;

/** The one meeting whose call may be failing: confirmed, and about to begin, on, or just over. */
export function callOf(bookings: readonly Booking[], nowMs: number): Booking | null {
  const near = bookings.filter(
    ({ status, start, end }) =>
      status === 'confirmed' && Date.parse(start) - TROUBLE_BEFORE_MS <= nowMs && nowMs <= Date.parse(end) + TROUBLE_AFTER_MS,
  );
  return near.find(({ end }) => Date.parse(end) > nowMs) ?? near.at(-1) ?? null;
}
