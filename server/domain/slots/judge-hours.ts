import { contains } from '../../../shared/time/interval.ts';
import { formatLocalDate } from '../../../shared/time/local-date.ts';
import { DATES_APART } from './compute-slots.ts';
import type { HostCalendar } from './host-calendar.ts';
import { isOnGrid, type OpenBlocks, openBlocks, windowsOf } from './open-blocks.ts';
import type { SlotRefused } from './slot-verdict.ts';

const MINUTE_MS = 60_000;

export interface HoursQuestion {
  readonly startMs: number;
  readonly durationMinutes: number;
  readonly slotIntervalMinutes: number;
}

/** Why the schedule itself refuses a start (an override, the hours, the grid), or null. It looks at no meeting and no clock. */
export function judgeHours(calendar: HostCalendar, { startMs, durationMinutes, slotIntervalMinutes }: HoursQuestion): SlotRefused | null {
  const slot = { startMs, endMs: startMs + durationMinutes * MINUTE_MS };
  const blocks = openBlocks(calendar, calendar.dateAt(startMs) - DATES_APART, calendar.dateAt(slot.endMs) + DATES_APART);
  const window = windowsOf(blocks).find(({ endMs }) => startMs < endMs);
  if (window === undefined || !contains(window, slot)) {
    const closedFromMs = window === undefined || startMs < window.startMs ? startMs : window.endMs;
    return closedBy(calendar, startMs, closedFromMs, blocks);
  }
  return judgeGrid(blocks, startMs, slotIntervalMinutes);
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
