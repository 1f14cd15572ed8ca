import type { BookingMessageKind, Party } from './message-data.ts';

/** What happened to a booking, as far as people are told of it. */
export interface Change {
  readonly action: string;
  /** Whether the meeting stands: a request is a matter of two, guests hear of it once it is confirmed. */
  readonly isConfirmed: boolean;
  /** Whether it stood before. */
  readonly wasConfirmed: boolean;
  readonly addedGuestIds: readonly string[];
  readonly removedGuestIds: readonly string[];
}

export interface Announced {
  readonly kind: BookingMessageKind;
  /** Null: everybody of that party. */
  readonly personIds: readonly string[] | null;
  readonly party: Party;
}

/** Who is told what. Changes that are nobody's business (a note, a meeting that took place) give nothing. */
export function announcementsOf(change: Change): Announced[] {
  const two = (kind: BookingMessageKind): Announced[] => [toAll(kind, 'invitee'), toAll(kind, 'host')];
  const all = (kind: BookingMessageKind): Announced[] => [...two(kind), toAll(kind, 'guest')];
  switch (change.action) {
    case 'requested':
      return two('requested');
    case 'confirmed':
      return all('confirmed');
    case 'declined':
      return two('declined');
    case 'expired':
      return two('expired');
    case 'rescheduled':
    case 'locationChanged':
      return change.isConfirmed ? all(change.action) : two(change.action);
    case 'rescheduleRequested':
      return two('moveRequested');
    case 'rescheduleDeclined':
    case 'rescheduleExpired':
      return two('moveDeclined');
    case 'cancelled':
      return change.wasConfirmed ? all('cancelled') : two('cancelled');
    case 'guestsChanged':
      if (!change.isConfirmed) return [];
      return [
        { kind: 'guestAdded', personIds: change.addedGuestIds, party: 'guest' },
        { kind: 'guestRemoved', personIds: change.removedGuestIds, party: 'guest' },
      ];
    default:
      return [];
  }
}

function toAll(kind: BookingMessageKind, party: Party): Announced {
  return { kind, personIds: null, party };
}
