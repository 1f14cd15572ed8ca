import type { BookingStatus } from '../../../shared/contract/booking.ts';
import { type Refusal, refuse, refuseField } from '../outcome.ts';
import type { EventTypeSettings } from './event-type-settings.ts';

export interface ChangeQuestion {
  readonly change: 'cancel' | 'reschedule';
  readonly status: BookingStatus;
  readonly startMs: number;
  readonly nowMs: number;
  readonly rescheduleCount: number;
  readonly reason: string | null;
  /** Cut-offs and the number of reschedules bind everybody but the host. */
  readonly byHost: boolean;
  readonly rules: Pick<EventTypeSettings, 'cancelCutoffMinutes' | 'rescheduleCutoffMinutes' | 'maxReschedules' | 'reasonRequired'>;
}

const OPEN: readonly BookingStatus[] = ['requested', 'confirmed'];

/** Whether a meeting may still be cancelled or moved; null when it may. `minutesLeft` counts to the start. */
export function refuseChange(question: ChangeQuestion): Refusal | null {
  const { change, status, startMs, nowMs, rules, byHost } = question;
  if (!OPEN.includes(status)) return refuse('invalid_state', { state: status, detail: `The booking is ${status}.` });
  const cutoffMinutes = byHost ? 0 : change === 'cancel' ? rules.cancelCutoffMinutes : rules.rescheduleCutoffMinutes;
  const minutesLeft = Math.max(0, Math.floor((startMs - nowMs) / 60_000));
  if (startMs <= nowMs) return refuse('change_not_allowed', { minutesLeft, detail: 'The meeting has begun.' });
  if (minutesLeft < cutoffMinutes)
    return refuse('change_not_allowed', { minutesLeft, detail: `Less than ${cutoffMinutes} minutes are left before the start.` });
  if (change === 'reschedule' && !byHost && rules.maxReschedules !== null && question.rescheduleCount >= rules.maxReschedules) {
    return refuse('change_not_allowed', { minutesLeft, detail: `The meeting was moved ${question.rescheduleCount} times already.` });
  }
  if (rules.reasonRequired && !byHost && (question.reason ?? '').trim() === '') return refuseField('reason', 'is required');
  return null;
}
