import type { Interval } from '../../../shared/time/interval.ts';
import type { LocalDate } from '../../../shared/time/local-date.ts';
import type { HostCalendar } from './host-calendar.ts';

/**
 * The hours of a run of local dates as instants, ascending by start, in parallel lists. A block is one local date's joined hours: the grid
 * starts anew with each. A window is what blocks that touch make together, across midnight too: a slot must end within it.
 */
export interface OpenBlocks {
  readonly startsMs: number[];
  readonly endsMs: number[];
  readonly windowEndsMs: number[];
  /** Travel can lay one date's hours over another's; then a start may come from two blocks. */
  readonly overlapping: boolean;
}

/**
 * The blocks of the local dates `firstDate..lastDate`. Hours that fall into a clock change follow their wall times: a block wholly inside a
 * gap is empty and left out. Windows are known only as far as the dates reach.
 */
export function openBlocks(calendar: HostCalendar, firstDate: LocalDate, lastDate: LocalDate): OpenBlocks {
  let startsMs: number[] = [];
  let endsMs: number[] = [];
  let overlapping = false;
  let reachedMs = -Infinity;
  for (let date = firstDate; date <= lastDate; date += 1) {
    const hours = calendar.hoursOf(date);
    if (hours.length === 0) continue;
    const zone = calendar.zoneOf(date);
    for (let i = 0; i < hours.length; i += 2) {
      const startMs = zone.instantAt(date, hours[i]!);
      const endMs = zone.instantAt(date, hours[i + 1]!);
      if (!(endMs > startMs)) continue;
      if (startMs < reachedMs) overlapping = true;
      reachedMs = Math.max(reachedMs, endMs);
      startsMs.push(startMs);
      endsMs.push(endMs);
    }
  }
  if (overlapping) [startsMs, endsMs] = sortBlocks(startsMs, endsMs);
  return { startsMs, endsMs, windowEndsMs: windowEnds(startsMs, endsMs), overlapping };
}

/** The grid of a block: its start and every whole interval after it, before the block's end. */
export function isOnGrid(startMs: number, blockStartMs: number, blockEndMs: number, stepMs: number): boolean {
  return startMs >= blockStartMs && startMs < blockEndMs && (startMs - blockStartMs) % stepMs === 0;
}

/** The windows of the blocks, ascending, each once. */
export function windowsOf({ startsMs, windowEndsMs }: OpenBlocks): Interval[] {
  const windows: Interval[] = [];
  startsMs.forEach((startMs, i) => {
    const endMs = windowEndsMs[i]!;
    if (windows.at(-1)?.endMs !== endMs) windows.push({ startMs, endMs });
  });
  return windows;
}

function sortBlocks(startsMs: readonly number[], endsMs: readonly number[]): [number[], number[]] {
  const order = startsMs.map((_, index) => index).sort((a, b) => startsMs[a]! - startsMs[b]! || endsMs[a]! - endsMs[b]!);
  return [order.map((index) => startsMs[index]!), order.map((index) => endsMs[index]!)];
}

function windowEnds(startsMs: readonly number[], endsMs: readonly number[]): number[] {
  const windowEndsMs: number[] = [];
  for (let first = 0; first < startsMs.length;) {
    let windowEndMs = endsMs[first]!;
    let next = first + 1;
    for (; next < startsMs.length && startsMs[next]! <= windowEndMs; next += 1) windowEndMs = Math.max(windowEndMs, endsMs[next]!);
    for (; first < next; first += 1) windowEndsMs.push(windowEndMs);
  }
  return windowEndsMs;
}
