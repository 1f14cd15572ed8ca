import { addMonths, lastDayOf, monthOf } from './local-date.ts';

/** The same day in another month; its last day where that month is shorter (31 January goes to 28 February). */
export function moveByMonths(date: string, months: number): string {
  const month = addMonths(monthOf(date), months);
  const wanted = `${month}-${date.slice(8)}`;
  const last = lastDayOf(month);
  return wanted < last ? wanted : last;
}
