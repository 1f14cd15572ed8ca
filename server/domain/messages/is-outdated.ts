import type { BookingMessageKind } from './message-data.ts';

export interface MeetingNow {
  readonly status: string;
  readonly sequence: number;
  readonly hasPendingMove: boolean;
}

/**
 * Whether a message that waited is no longer true: the meeting was moved, decided or cancelled since, and a later message says so. What
 * has ended (cancelled, declined, a guest removed) stays true.
 */
export function isOutdated(kind: BookingMessageKind, plannedSequence: number | null, meeting: MeetingNow): boolean {
  const moved = plannedSequence !== null && plannedSequence !== meeting.sequence;
  switch (kind) {
    case 'requested':
      return moved || meeting.status !== 'requested';
    case 'confirmed':
    case 'guestAdded':
    case 'reminder':
      return moved || meeting.status !== 'confirmed';
    case 'rescheduled':
    case 'locationChanged':
      return moved || (meeting.status !== 'confirmed' && meeting.status !== 'requested');
    case 'moveRequested':
      return moved || meeting.status !== 'confirmed' || !meeting.hasPendingMove;
    case 'moveDeclined':
      return moved || meeting.status !== 'confirmed';
    case 'declined':
    case 'expired':
    case 'cancelled':
    case 'guestRemoved':
      return false;
    default:
      return kind satisfies never;
  }
}
