/**
 * Calendar arithmetic on local dates (`YYYY-MM-DD`) and months (`YYYY-MM`) as plain text. No zone takes part: a date is a name of a day,
 * and the server says which instants belong to it.
 */

const DAY_MS = 86_400_000;

/** The date `days` later (earlier when negative). Days are calendar days, so no clock change can shift the result. */
export function addDays(date: string, days: number): string {
  return toText(Date.parse(date) + days * DAY_MS);
}

/** The month `months` later; December turns into January of the next year. */
export function addMonths(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return toText(Date.UTC(year, number - 1 + months, 1)).slice(0, 7);
}

/** `2026-08` of `2026-08-03`. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The last date of a month: `2026-02` gives `2026-02-28`. */
export function lastDayOf(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** ISO weekday of a date: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(Date.parse(date)).getUTCDay() || 7;
}

/**
 * The month as weeks of seven entries, `null` where a day of another month would stand.
 * `firstWeekday` is the ISO weekday the reader's weeks begin with.
 */
export function weeksOf(month: string, firstWeekday: number): (string | null)[][] {
  const last = lastDayOf(month);
  const lead = (weekdayOf(`${month}-01`) - firstWeekday + 7) % 7;
  const weeks: (string | null)[][] = [];
  for (let start = addDays(`${month}-01`, -lead); start <= last; start = addDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(start, index)).map((date) => (monthOf(date) === month ? date : null)));
  }
  return weeks;
}

function toText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
