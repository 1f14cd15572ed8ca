import { contains, type Interval } from '../../../shared/time/interval.ts';
import { formatLocalDate, type LocalDate } from '../../../shared/time/local-date.ts';
import { bookingWindowDates, type WindowDates } from './booking-window.ts';
import { type Purpose, readCaps } from './caps.ts';
import { assertAnswerable } from './check-question.ts';
import { DATES_APART } from './compute-slots.ts';
import { HostCalendar } from './host-calendar.ts';
import { judgeTaken } from './judge-taken.ts';
import { isOnGrid, type OpenBlocks, openBlocks } from './open-blocks.ts';
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
    judgeHours(question, calendar, startMs) ??
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

function judgeHours({ durationMinutes, rules }: SlotQuestion, calendar: HostCalendar, startMs: number): SlotRefused | null {
  const slot = { startMs, endMs: startMs + durationMinutes * MINUTE_MS };
  const blocks = openBlocks(calendar, calendar.dateAt(startMs) - DATES_APART, calendar.dateAt(slot.endMs) + DATES_APART);
  const window = windowsOf(blocks).find(({ endMs }) => startMs < endMs);
  if (window === undefined || !contains(window, slot)) {
    const closedFromMs = window === undefined || startMs < window.startMs ? startMs : window.endMs;
    return closedBy(calendar, startMs, closedFromMs, blocks);
  }
  return judgeGrid(blocks, startMs, rules.slotIntervalMinutes);
}

/** Closed by an override when the first instant that is not open lies on an overridden date. */
function closedBy(calendar: HostCalendar, startMs: number, closedFromMs: number, blocks: OpenBlocks): SlotRefused {
  const closedDate = calendar.dateAt(closedFromMs);
  const override = calendar.overrideOf(closedDate);
  if (override !== null) return { reason: 'date_override', facts: { localDate: formatLocalDate(closedDate), override } };
  const date = calendar.dateAt(startMs);
  const windows = windowsOf(blocks).filter(({ startMs, endMs }) => calendar.dateAt(startMs) <= date && calendar.dateAt(endMs - 1) >= date);
  return { reason: 'outside_hours', facts: { localDate: formatLocalDate(date), timeZone: calendar.zoneAt(startMs).timeZone, windows } };
}

function judgeGrid({ startsMs, endsMs }: OpenBlocks, startMs: number, slotIntervalMinutes: number): SlotRefused | null {
  const stepMs = slotIntervalMinutes * MINUTE_MS;
  const around = startsMs.map((_, i) => i).filter((i) => startsMs[i]! <= startMs && startMs < endsMs[i]!);
  if (around.some((i) => isOnGrid(startMs, startsMs[i]!, endsMs[i]!, stepMs))) return null;
  const block = around[0]!;
  const blockStartMs = startsMs[block]!;
  const previousMs = startMs - ((startMs - blockStartMs) % stepMs);
  const nextMs = previousMs + stepMs < endsMs[block]! ? previousMs + stepMs : null;
  return { reason: 'off_grid', facts: { blockStartMs, slotIntervalMinutes, previousMs, nextMs } };
}

/** Windows of the blocks, ascending, each once. */
function windowsOf({ startsMs, windowEndsMs }: OpenBlocks): Interval[] {
  const windows: Interval[] = [];
  startsMs.forEach((startMs, i) => {
    const endMs = windowEndsMs[i]!;
    if (windows.at(-1)?.endMs !== endMs) windows.push({ startMs, endMs });
  });
  return windows;
}
