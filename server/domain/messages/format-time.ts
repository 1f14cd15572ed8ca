import { dateFormat } from './date-format.ts';
import type { Span } from './message-data.ts';

/** The date and time of a meeting in full, both ends, in the reader's zone: `Friday, October 23, 2026 at 4:30 – 5:00 PM`. */
export function formatSpan(span: Span, locale: string, timeZone: string): string {
  const format = dateFormat(locale, { ...FULL_DATE, hour: 'numeric', minute: '2-digit', timeZone });
  const whole = japaneseSpan(span, locale, timeZone) ?? format.formatRange(span.startMs, span.endMs);
  // In the hour a clock change repeats, the wall alone would show an end at or before the start.
  const text = wallMinutes(span, timeZone) === (span.endMs - span.startMs) / 60_000 ? whole : withOffsets(span, locale, timeZone);
  return plainSpaces(text);
}

/** One moment in full: `Friday, October 23, 2026 at 4:30 PM`. */
export function formatMoment(instantMs: number, locale: string, timeZone: string): string {
  const format = dateFormat(locale, { ...FULL_DATE, hour: 'numeric', minute: '2-digit', timeZone });
  return plainSpaces(format.format(instantMs));
}

/** One moment for a subject line or an SMS: `Fri, Oct 23, 4:30 PM GMT-4`. */
export function formatShortMoment(instantMs: number, locale: string, timeZone: string): string {
  const format = dateFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    timeZone,
  });
  return plainSpaces(format.format(instantMs));
}

/** A zone as people may know it, with its offset at that moment: `America/New York (GMT-4)`. */
export function formatZone(instantMs: number, locale: string, timeZone: string): string {
  const parts = dateFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(instantMs);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return `${timeZone.replaceAll('_', ' ')} (${offset})`;
}

/** How far off a moment is: `in 2 hours`, `in 15 minutes`, `in 3 days`. Days from 36 hours on, so that "in 24 hours" stays exact. */
export function formatRelative(instantMs: number, nowMs: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const minutes = Math.max(1, Math.round((instantMs - nowMs) / 60_000));
  if (minutes < 60) return plainSpaces(format.format(minutes, 'minute'));
  if (minutes < 36 * 60) return plainSpaces(format.format(Math.round(minutes / 60), 'hour'));
  return plainSpaces(format.format(Math.round(minutes / 1440), 'day'));
}

/** `10 minutes` */
export function formatMinutes(minutes: number, locale: string): string {
  return plainSpaces(new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(minutes));
}

/** `Ana and Ben` */
export function formatNames(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

const FULL_DATE = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;

/** `formatRange` writes 2026/10/26月曜日 where a single date is 2026年10月26日月曜日; null for other languages and for a span over midnight. */
function japaneseSpan(span: Span, locale: string, timeZone: string): string | null {
  const dates = dateFormat(locale, { ...FULL_DATE, timeZone });
  const date = dates.format(span.startMs);
  if (!locale.startsWith('ja') || date !== dates.format(span.endMs)) return null;
  const times = dateFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone });
  return `${date} ${times.formatRange(span.startMs, span.endMs)}`;
}

function withOffsets(span: Span, locale: string, timeZone: string): string {
  const format = dateFormat(locale, {
    ...FULL_DATE,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    timeZone,
  });
  return `${format.format(span.startMs)} – ${format.format(span.endMs)}`;
}

function wallMinutes(span: Span, timeZone: string): number {
  const read = (instantMs: number): number => {
    const parts = dateFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts(instantMs);
    const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    return Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute')) / 60_000;
  };
  return read(span.endMs) - read(span.startMs);
}

/** Intl uses narrow and unbreakable spaces, which old mail programs show as boxes and which make an SMS twice as dear. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u2009\u202f]/g, ' ');
}
