import type { Formats } from '../i18n/formats.ts';
import type { enClocks } from '../i18n/en-clocks.ts';
import type { SayOf } from '../i18n/say.ts';
import { instantIn, offsetMinutesOf } from '../time/instants.ts';
import { cityOf, offsetLabel } from '../time/zones.ts';

export interface Clock {
  readonly date: string;
  readonly time: string;
  /** `Kolkata, GMT+5:30` */
  readonly zone: string;
}

export interface ClocksView {
  readonly yours: Clock;
  readonly theirs: Clock | null;
  readonly theirName: string;
  readonly warnings: readonly string[];
}

/**
 * One meeting on both sides' clocks, with a warning when it falls on another date for the other side, or when a clock change before it
 * moves the two apart. `start` and `end` carry the viewer's offset; the other clock is left out when both show the same.
 */
export function clocksOf(
  meeting: { readonly start: string; readonly end: string; readonly zone: string },
  other: { readonly zone: string; readonly name: string },
  nowMs: number,
  { say, formats }: { readonly say: SayOf<keyof typeof enClocks>; readonly formats: Formats },
): ClocksView {
  const clock = (start: string, end: string, zone: string): Clock => ({
    date: formats.longDate(start.slice(0, 10)),
    time: `${formats.time(start)} – ${formats.time(end)}`,
    zone: `${cityOf(zone)}, ${offsetLabel(start)}`,
  });
  const start = instantIn(other.zone, Date.parse(meeting.start));
  const apart = offsetMinutesOf(start) - offsetMinutesOf(meeting.start);
  const apartNow = offsetMinutesOf(instantIn(other.zone, nowMs)) - offsetMinutesOf(instantIn(meeting.zone, nowMs));
  const warnings = [];
  if (start.slice(0, 10) !== meeting.start.slice(0, 10)) {
    warnings.push(say('otherDate', { name: other.name, date: formats.longDate(start.slice(0, 10)) }));
  }
  if (apart !== apartNow) {
    const time = hoursText(Math.abs(apart), formats.locale);
    const difference = apart === 0 ? say('sameTime') : say(apart > 0 ? 'ahead' : 'behind', { time });
    warnings.push(say('clocksChange', { name: other.name, difference }));
  }
  return {
    yours: clock(meeting.start, meeting.end, meeting.zone),
    theirs: apart === 0 ? null : clock(start, instantIn(other.zone, Date.parse(meeting.end)), other.zone),
    theirName: other.name,
    warnings,
  };
}

/** Minutes as hours and minutes: 345 is `5 hr 45 min`. */
function hoursText(minutes: number, locale: string): string {
  const unit = (count: number, name: 'hour' | 'minute') =>
    count === 0 ? [] : [new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)];
  return [...unit(Math.floor(minutes / 60), 'hour'), ...unit(minutes % 60, 'minute')].join(' ');
}
