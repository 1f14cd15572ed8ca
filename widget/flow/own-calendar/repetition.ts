import type { CalendarLine } from './calendar-lines.ts';
import { type Moment, momentsOf } from './moment.ts';

/** How an event comes again. */
export interface Repetition {
  readonly every: 'day' | 'week' | 'month';
  readonly interval: number;
  readonly count: number;
  readonly until: Moment | null;
  /** 0 is Sunday; `nth` is 2 for the second of the month, -1 for the last, 0 for each. */
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number }[];
  readonly weekStart: number;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The rule of a line; `null` where it says something that is not followed here, and the event counts once. */
export function repetitionOf({ value }: CalendarLine): Repetition | null {
  const parts = Object.fromEntries(value.split(';').map((part) => part.toUpperCase().split('='))) as Record<string, string | undefined>;
  const known = { DAILY: ['day', 1], WEEKLY: ['week', 1], MONTHLY: ['month', 1], YEARLY: ['month', 12] } as const;
  const [every, factor] = known[parts['FREQ'] as keyof typeof known] ?? [];
  const days = [...(parts['BYDAY'] ?? '').matchAll(/([+-]?\d+)?(SU|MO|TU|WE|TH|FR|SA)/g)];
  if (every === undefined || !isFollowed(parts)) return null;
  return {
    every,
    interval: Math.max(1, Number.parseInt(parts['INTERVAL'] ?? '1', 10) || 1) * factor,
    count: Number.parseInt(parts['COUNT'] ?? '', 10) || Infinity,
    until: momentsOf({ name: 'UNTIL', parameters: {}, value: parts['UNTIL'] ?? '' })[0] ?? null,
    weekdays: days.map(([, nth = '0', name = '']) => ({ weekday: WEEKDAYS.indexOf(name), nth: Number(nth) })),
    weekStart: Math.max(0, WEEKDAYS.indexOf(parts['WKST'] ?? 'MO')),
  };
}

/** Beyond weekdays only what programs like to say once more in a rule, though the start says it already: the day of the month, of the year. */
function isFollowed(parts: Readonly<Record<string, string | undefined>>): boolean {
  const { FREQ: every, BYDAY: weekdays, BYMONTHDAY: day, BYMONTH: month } = parts;
  const isOne = (value: string) => /^\d+$/.test(value);
  if (Object.keys(parts).some((name) => /^BY(?!DAY$|MONTHDAY$|MONTH$)/.test(name))) return false;
  if (weekdays !== undefined) return every !== 'YEARLY' && day === undefined && month === undefined;
  if (day !== undefined && !(isOne(day) && (every === 'MONTHLY' || every === 'YEARLY'))) return false;
  return month === undefined || (isOne(month) && every === 'YEARLY');
}

/** What may still be walked through for one question, whatever a file holds: some tenths of a second. */
export interface Patience {
  rounds: number;
}

/** What the clock shows at each coming, in order, from the first that is not before `fromMs` to the last before `toMs`. */
export function* comingsOf(startMs: number, rule: Repetition, fromMs: number, toMs: number, patience: Patience): Generator<number> {
  // The rounds before the times shown need not be walked through where nothing is counted, or each of them counts the same.
  const each =
    rule.every === 'week'
      ? Math.max(1, new Set(rule.weekdays.map(({ weekday }) => weekday)).size)
      : rule.every === 'day' && rule.weekdays.length === 0
        ? 1
        : null;
  const first = rule.count === Infinity || each !== null ? Math.max(0, roundsUntil(startMs, rule, fromMs) - 1) : 0;
  const beforeStart = roundOf(startMs, rule, 0)[1].filter((ms) => ms < startMs).length;
  let come = first === 0 ? 0 : first * (each ?? 0) - beforeStart;
  for (let round = first; patience.rounds > 0 && come < rule.count; round += 1) {
    patience.rounds -= 1;
    const [beginsMs, comings] = roundOf(startMs, rule, round * rule.interval);
    // What lies beyond the end of dates is no number.
    if (!(beginsMs < toMs)) return;
    for (const ms of comings) {
      if (ms < startMs) continue;
      if (ms >= toMs || come >= rule.count) return;
      come += 1;
      if (ms >= fromMs) yield ms;
    }
  }
}

function roundsUntil(startMs: number, { every, interval }: Repetition, fromMs: number): number {
  const days = { day: 1, week: 7, month: 31 }[every] * interval;
  return Math.floor((fromMs - startMs) / (days * DAY_MS));
}

/** One day, week or month: when it begins and the comings in it. */
function roundOf(startMs: number, { every, weekdays, weekStart }: Repetition, periods: number): [number, number[]] {
  const clockMs = startMs - Math.floor(startMs / DAY_MS) * DAY_MS;
  const weekdayOf = (ms: number) => new Date(ms).getUTCDay();
  if (every === 'day') {
    const ms = startMs + periods * DAY_MS;
    return [ms, weekdays.length === 0 || weekdays.some(({ weekday }) => weekday === weekdayOf(ms)) ? [ms] : []];
  }
  if (every === 'week') {
    const beginsMs = startMs - ((weekdayOf(startMs) - weekStart + 7) % 7) * DAY_MS + periods * 7 * DAY_MS;
    const wanted = weekdays.length === 0 ? [weekdayOf(startMs)] : weekdays.map(({ weekday }) => weekday);
    return [beginsMs, [0, 1, 2, 3, 4, 5, 6].map((day) => beginsMs + day * DAY_MS).filter((ms) => wanted.includes(weekdayOf(ms)))];
  }
  const start = new Date(startMs);
  const beginsMs = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + periods, 1);
  const dates = weekdays.length === 0 ? [start.getUTCDate()] : Array.from({ length: 31 }, (_, index) => index + 1);
  const length = daysIn(beginsMs);
  const isWanted = (date: number) =>
    weekdays.some(
      ({ weekday, nth }) =>
        weekday === weekdayOf(beginsMs + (date - 1) * DAY_MS) &&
        (nth === 0 || nth === Math.ceil(date / 7) || nth === -Math.ceil((length - date + 1) / 7)),
    );
  const chosen = dates.filter((date) => date <= length && (weekdays.length === 0 || isWanted(date)));
  return [beginsMs, chosen.map((date) => beginsMs + (date - 1) * DAY_MS + clockMs)];
}

function daysIn(monthMs: number): number {
  const month = new Date(monthMs);
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
}
