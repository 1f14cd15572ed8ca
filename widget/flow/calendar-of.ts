import type { Formats } from '../i18n/formats.ts';
import type { Say } from '../i18n/say.ts';
import { addMonths, monthOf, weeksOf } from '../time/local-date.ts';
import type { State } from './state.ts';
import { MONTHS_AHEAD, slotsOn } from './transition.ts';

export interface DayCell {
  readonly date: string;
  readonly number: string;
  /** Read by screen readers: `Tuesday, August 4, 5 times free`. */
  readonly label: string;
  readonly isFree: boolean;
  readonly isSelected: boolean;
  readonly isToday: boolean;
  /** The one day of the grid that takes the keyboard. */
  readonly isCursor: boolean;
}

export interface CalendarView {
  readonly title: string;
  readonly weekdays: readonly { readonly short: string; readonly long: string }[];
  readonly weeks: readonly (readonly (DayCell | null)[])[];
  readonly previous: string | null;
  readonly next: string | null;
  readonly isLoading: boolean;
}

/** The month grid as it shall be drawn. */
export function calendarOf(state: State, say: Say, formats: Formats): CalendarView {
  const { month, today } = state;
  const status = state.months[month]?.status;
  const weeks = weeksOf(month, formats.firstWeekday);
  const dates = weeks.flat().filter((date) => date !== null);
  const cursor = dates.includes(state.cursor) ? state.cursor : dates.find((date) => date >= today);
  const cell = (date: string): DayCell => {
    const count = slotsOn(state, date).length;
    const long = formats.longDate(date);
    return {
      date,
      number: formats.dayNumber(date),
      label:
        count > 0 ? say('dayFree', { date: long, count }) : status === 'ready' || date < today ? say('dayClosed', { date: long }) : long,
      isFree: count > 0,
      isSelected: date === state.date,
      isToday: date === today,
      isCursor: date === cursor,
    };
  };
  return {
    title: formats.month(month),
    weekdays: formats.weekdays(),
    weeks: weeks.map((week) => week.map((date) => (date === null ? null : cell(date)))),
    previous: month > monthOf(today) ? addMonths(month, -1) : null,
    next: month < addMonths(monthOf(today), MONTHS_AHEAD) ? addMonths(month, 1) : null,
    isLoading: status === 'loading' || status === undefined,
  };
}
