import type { BookingStatus } from '../../../shared/contract/booking.ts';

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export interface OutsideChangeQuestion {
  /** What the calendar says of our event now. */
  readonly seen: ({ readonly kind: 'present' } & Span) | { readonly kind: 'deleted' };
  /** As it was written last. */
  readonly written: Span;
  readonly booking: Span & { readonly status: BookingStatus };
  readonly nowMs: number;
}

export type OutsideChange =
  /** Ours, or nothing that concerns the meeting. */
  { readonly act: 'nothing' } | { readonly act: 'move'; readonly startMs: number } | { readonly act: 'cancel' };

/**
 * What somebody's change of our event means for the meeting. Only a start that differs both from what was written and from the meeting itself is a
 * move, so our own writing never comes back to us; a longer or shorter event leaves the meeting as it is. What is over stays as it was.
 */
export function judgeOutsideChange({ seen, written, booking, nowMs }: OutsideChangeQuestion): OutsideChange {
  const isOpen = booking.status === 'confirmed' || booking.status === 'requested';
  if (!isOpen || booking.startMs <= nowMs) return { act: 'nothing' };
  if (seen.kind === 'deleted') return { act: 'cancel' };
  if (seen.startMs === written.startMs || seen.startMs === booking.startMs) return { act: 'nothing' };
  return { act: 'move', startMs: seen.startMs };
}
