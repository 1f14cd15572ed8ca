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
  const wasOpen = new Set(before.proposals.filter(({ status }) => status === 'open').map(({ id }) => id));
  const made = after.proposals.filter(({ id, status, by }) => status === 'open' && by !== role && !wasOpen.has(id));
  const ofOffers = made.map(({ starts }): MeetingNews => ({ say: 'newsOffer', count: starts.length }));
  // Where new times are offered instead, or the offer became a meeting, that is the news.
  const ended = after.proposals.filter(
    ({ id, status, endedBy }) => wasOpen.has(id) && (status === 'withdrawn' || status === 'expired') && endedBy !== role,
  );
  const ofEnds =
    ofOffers.length > 0 ? [] : ended.map((one): MeetingNews => ({ say: isAskedAgain(one, role) ? 'wantsOther' : 'newsOfferGone' }));
  return [...ofBookings, ...ofOffers, ...ofEnds];
}

/** Whether the other side let go of the viewer's times and wants different ones. */
export function isAskedAgain({ by, status, endedBy }: Proposal, role: Role): boolean {
  return by === role && status === 'withdrawn' && endedBy === (role === 'host' ? 'invitee' : 'host');
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
