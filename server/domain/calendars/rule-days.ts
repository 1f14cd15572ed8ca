import { DAY_MS, type LocalDate, weekdayOf } from '../../../shared/time/local-date.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/**
 * Whether a rule names a date, by every part that speaks of dates. Parts that RFC 5545 takes from DTSTART when nothing else says so (the
 * day of the month, the weekday) are filled in from `startDate`. Source: the table of RFC 5545, 3.3.10.
 */
export function createDayTest(rule: RecurrenceRule, startDate: LocalDate): (date: LocalDate) => boolean {
  const { byMonth, byWeekNo, byYearDay, byMonthDay, byDay } = fillFromStart(rule, startDate);
  const ordinalsOf = rule.frequency === 'yearly' && rule.byMonth.length === 0 ? 'year' : 'month';
  return (date) => {
    const facts = dayFacts(date);
    return (
      (byMonth.length === 0 || byMonth.includes(facts.month)) &&
      (byYearDay.length === 0 || names(byYearDay, facts.yearDay, facts.yearLength)) &&
      (byMonthDay.length === 0 || names(byMonthDay, facts.monthDay, facts.monthLength)) &&
      (byDay.length === 0 || byDay.some(({ weekday, nth }) => weekday === facts.weekday && isNth(nth, facts, ordinalsOf))) &&
      (byWeekNo.length === 0 || isInWeek(byWeekNo, date, rule.weekStart))
    );
  };
}

type DayParts = Pick<RecurrenceRule, 'byMonth' | 'byWeekNo' | 'byYearDay' | 'byMonthDay' | 'byDay'>;

function fillFromStart(rule: RecurrenceRule, startDate: LocalDate): DayParts {
  const { frequency, byMonth, byWeekNo, byYearDay, byMonthDay, byDay } = rule;
  const start = dayFacts(startDate);
  const parts: DayParts = { byMonth, byWeekNo, byYearDay, byMonthDay, byDay };
  const saysDay = byMonthDay.length + byDay.length + byYearDay.length > 0;
  const onWeekday = { ...parts, byDay: [{ weekday: start.weekday, nth: 0 }] };
  if (frequency === 'weekly') return byDay.length > 0 ? parts : onWeekday;
  if (saysDay) return parts;
  if (frequency === 'monthly') return { ...parts, byMonthDay: [start.monthDay] };
  if (frequency !== 'yearly') return parts;
  if (byWeekNo.length > 0) return onWeekday;
  return { ...parts, byMonthDay: [start.monthDay], byMonth: byMonth.length > 0 ? byMonth : [start.month] };
}

interface DayFacts {
  readonly month: number;
  readonly monthDay: number;
  readonly monthLength: number;
  readonly yearDay: number;
  readonly yearLength: number;
  readonly weekday: number;
}

function dayFacts(date: LocalDate): DayFacts {
  const day = new Date(date * DAY_MS);
  const year = day.getUTCFullYear();
  const month = day.getUTCMonth();
  const yearStart = Date.UTC(year, 0, 1) / DAY_MS;
  return {
    month: month + 1,
    monthDay: day.getUTCDate(),
    monthLength: (Date.UTC(year, month + 1, 1) - Date.UTC(year, month, 1)) / DAY_MS,
    yearDay: date - yearStart + 1,
    yearLength: Date.UTC(year + 1, 0, 1) / DAY_MS - yearStart,
    weekday: weekdayOf(date),
  };
}

function names(list: readonly number[], position: number, length: number): boolean {
  return list.includes(position) || list.includes(position - length - 1);
}

function isNth(nth: number, facts: DayFacts, within: 'year' | 'month'): boolean {
  if (nth === 0) return true;
  const [position, length] = within === 'year' ? [facts.yearDay, facts.yearLength] : [facts.monthDay, facts.monthLength];
  return nth > 0 ? Math.ceil(position / 7) === nth : Math.ceil((length - position + 1) / 7) === -nth;
}

/** Week 1 is the first with four days or more in its year; the last days of December may lie in week 1 of the next. */
function isInWeek(weeks: readonly number[], date: LocalDate, weekStart: number): boolean {
  const first = date - ((weekdayOf(date) - weekStart + 7) % 7);
  const year = new Date((first + 3) * DAY_MS).getUTCFullYear();
  const weekOne = weekOneOf(year, weekStart);
  return names(weeks, (first - weekOne) / 7 + 1, (weekOneOf(year + 1, weekStart) - weekOne) / 7);
}

function weekOneOf(year: number, weekStart: number): LocalDate {
  const fourth = Date.UTC(year, 0, 4) / DAY_MS;
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}
