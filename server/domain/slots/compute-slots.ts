import { bookingWindowDates, type WindowDates } from './booking-window.ts';
import { type Caps, type Purpose, readCaps } from './caps.ts';
import { assertAnswerable } from './check-question.ts';
import { HostCalendar } from './host-calendar.ts';
import { type OpenBlocks, openBlocks } from './open-blocks.ts';
import type { SlotQuestion } from './question.ts';
import { type TakenTime, takenTime } from './taken-time.ts';

const MINUTE_MS = 60_000;
/** Zones lie up to 26 hours apart, so an instant's date and the date whose hours hold it differ by two at most, when the host travels. */
export const DATES_APART = 2;

/**
 * Every bookable start in `[fromMs, toMs)`, ascending, none twice, as instants in ms. Meetings must be given as widely as the caps count:
 * the whole weeks and months of the range. A RangeError when a number makes no sense.
 */
export function computeSlots(question: SlotQuestion, purpose: Purpose = 'listing'): number[] {
  assertAnswerable(question);
  const { rules } = question;
  const notBeforeMs = Math.max(question.fromMs, question.nowMs + rules.minimumNoticeMinutes * MINUTE_MS);
  if (!rules.active || question.calendarUnavailable || notBeforeMs >= question.toMs) return [];

  const calendar = new HostCalendar(question.schedule);
  const window = bookingWindowDates(rules.bookingWindow, calendar.dateAt(question.nowMs));
  const lookAheadMs = (question.durationMinutes + rules.bufferAfterMinutes) * MINUTE_MS;
  const firstDate = Math.max(calendar.dateAt(notBeforeMs), window.firstDate) - DATES_APART;
  const lastDate = Math.min(calendar.dateAt(question.toMs + lookAheadMs), window.lastDate + lookAheadDates(question)) + DATES_APART;

  const blocks = openBlocks(calendar, firstDate, lastDate);
  const taken = takenTime(question, notBeforeMs - rules.bufferBeforeMinutes * MINUTE_MS, question.toMs + lookAheadMs);
  const caps = readCaps(question, calendar, purpose);
  const starts = snapToGrid(question, notBeforeMs, blocks, taken);
  const bookable = withinDates(starts, calendar, window, caps);
  return blocks.overlapping ? [...new Set(bookable)].sort((a, b) => a - b) : bookable;
}

function lookAheadDates(question: SlotQuestion): number {
  return Math.ceil(question.durationMinutes / 1440) + 1;
}

/** Walks the grid of each block; where a start is taken it steps at once behind what takes it. */
function snapToGrid(question: SlotQuestion, notBeforeMs: number, blocks: OpenBlocks, taken: TakenTime): number[] {
  const { rules, toMs } = question;
  const stepMs = rules.slotIntervalMinutes * MINUTE_MS;
  const durationMs = question.durationMinutes * MINUTE_MS;
  const beforeMs = rules.bufferBeforeMinutes * MINUTE_MS;
  const afterMs = durationMs + rules.bufferAfterMinutes * MINUTE_MS;
  const { startsMs, endsMs, windowEndsMs, overlapping } = blocks;
  const starts: number[] = [];
  let next = 0;
  for (let i = 0; i < startsMs.length; i += 1) {
    const untilMs = Math.min(endsMs[i]!, toMs);
    const lastMs = windowEndsMs[i]! - durationMs;
    let startMs = startsMs[i]!;
    if (startMs < notBeforeMs) startMs += Math.ceil((notBeforeMs - startMs) / stepMs) * stepMs;
    if (overlapping) next = 0;
    while (startMs < untilMs && startMs <= lastMs) {
      while (next < taken.length && taken[next + 1]! + beforeMs <= startMs) next += 2;
      if (next < taken.length && taken[next]! < startMs + afterMs) {
        startMs += Math.ceil((taken[next + 1]! + beforeMs - startMs) / stepMs) * stepMs;
      } else {
        starts.push(startMs);
        startMs += stepMs;
      }
    }
  }
  return starts;
}

/** Keeps the starts whose host-local date lies in the booking window and is not closed by a limit. */
function withinDates(starts: number[], calendar: HostCalendar, { firstDate, lastDate }: WindowDates, caps: Caps | null): number[] {
  const isInWindow = (startMs: number): boolean => calendar.dateAt(startMs) >= firstDate && calendar.dateAt(startMs) <= lastDate;
  // At home dates only ascend with time, so when the ends of the list are in the window, all of it is.
  const allInWindow = !calendar.travels && (starts.length === 0 || (isInWindow(starts[0]!) && isInWindow(starts.at(-1)!)));
  if (caps === null && allInWindow) return starts;
  return starts.filter((startMs) => isInWindow(startMs) && (caps === null || caps.reachedOn(startMs, calendar.dateAt(startMs)) === null));
}
