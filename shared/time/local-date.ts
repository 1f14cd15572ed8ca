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
  // Days to civil date in the proleptic Gregorian calendar, by counting from 1 March 0000 (the leap day comes last) in eras of 400 years:
  // a twentieth of what `Date.toISOString` costs, and slots write a date for every start.
  const days = date + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
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
