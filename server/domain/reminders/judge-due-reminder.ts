import { endOfQuiet, type QuietHours } from './quiet-hours.ts';
import type { ReminderChannel } from './plan-reminders.ts';

/** What is known when a planned reminder comes due: all of it read again, not taken from the plan. */
export interface DueReminder {
  readonly nowMs: number;
  readonly channel: ReminderChannel;
  /** The booking's sequence the plan was made for. */
  readonly plannedSequence: number;
  /** `null`: the booking is gone. */
  readonly booking: { readonly status: string; readonly sequence: number; readonly startMs: number } | null;
  /** `null`: this person is no longer part of the booking. */
  readonly recipient: { readonly timeZone: string; readonly takesMail: boolean; readonly takesSms: boolean } | null;
  readonly quietHours: QuietHours | null;
}

export type ReminderVerdict =
  | { readonly act: 'send' }
  /** Mail was to be sent and reaches nobody any more: the marketplace is told instead. */
  | { readonly act: 'tellMarketplace' }
  | { readonly act: 'postpone'; readonly dueMs: number }
  | { readonly act: 'drop'; readonly why: 'notConfirmed' | 'moved' | 'started' | 'left' | 'unreachable' };

/**
 * Whether a reminder that has come due still makes sense. A cancelled or moved booking sends nothing, nor does one that has begun;
 * consent withdrawn since planning is honoured; an SMS that comes late (the worker was down) waits for the end of the quiet hours.
 */
export function judgeDueReminder(due: DueReminder): ReminderVerdict {
  const { booking, recipient } = due;
  if (booking === null || booking.status !== 'confirmed') return { act: 'drop', why: 'notConfirmed' };
  if (booking.sequence !== due.plannedSequence) return { act: 'drop', why: 'moved' };
  if (due.nowMs >= booking.startMs) return { act: 'drop', why: 'started' };
  if (recipient === null) return { act: 'drop', why: 'left' };
  if (due.channel === 'email' && !recipient.takesMail) return { act: 'tellMarketplace' };
  if (due.channel !== 'sms') return { act: 'send' };
  if (!recipient.takesSms) return { act: 'drop', why: 'unreachable' };
  const awakeMs = endOfQuiet(due.nowMs, due.quietHours, recipient.timeZone);
  if (awakeMs === due.nowMs) return { act: 'send' };
  return awakeMs < booking.startMs ? { act: 'postpone', dueMs: awakeMs } : { act: 'drop', why: 'started' };
}
