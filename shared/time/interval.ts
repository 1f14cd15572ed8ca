/** A stretch of time, half-open: `startMs` belongs to it, `endMs` does not. It is empty, and meets nothing, unless `endMs > startMs`. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Whether two stretches share an instant; touching ends share none. */
export function overlaps(a: Interval, b: Interval): boolean {
  return !isEmpty(a) && !isEmpty(b) && a.startMs < b.endMs && b.startMs < a.endMs;
}

/** Whether every instant of `inner` lies in `outer`. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.startMs <= inner.startMs && inner.endMs <= outer.endMs;
}

/** The fewest stretches, ascending, that cover the same instants: overlapping and touching ones become one, empty ones vanish. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const ascending = intervals.filter((interval) => !isEmpty(interval)).sort((a, b) => a.startMs - b.startMs);
  const merged: Interval[] = [];
  for (const interval of ascending) {
    const last = merged.at(-1);
    if (last === undefined || interval.startMs > last.endMs) merged.push(interval);
    else if (interval.endMs > last.endMs) merged[merged.length - 1] = { startMs: last.startMs, endMs: interval.endMs };
  }
  return merged;
}

/** What of `from` lies in none of `taken`, ascending. */
export function subtractIntervals(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const cuts = mergeIntervals(taken);
  return mergeIntervals(from).flatMap((whole) => {
    const left: Interval[] = [];
    let startMs = whole.startMs;
    for (const cut of cuts) {
      if (cut.endMs <= startMs) continue;
      if (cut.startMs >= whole.endMs) break;
      if (cut.startMs > startMs) left.push({ startMs, endMs: cut.startMs });
      startMs = cut.endMs;
    }
    if (startMs < whole.endMs) left.push({ startMs, endMs: whole.endMs });
    return left;
  });
}

/** Also true for ends that are no numbers. */
function isEmpty(interval: Interval): boolean {
  return !(interval.endMs > interval.startMs);
}
