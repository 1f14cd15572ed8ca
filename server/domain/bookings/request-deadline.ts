import type { BookingStatus } from '../../../shared/contract/booking.ts';
import type { EventTypeSettings } from './event-type-settings.ts';

/** Until when a request waits to be decided: the event type's deadline from now on, or its own start if that is earlier. */
export function requestDeadline(
  { requestExpiresMinutes }: Pick<EventTypeSettings, 'requestExpiresMinutes'>,
  nowMs: number,
  startMs: number,
): Date {
  return new Date(Math.min(nowMs + requestExpiresMinutes * 60_000, startMs));
}

/** The state a booking is in at this instant: a request past its deadline has expired, whether or not a job has written that down yet. */
export function statusAt(
  booking: { readonly status: BookingStatus; readonly request_expires_at: Date | null },
  nowMs: number,
): BookingStatus {
  const { status, request_expires_at: deadline } = booking;
  return status === 'requested' && deadline !== null && deadline.getTime() <= nowMs ? 'expired' : status;
}

/** The new time a meeting is asked to be moved to, while that may still be decided. */
export function pendingMove(
  booking: {
    readonly status: BookingStatus;
    readonly pending_start_at: Date | null;
    readonly pending_end_at: Date | null;
    readonly request_expires_at: Date | null;
  },
  nowMs: number,
): { readonly startMs: number; readonly endMs: number } | null {
  const { status, pending_start_at: start, pending_end_at: end, request_expires_at: deadline } = booking;
  if (status !== 'confirmed' || start === null || end === null) return null;
  return deadline !== null && deadline.getTime() <= nowMs ? null : { startMs: start.getTime(), endMs: end.getTime() };
}
