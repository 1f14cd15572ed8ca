import { formatLocalDate, type LocalDate } from '../../../shared/time/local-date.ts';
import { bookingWindowDates, type WindowDates } from './booking-window.ts';
import { type Purpose, readCaps } from './caps.ts';
import { assertAnswerable } from './check-question.ts';
import { HostCalendar } from './host-calendar.ts';
import { judgeHours } from './judge-hours.ts';
import { judgeTaken } from './judge-taken.ts';
import type { SlotQuestion } from './question.ts';
import type { SlotRefused, SlotVerdict } from './slot-verdict.ts';

const MINUTE_MS = 60_000;

/**
 * Whether this start may be booked, and if not, the first rule that refuses it, in the order of `SLOT_REFUSALS`. It is `computeSlots` for
 * one start and made of the same parts: with the same purpose both say the same. The queried range plays no role. A RangeError for a
 * start that is no finite number.
 */
export function judgeStart(question: SlotQuestion, startMs: number, purpose: Purpose = 'booking'): SlotVerdict {
  assertAnswerable(question);
  if (!Number.isFinite(startMs)) throw new RangeError(`startMs must be a finite number, not ${startMs}`);
  const calendar = new HostCalendar(question.schedule);
  const refused =
    judgeTiming(question, calendar, startMs) ??
    judgeHours(calendar, { startMs, durationMinutes: question.durationMinutes, slotIntervalMinutes: question.rules.slotIntervalMinutes }) ??
    judgeTaken(question, startMs) ??
    readCaps(question, calendar, purpose)?.reachedOn(startMs, calendar.dateAt(startMs)) ??
    null;
  return refused === null ? { bookable: true } : { bookable: false, ...refused };
}

function judgeTiming({ rules, nowMs }: SlotQuestion, calendar: HostCalendar, startMs: number): SlotRefused | null {
  if (!rules.active) return { reason: 'event_type_inactive', facts: {} };
  if (startMs < nowMs) return { reason: 'past', facts: { nowMs } };
  const { minimumNoticeMinutes } = rules;
  const earliestMs = nowMs + minimumNoticeMinutes * MINUTE_MS;
  if (startMs < earliestMs) return { reason: 'minimum_notice', facts: { earliestMs, minimumNoticeMinutes } };
  const window = bookingWindowDates(rules.bookingWindow, calendar.dateAt(nowMs));
  const date = calendar.dateAt(startMs);
  return date >= window.firstDate && date <= window.lastDate ? null : beyondWindow(date, window);
}

function beyondWindow(date: LocalDate, { firstDate, lastDate }: WindowDates): SlotRefused {
  const text = (limit: LocalDate): string | null => (Number.isFinite(limit) ? formatLocalDate(limit) : null);
  return { reason: 'beyond_window', facts: { localDate: formatLocalDate(date), firstDate: text(firstDate), lastDate: text(lastDate) } };
}
