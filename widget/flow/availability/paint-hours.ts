import type { Hours } from '../../../shared/contract/schedule.ts';
import type { Week, Weekday } from './week.ts';

/** What one cell of the painted week stands for. */
export const CELL_MINUTES = 30;
export const CELLS = 1440 / CELL_MINUTES;

export type CellState = 'open' | 'partly' | 'closed';

/** A rectangle of the painted week: whole days' columns, cells `first` to `last`, both included. */
export interface Stroke {
  readonly days: readonly Weekday[];
  readonly first: number;
  readonly last: number;
  readonly as: 'open' | 'closed';
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Minutes since midnight of `HH:MM`; `NaN` for what is no time. */
export function minutesOf(time: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(time);
  return found === null ? Number.NaN : Number(found[1]) * 60 + Number(found[2]);
}

/** `HH:MM` of minutes since midnight; the end of the day is `24:00`. */
export function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** One day's blocks joined where they touch or overlap, by their starts; blocks without a length are left out. */
export function joinHours(hours: readonly Hours[]): Hours[] {
  return textOf(spansOf(hours));
}

/** How much of each cell the blocks of a day fill. */
export function cellsOf(hours: readonly Hours[]): CellState[] {
  const spans = spansOf(hours);
  return Array.from({ length: CELLS }, (_, cell) => {
    const from = cell * CELL_MINUTES;
    const to = from + CELL_MINUTES;
    if (spans.some((span) => span.from <= from && span.to >= to)) return 'open';
    return spans.some((span) => span.from < to && span.to > from) ? 'partly' : 'closed';
  });
}

/** The week after a stroke. Days it does not touch stay as they are, even where something wrong is typed there. */
export function paintHours(week: Week, { days, first, last, as }: Stroke): Week {
  const stroke = { from: Math.min(first, last) * CELL_MINUTES, to: (Math.max(first, last) + 1) * CELL_MINUTES };
  const painted = Object.fromEntries(
    days.map((day) => {
      const rest = spansOf(week[day]).flatMap((span) => without(span, stroke));
      return [day, textOf(joined(as === 'open' ? [...rest, stroke] : rest))];
    }),
  );
  return { ...week, ...painted };
}

function spansOf(hours: readonly Hours[]): Span[] {
  return joined(hours.map(({ start, end }) => ({ from: minutesOf(start), to: minutesOf(end) })).filter(({ from, to }) => from < to));
}

function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = out.at(-1);
    if (last !== undefined && span.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else out.push(span);
  }
  return out;
}

function without(span: Span, hole: Span): Span[] {
  return [
    { from: span.from, to: Math.min(span.to, hole.from) },
    { from: Math.max(span.from, hole.to), to: span.to },
  ].filter(({ from, to }) => from < to);
}

function textOf(spans: readonly Span[]): Hours[] {
  return spans.map(({ from, to }) => ({ start: timeOf(from), end: timeOf(to) }));
}
