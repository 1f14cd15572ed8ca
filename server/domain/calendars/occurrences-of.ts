import { DAY_MS } from '../../../shared/time/local-date.ts';
import type { CalendarEvent, EventLength, EventTime } from './calendar-event.ts';
import type { FramedTime } from './event-clock.ts';
import { expandRule, type StepBudget } from './expand-rule.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** One happening of an event. `event` is the one whose standing counts: the series, or the exception that replaces it here. */
export interface Occurrence {
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  readonly event: CalendarEvent;
}

export interface OccurrenceQuestion {
  /** Everything that shares one UID: the series and its exceptions. */
  readonly events: readonly CalendarEvent[];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly frame: (time: EventTime) => FramedTime;
  readonly budget: StepBudget;
}

/**
 * When the events of one UID happen, around `[fromMs, untilMs)` (some outside it may be among them); null when the budget ran out. Exceptions take
 * the place of the instance they name; those for "this and future" also move and restyle every later instance, until the next such one.
 * Where two exceptions name one instance the higher SEQUENCE counts. Source: RFC 5545, 3.8.4.4 and 3.8.5.
 */
export function occurrencesOf(question: OccurrenceQuestion): Occurrence[] | null {
  const exceptions = newestExceptions(question);
  const occurrences = exceptions.map(({ event, framed }) => place(event, framed, event.length, question.frame));
  for (const series of question.events.filter(({ recurrenceId }) => recurrenceId === null)) {
    const found = seriesOccurrences(series, exceptions, question);
    if (found === null) return null;
    occurrences.push(...found);
  }
  return occurrences;
}

interface Exception {
  readonly event: CalendarEvent;
  readonly framed: FramedTime;
  /** What it replaces. */
  readonly idMs: number;
  readonly idDateWallMs: number | null;
  readonly thisAndFuture: boolean;
  /** How far it moved its instance, in wall time. */
  readonly shiftMs: number;
}

function newestExceptions({ events, frame }: OccurrenceQuestion): Exception[] {
  const byInstance = new Map<string, Exception>();
  for (const event of events) {
    if (event.recurrenceId === null) continue;
    const id = frame(event.recurrenceId.time);
    const framed = frame(event.start);
    const idMs = id.clock.instantOf(id.wallMs);
    const exception = {
      event,
      framed,
      idMs,
      idDateWallMs: id.isDate ? id.wallMs : null,
      thisAndFuture: event.recurrenceId.thisAndFuture,
      shiftMs: framed.wallMs - framed.clock.wallOf(idMs),
    };
    const known = byInstance.get(`${idMs}`);
    if (known === undefined || known.event.sequence <= event.sequence) byInstance.set(`${idMs}`, exception);
  }
  return [...byInstance.values()].sort((a, b) => a.idMs - b.idMs);
}

function seriesOccurrences(series: CalendarEvent, exceptions: readonly Exception[], question: OccurrenceQuestion): Occurrence[] | null {
  const framed = question.frame(series.start);
  const reachMs = reachOf(series, exceptions, question);
  const window = { fromMs: framed.clock.wallOf(question.fromMs) - reachMs, untilMs: framed.clock.wallOf(question.untilMs) + reachMs };
  const starts = startsOf(series, framed, window, question);
  if (starts === null) return null;
  const isReplaced = createReplacedTest(exceptions, framed);
  const isExcluded = createExcludedTest(series.excludedStarts.map(question.frame));
  const changes = exceptions.filter(({ thisAndFuture }) => thisAndFuture);
  const occurrences: Occurrence[] = [];
  for (const [wallMs, length] of starts) {
    const startMs = framed.clock.instantOf(wallMs);
    if (isExcluded(wallMs, startMs) || isReplaced(wallMs, startMs)) continue;
    const change = changes.findLast(({ idMs }) => idMs <= startMs);
    if (change === undefined) occurrences.push(place(series, { ...framed, wallMs }, length ?? series.length, question.frame));
    else occurrences.push(placeChanged(change, startMs, question.frame));
  }
  return occurrences;
}

/** How far outside the range an instance may start and still matter. */
function reachOf(series: CalendarEvent, exceptions: readonly Exception[], { frame }: OccurrenceQuestion): number {
  const lengths = [series, ...exceptions.map(({ event }) => event)].map((event) => {
    const { startMs, endMs } = place(event, frame(event.start), event.length, frame);
    return endMs - startMs;
  });
  const shifts = exceptions.map(({ shiftMs }) => Math.abs(shiftMs));
  return Math.max(0, ...lengths) + Math.max(0, ...shifts) + 2 * DAY_MS;
}

interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Wall start -> its own length where it has one. DTSTART is always an instance, whatever the rules say. */
function startsOf(
  series: CalendarEvent,
  framed: FramedTime,
  window: Window,
  question: OccurrenceQuestion,
): Map<number, EventLength | null> | null {
  const starts = new Map<number, EventLength | null>([[framed.wallMs, null]]);
  for (const extra of series.extraStarts) {
    const own = question.frame(extra.start);
    const wallMs = framed.isDate ? startOfDate(own.wallMs) : framed.clock.wallOf(own.clock.instantOf(own.wallMs));
    starts.set(wallMs, extra.length);
  }
  for (const rule of series.rules) {
    const found = expandWithin(rule, framed, window, question);
    if (found === null) return null;
    for (const wallMs of found) if (!starts.has(wallMs)) starts.set(wallMs, null);
  }
  for (const rule of series.exclusionRules) {
    const found = expandWithin(rule, framed, window, question);
    if (found === null) return null;
    for (const wallMs of found) starts.delete(wallMs);
  }
  return starts;
}

function expandWithin(rule: RecurrenceRule, framed: FramedTime, window: Window, { frame, budget }: OccurrenceQuestion): number[] | null {
  const untilWallMs = rule.until === null ? Infinity : untilWallOf(frame(rule.until), rule.until, framed);
  return expandRule({ rule, startWallMs: framed.wallMs, untilWallMs, windowFromMs: window.fromMs, windowUntilMs: window.untilMs }, budget);
}

/** A date means its whole day. For series of dates only the date of UNTIL counts, also where a program wrote a time of day to it. */
function untilWallOf(until: FramedTime, time: EventTime, framed: FramedTime): number {
  if (until.isDate || framed.isDate) return startOfDate(until.wallMs) + DAY_MS - 1;
  return time.kind === 'wall' ? until.wallMs : framed.clock.wallOf(until.clock.instantOf(until.wallMs));
}

function createReplacedTest(exceptions: readonly Exception[], framed: FramedTime): (wallMs: number, startMs: number) => boolean {
  const instants = new Set(exceptions.map(({ idMs }) => idMs));
  const dates = new Set(exceptions.map(({ idDateWallMs }) => idDateWallMs));
  const fromTimes = new Set(framed.isDate ? exceptions.map(({ idMs }) => startOfDate(framed.clock.wallOf(idMs))) : []);
  return (wallMs, startMs) => instants.has(startMs) || dates.has(startOfDate(wallMs)) || fromTimes.has(wallMs);
}

/** A date excludes whatever starts on it; for series of dates a time of day excludes its date. */
function createExcludedTest(excluded: readonly FramedTime[]): (wallMs: number, startMs: number) => boolean {
  const instants = new Set(excluded.filter(({ isDate }) => !isDate).map(({ wallMs, clock }) => clock.instantOf(wallMs)));
  const dates = new Set(excluded.filter(({ isDate }) => isDate).map(({ wallMs }) => wallMs));
  return (wallMs, startMs) => instants.has(startMs) || dates.has(startOfDate(wallMs));
}

function startOfDate(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS;
}

/** A later instance under a change for "this and future": moved as far as the changed one was, with its length and standing. */
function placeChanged(change: Exception, startMs: number, frame: (time: EventTime) => FramedTime): Occurrence {
  const { framed, event, shiftMs } = change;
  return place(event, { ...framed, wallMs: framed.clock.wallOf(startMs) + shiftMs }, event.length, frame);
}

function place(event: CalendarEvent, framed: FramedTime, length: EventLength, frame: (time: EventTime) => FramedTime): Occurrence {
  const startMs = framed.clock.instantOf(framed.wallMs);
  return { startMs, endMs: endOf(event, framed, startMs, length, frame), allDay: framed.isDate, event };
}

/**
 * For DTEND the RFC asks for the same exact duration in every instance, while calendar programs draw the same time of day. The two differ only for
 * instances that span a change of the clocks; the later end is taken, so that no time the host sees as taken is given away. An instance that
 * starts in a gap of the clocks keeps its length on paper, or it would vanish.
 */
function endOf(
  event: CalendarEvent,
  { wallMs, isDate, clock }: FramedTime,
  startMs: number,
  length: EventLength,
  frame: (time: EventTime) => FramedTime,
): number {
  if (length.kind === 'none') return isDate ? clock.instantOf(wallMs + DAY_MS) : startMs;
  if (length.kind === 'lasts') {
    const days = isDate ? Math.max(1, length.days + Math.ceil(length.ms / DAY_MS)) : length.days;
    return clock.instantOf(wallMs + days * DAY_MS) + (isDate ? 0 : length.ms);
  }
  const end = frame(length.end);
  const firstEndMs = end.clock.instantOf(end.wallMs);
  if (length.kind === 'ends') return firstEndMs;
  const first = frame(event.start);
  const onPaperMs = end.clock === first.clock ? end.wallMs - first.wallMs : first.clock.wallOf(firstEndMs) - first.wallMs;
  if (isDate) return clock.instantOf(wallMs + Math.max(1, Math.ceil(onPaperMs / DAY_MS)) * DAY_MS);
  const exactMs = firstEndMs - first.clock.instantOf(first.wallMs);
  const inGap = clock.wallOf(startMs) !== wallMs;
  return Math.max(clock.instantOf(wallMs + onPaperMs), startMs + exactMs, inGap ? startMs + onPaperMs : startMs);
}
