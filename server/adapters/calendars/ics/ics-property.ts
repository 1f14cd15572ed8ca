import ICAL from 'ical.js';
import { DAY_MS, localDateOf } from '../../../../shared/time/local-date.ts';
import type { EventTime, EventZone } from '../../../domain/calendars/calendar-event.ts';

/** One line, read by the library: parameters in lower case, values as jCal writes them (RFC 7265). */
export interface IcsProperty {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly values: readonly unknown[];
}

/** Reads one line; null when the library cannot. Two habits of real feeds are mended first: dates without VALUE=DATE, zone names with a colon unquoted. */
export function readProperty(line: string): IcsProperty | null {
  try {
    const [name, parameters, , ...values] = ICAL.parse.property(mend(line.trim())) as [
      string,
      Record<string, string>,
      string,
      ...unknown[],
    ];
    return { name, parameters, values };
  } catch {
    return null;
  }
}

const TIME_PROPERTY = /^(DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)(;[^]*)?:([^:]*)$/i;

function mend(line: string): string {
  const [, name, given = '', value = ''] = TIME_PROPERTY.exec(line) ?? [];
  if (name === undefined) return line;
  const zone = /;TZID=([^";][^;]*[:,][^;]*)/i.exec(given);
  const quoted = zone === null ? given : given.replace(zone[1] ?? '', `"${(zone[1] ?? '').replaceAll('"', '')}"`);
  const isDate = /^\d{8}(,\d{8})*$/.test(value) && !/;VALUE=/i.test(given);
  return `${name}${quoted}${isDate ? ';VALUE=DATE' : ''}:${value}`;
}

/** A jCal date or date-time as an event time, `zone` being the one its TZID names; null for what is no such thing. */
export function readTime(value: unknown, zone: EventZone): EventTime | null {
  if (typeof value !== 'string') return null;
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})?(Z?))?$/.exec(value);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = '0', utc] = found;
  const date = localDateOf(Number(year), Number(month), Number(day));
  if (date === null) return null;
  if (hour === undefined) return { kind: 'date', date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const wallMs = date * DAY_MS + ((Number(hour) * 60 + Number(minute)) * 60 + Math.min(59, Number(second))) * 1000;
  return utc === 'Z' ? { kind: 'instant', instantMs: wallMs } : { kind: 'wall', wallMs, zone };
}

/** A jCal duration (RFC 5545, 3.3.6): weeks and days are calendar days, the rest is exact; null for negative ones and for no duration. */
export function readDuration(value: unknown): { readonly days: number; readonly ms: number } | null {
  const found = typeof value === 'string' ? /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(value) : null;
  if (found === null) return null;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.map((part) => Number(part ?? 0));
  return { days: weeks * 7 + days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

/** `+01:00` or `-04:30:15` -> ms ahead of UTC; null for anything else. */
export function readOffset(value: unknown): number | null {
  const found = typeof value === 'string' ? /^([+-])(\d{2}):?(\d{2}):?(\d{2})?$/.exec(value) : null;
  if (found === null) return null;
  const [, sign, hours, minutes, seconds = '0'] = found;
  const offsetMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -offsetMs : offsetMs;
}
