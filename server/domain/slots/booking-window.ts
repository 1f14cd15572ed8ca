import { addBusinessDays, type LocalDate, parseLocalDate } from '../../../shared/time/local-date.ts';
import type { BookingWindow } from './question.ts';

/** The host-local dates on which a slot may start, both included; infinite where there is no limit. */
export interface WindowDates {
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
}

/**
 * The dates of a booking window, seen from the host's `today`. Rolling windows end so many days after today; with `businessDaysOnly`
 * weekends are not counted, and stay bookable up to that day. A range that ends before it begins holds no date.
 */
export function bookingWindowDates(window: BookingWindow, today: LocalDate): WindowDates {
  switch (window.type) {
    case 'rolling':
      return { firstDate: -Infinity, lastDate: window.businessDaysOnly ? addBusinessDays(today, window.days) : today + window.days };
    case 'range':
      return { firstDate: readDate(window.from), lastDate: readDate(window.to) };
    case 'unlimited':
      return { firstDate: -Infinity, lastDate: Infinity };
    default:
      return window satisfies never;
  }
}

function readDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`bookingWindow: ${text} is no local date`);
  return date;
}
