import { addDays } from '../time/local-date.ts';

export interface Formats {
  readonly locale: string;
  /** ISO weekday (1 is Monday) the reader's weeks begin with. */
  readonly firstWeekday: number;
  readonly direction: 'ltr' | 'rtl';
  month(month: string): string;
  monthName(month: string): string;
  weekdays(): { readonly short: string; readonly long: string }[];
  dayNumber(date: string): string;
  longDate(date: string): string;
  shortDate(date: string): string;
  /** The wall time an instant text carries (`2026-08-03T19:30:00+05:30` is half past seven), whatever zone the browser knows. */
  time(instant: string): string;
  /** The time now on a zone's clock. */
  clock(zone: string, ms: number): string;
  range(start: string, end: string): string;
}

const TIME = { hour: 'numeric', minute: '2-digit' } as const;

/** Where the browser does not say how weeks begin: the largest regions that begin on Sunday, and on Saturday (CLDR). Elsewhere it is Monday. */
const SUNDAY = 'US CA MX BR PT JP IN';
const SATURDAY = 'EG';

/** Writes dates and times in one locale; 12 or 24 hours, digits and order are the locale's own. The months are Gregorian everywhere, as the grid is. */
export function createFormats(locale: string): Formats {
  const made = new Map<string, Intl.DateTimeFormat>();
  const write = (options: Intl.DateTimeFormatOptions, ms: number) => {
    const key = JSON.stringify(options);
    const format = made.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC', calendar: 'gregory' });
    made.set(key, format);
    return format.format(ms);
  };
  const time = (instant: string) => write(TIME, wallMs(instant));
  const firstWeekday = firstWeekdayOf(locale);
  return {
    locale,
    firstWeekday,
    direction: locale.startsWith('ar') ? 'rtl' : 'ltr',
    month: (month) => write({ month: 'long', year: 'numeric' }, Date.parse(month)),
    monthName: (month) => write({ month: 'long' }, Date.parse(month)),
    weekdays: () =>
      Array.from({ length: 7 }, (_, index) => {
        const ms = Date.parse(addDays('2026-06-01', firstWeekday - 1 + index));
        const [short, long] = [write({ weekday: 'short' }, ms), write({ weekday: 'long' }, ms)];
        // Arabic has no short names; what does not fit a column is worse than one letter.
        return { short: short === long ? write({ weekday: 'narrow' }, ms) : short, long };
      }),
    dayNumber: (date) => new Intl.NumberFormat(locale).format(Number(date.slice(8))),
    longDate: (date) => write({ weekday: 'long', month: 'long', day: 'numeric' }, Date.parse(date)),
    shortDate: (date) => write({ weekday: 'short', month: 'short', day: 'numeric' }, Date.parse(date)),
    time,
    clock: (zone, ms) => new Intl.DateTimeFormat(locale, { ...TIME, timeZone: zone }).format(ms),
    range: (start, end) => `${time(start)} – ${time(end)}`,
  };
}

/** The wall time an instant text carries, as milliseconds read in UTC. */
function wallMs(instant: string): number {
  return Date.parse(`${instant.slice(0, 16)}Z`);
}

function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
  const region = known.maximize().region ?? '';
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? (SUNDAY.includes(region) ? 7 : SATURDAY.includes(region) ? 6 : 1);
}
