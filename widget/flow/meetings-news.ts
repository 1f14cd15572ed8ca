import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';

/** Something that happened since the list was last seen; `start` is the meeting's, where it is about one. */
export interface MeetingNews {
  readonly say: MeetingsKey;
  readonly title?: string;
  readonly start?: string;
  readonly count?: number;
}

interface Seen {
  readonly bookings: readonly Booking[];
  readonly proposals: readonly Proposal[];
}

/** What to tell somebody who does not watch the list: the differences between two looks at it. */
export function newsBetween(before: Seen, after: Seen, role: Role): MeetingNews[] {
  const known = new Map(before.bookings.map((booking) => [booking.id, booking]));
  const ofBookings = after.bookings.flatMap((booking): MeetingNews[] => {
    const key = newsOf(known.get(booking.id), booking);
    return key === null ? [] : [{ say: key, title: booking.title, start: booking.rescheduleTo?.start ?? booking.start }];
  });
  const offers = new Set(before.proposals.map(({ id }) => id));
  const isMade = new Set(after.proposals.map(({ id }) => id));
  const ofOffers = after.proposals
    .filter(({ id, by }) => by !== role && !offers.has(id))
    .map(({ starts }): MeetingNews => ({ say: 'newsOffer', count: starts.length }));
  // An offer that became a meeting is told as that meeting.
  const isGone = before.proposals.some(({ id }) => !isMade.has(id)) && ofBookings.length === 0 && ofOffers.length === 0;
  return [...ofBookings, ...ofOffers, ...(isGone ? [{ say: 'newsOfferGone' } as const] : [])];
}

function newsOf(before: Booking | undefined, { status, start, rescheduleTo }: Booking): MeetingsKey | null {
  if (before === undefined) return status === 'requested' ? 'newsRequest' : status === 'confirmed' ? 'newsBooked' : null;
  if (before.status !== status) {
    switch (status) {
      case 'confirmed':
        return 'newsConfirmed';
      case 'declined':
        return 'newsDeclined';
      case 'cancelled':
        return 'newsCancelled';
      default:
        return null;
    }
  }
  if (before.start !== start) return 'newsMoved';
  return rescheduleTo && before.rescheduleTo?.start !== rescheduleTo.start ? 'newsRequest' : null;
}
