import type { Observance } from './calendar-event.ts';
import type { EventClock } from './event-clock.ts';
import { expandRule, type StepBudget } from './expand-rule.ts';

interface Change {
  readonly atMs: number;
  readonly offsetMs: number;
}

const YEAR_MS = 366 * 86_400_000;

/**
 * The clock of a VTIMEZONE that a file brings along, for wall times between `fromMs` and `untilMs`; null when it has no observance or its
 * rules cost more than the budget. Before the first onset its "from" offset holds. Gaps and folds are read as everywhere else: with the offset
 * before the jump. Source: RFC 5545, 3.6.5.
 */
export function createCustomZone(
  observances: readonly Observance[],
  range: { readonly fromMs: number; readonly untilMs: number },
  budget: StepBudget,
): EventClock | null {
  const changes: Change[] = [];
  for (const observance of observances) {
    const onsets = onsetsOf(observance, range, budget);
    if (onsets === null) return null;
    for (const wallMs of onsets) changes.push({ atMs: wallMs - observance.offsetFromMs, offsetMs: observance.offsetToMs });
  }
  changes.sort((a, b) => a.atMs - b.atMs);
  const earliest = observances.toSorted((a, b) => a.startWallMs - b.startWallMs)[0];
  if (earliest === undefined) return null;
  const offsetAt = (instantMs: number): number => changes.findLast(({ atMs }) => atMs <= instantMs)?.offsetMs ?? earliest.offsetFromMs;
  return {
    wallOf: (instantMs) => instantMs + offsetAt(instantMs),
    instantOf: (wallMs) => {
      const before = wallMs - offsetAt(wallMs - 86_400_000);
      const after = wallMs - offsetAt(wallMs + 86_400_000);
      const readsBefore = before + offsetAt(before) === wallMs;
      const readsAfter = after + offsetAt(after) === wallMs;
      if (readsBefore && readsAfter) return Math.min(before, after);
      return readsAfter && !readsBefore ? after : before;
    },
  };
}

/** The onsets around the range, and the last one before it: for rules of the year that is at most a year back. */
function onsetsOf(
  observance: Observance,
  range: { readonly fromMs: number; readonly untilMs: number },
  budget: StepBudget,
): number[] | null {
  const onsets = [observance.startWallMs, ...observance.extraStartsWallMs];
  for (const rule of observance.rules) {
    const untilWallMs = untilOf(rule.until, observance.offsetFromMs);
    const expansion = {
      rule,
      startWallMs: observance.startWallMs,
      untilWallMs,
      windowFromMs: Math.min(range.fromMs, untilWallMs) - 2 * YEAR_MS,
      windowUntilMs: range.untilMs + YEAR_MS,
    };
    const found = expandRule(expansion, budget);
    if (found === null) return null;
    onsets.push(...found);
  }
  return onsets;
}

function untilOf(until: Observance['rules'][number]['until'], offsetFromMs: number): number {
  if (until === null) return Infinity;
  if (until.kind === 'instant') return until.instantMs + offsetFromMs;
  return until.kind === 'date' ? (until.date + 1) * 86_400_000 - 1 : until.wallMs;
}
