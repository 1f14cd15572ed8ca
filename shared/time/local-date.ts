/**
 * A local date is a whole number: the days since 1970-01-01 in the proleptic Gregorian calendar. Dates then add, subtract and compare
 * as numbers, and no function here can touch the time zone of the process.
 */
export type LocalDate = number;

export const DAY_MS = 86_400_000;

/** 0001-01-01 and 9999-12-31: what four digits of RFC 3339 can write, without the year 0000, which databases do not know. */
export const FIRST_DATE: LocalDate = -719_162;
export const LAST_DATE: LocalDate = 2_932_896;
const THURSDAY = 4;

/** Reads `YYYY-MM-DD` (years 0001 to 9999); null for any other text and for dates that do not exist (`2026-02-30`). */
export function parseLocalDate(text: string): LocalDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  return localDateOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

/** Writes `YYYY-MM-DD`; a RangeError outside the years 0001 to 9999. */
export function formatLocalDate(date: LocalDate): string {
  if (!(date >= FIRST_DATE && date <= LAST_DATE)) throw new RangeError(`local date ${date} is outside the years 0001 to 9999`);
  return new Date(date * DAY_MS).toISOString().slice(0, 10);
}

/** The date of a year, a month (1 to 12) and a day of the month; null when there is none. */
export function localDateOf(year: number, month: number, day: number): LocalDate | null {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const date = midnight.getTime() / DAY_MS;
  const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  return exists && date >= FIRST_DATE && date <= LAST_DATE ? date : null;
}

/** ISO 8601: Monday is 1, Sunday is 7. */
export function weekdayOf(date: LocalDate): number {
  return ((((date + THURSDAY - 1) % 7) + 7) % 7) + 1;
}

/** The Monday of the ISO week the date lies in. */
export function weekStartOf(date: LocalDate): LocalDate {
  return date - weekdayOf(date) + 1;
}

/** The first date of the month the date lies in. */
export function monthStartOf(date: LocalDate): LocalDate {
  return date - new Date(date * DAY_MS).getUTCDate() + 1;
}

/** The nth business day (Monday to Friday) after a date; the date itself when `count` is 0, also on a weekend. */
export function addBusinessDays(date: LocalDate, count: number): LocalDate {
  if (count <= 0) return date;
  // From a weekend the count starts as it would on the Friday before.
  const from = weekdayOf(date) > 5 ? weekStartOf(date) + 4 : date;
  const weekdayIndex = weekdayOf(from) - 1 + (count % 5);
  const fullWeeks = Math.floor(count / 5) + (weekdayIndex > 4 ? 1 : 0);
  return weekStartOf(from) + fullWeeks * 7 + (weekdayIndex % 5);
}
