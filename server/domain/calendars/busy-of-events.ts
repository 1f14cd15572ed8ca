import { mergeIntervals, overlaps } from '../../../shared/time/interval.ts';
import { DAY_MS } from '../../../shared/time/local-date.ts';
import type { BusyInterval } from './busy-interval.ts';
import { busyKindOf } from './busy-kind.ts';
import type { CalendarEvent } from './calendar-event.ts';
import { createFraming } from './event-clock.ts';
import type { StepBudget } from './expand-rule.ts';
import { type Occurrence, occurrencesOf } from './occurrences-of.ts';

export interface BusyQuestion {
  readonly events: readonly CalendarEvent[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** The zone whole days and floating times are read in. */
  readonly hostZone: string;
  /** Events we wrote ourselves, which are counted from our own book. */
  readonly ownUids: ReadonlySet<string>;
}

export type BusyAnswer =
  { readonly ok: true; readonly busy: readonly BusyInterval[] } | { readonly ok: false; readonly reason: 'too_complex' };

/** Dates and instances looked at for one calendar. A year of 1,000 weekly series takes 53,000; this many take 0.4 s. */
export const MAX_STEPS = 2_000_000;

/**
 * The busy time of one calendar that overlaps `[fromMs, untilMs)`, ascending, what touches and is of one kind joined; ends may lie outside the range.
 * Refused, rather than cut short, where expansion would cost more than MAX_STEPS: time left out would be given away as free.
 */
export function busyOfEvents(question: BusyQuestion): BusyAnswer {
  const { fromMs, untilMs, hostZone } = question;
  const budget: StepBudget = { stepsLeft: MAX_STEPS };
  const times = timesOf(question.events);
  const frame = createFraming({ hostZone, fromMs: Math.min(fromMs, ...times), untilMs: Math.max(untilMs, ...times), budget });
  const occurrences: Occurrence[] = [];
  for (const events of groupByUid(question)) {
    const found = occurrencesOf({ events, fromMs, untilMs, frame, budget });
    if (found === null) return { ok: false, reason: 'too_complex' };
    for (const occurrence of found) if (overlaps(occurrence, { startMs: fromMs, endMs: untilMs })) occurrences.push(occurrence);
  }
  // Also spent where a zone's own rules were too many: then times were read in the wrong zone.
  return budget.stepsLeft <= 0 ? { ok: false, reason: 'too_complex' } : { ok: true, busy: joinByKind(occurrences) };
}

/** Zones that files bring themselves are laid out from the first time they are asked about, half a year further at both ends. */
function timesOf(events: readonly CalendarEvent[]): number[] {
  const spread = { leastMs: Infinity, mostMs: -Infinity };
  for (const { start } of events) {
    if (start.kind !== 'wall' || start.zone.kind !== 'custom') continue;
    spread.leastMs = Math.min(spread.leastMs, start.wallMs);
    spread.mostMs = Math.max(spread.mostMs, start.wallMs);
  }
  return spread.leastMs === Infinity ? [] : [spread.leastMs - 183 * DAY_MS, spread.mostMs + 183 * DAY_MS];
}

function groupByUid({ events, ownUids }: BusyQuestion): Iterable<CalendarEvent[]> {
  const groups = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    if (ownUids.has(event.uid)) continue;
    const group = groups.get(event.uid);
    if (group === undefined) groups.set(event.uid, [event]);
    else group.push(event);
  }
  return groups.values();
}

function joinByKind(occurrences: readonly Occurrence[]): BusyInterval[] {
  const groups = new Map<string, { kind: BusyInterval['kind']; allDay: boolean; intervals: Occurrence[] }>();
  for (const occurrence of occurrences) {
    const kind = busyKindOf(occurrence.event);
    if (kind === null) continue;
    const key = `${kind} ${String(occurrence.allDay)}`;
    const group = groups.get(key) ?? { kind, allDay: occurrence.allDay, intervals: [] };
    group.intervals.push(occurrence);
    groups.set(key, group);
  }
  return [...groups.values()]
    .flatMap(({ kind, allDay, intervals }) => mergeIntervals(intervals).map(({ startMs, endMs }) => ({ startMs, endMs, kind, allDay })))
    .sort((a, b) => a.startMs - b.startMs);
}
