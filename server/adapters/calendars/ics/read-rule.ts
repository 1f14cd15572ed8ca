import type { EventZone } from '../../../domain/calendars/calendar-event.ts';
import type { Frequency, RecurrenceRule, RuleWeekday } from '../../../domain/calendars/recurrence-rule.ts';
import { readTime } from './ics-property.ts';

/**
 * A jCal recurrence rule as plain data; null when it has no frequency, counts in another calendar than the Gregorian (RSCALE, RFC 7529), or carries an
 * UNTIL that cannot be read.
 */
export function readRule(value: unknown, zone: EventZone): RecurrenceRule | null {
  if (typeof value !== 'object' || value === null) return null;
  const parts = value as Readonly<Record<string, unknown>>;
  const frequency = FREQUENCIES[textOf(parts['freq'])];
  if (frequency === undefined || !['', 'GREGORIAN'].includes(textOf(parts['rscale']))) return null;
  const until = parts['until'] === undefined ? null : readTime(parts['until'], zone);
  if (until === null && parts['until'] !== undefined) return null;
  return {
    frequency,
    interval: Math.max(1, numbersOf(parts['interval'])[0] ?? 1),
    count: numbersOf(parts['count'])[0] ?? null,
    until,
    weekStart: weekStartOf(parts['wkst']),
    byMonth: numbersOf(parts['bymonth']),
    byWeekNo: numbersOf(parts['byweekno']),
    byYearDay: numbersOf(parts['byyearday']),
    byMonthDay: numbersOf(parts['bymonthday']),
    byDay: listOf(parts['byday']).flatMap(weekdayOf),
    byHour: numbersOf(parts['byhour']),
    byMinute: numbersOf(parts['byminute']),
    bySecond: numbersOf(parts['bysecond']),
    bySetPos: numbersOf(parts['bysetpos']),
  };
}

const FREQUENCIES: Readonly<Record<string, Frequency>> = {
  SECONDLY: 'secondly',
  MINUTELY: 'minutely',
  HOURLY: 'hourly',
  DAILY: 'daily',
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  YEARLY: 'yearly',
};
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function numbersOf(value: unknown): number[] {
  return listOf(value).map(Number).filter(Number.isInteger);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toUpperCase() : '';
}

function weekdayOf(value: unknown): RuleWeekday[] {
  const found = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(textOf(value));
  return found === null ? [] : [{ weekday: WEEKDAYS.indexOf(found[2] ?? '') + 1, nth: Number(found[1] ?? 0) }];
}

/** The library writes WKST as its own number, where Sunday is 1. */
function weekStartOf(value: unknown): number {
  if (typeof value === 'number') return value === 1 ? 7 : value - 1;
  const index = WEEKDAYS.indexOf(textOf(value));
  return index === -1 ? 1 : index + 1;
}
