import { DAY_MS } from '../../../shared/time/local-date.ts';
import { computeSlots } from './compute-slots.ts';
import type { SlotQuestion } from './question.ts';

/** How far around the wanted start other times are looked for. */
export const SEARCH_DAYS = 30;

/**
 * Up to `count` other starts that may be booked, nearest to the wanted one first, the earlier of two equally near. The question's own
 * range is not used; its meetings must cover `SEARCH_DAYS` on both sides.
 */
export function nearestSlots(question: SlotQuestion, wantedMs: number, count = 3): number[] {
  // A wanted start long past or not yet bookable still finds the first times there are.
  const aroundMs = Math.max(wantedMs, question.nowMs);
  const fromMs = Math.max(question.nowMs, aroundMs - SEARCH_DAYS * DAY_MS);
  const starts = computeSlots({ ...question, fromMs, toMs: aroundMs + SEARCH_DAYS * DAY_MS }, 'booking');
  return starts
    .filter((startMs) => startMs !== wantedMs)
    .sort((a, b) => Math.abs(a - wantedMs) - Math.abs(b - wantedMs) || a - b)
    .slice(0, count);
}
