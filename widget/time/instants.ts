import { isKnownZone } from './zones.ts';

/**
 * The instant as a text with the zone's own wall time and offset: `2026-08-03T10:00:00-04:00`. The browser's zone data answers, so this
 * is for the other side's clock and for today's date only; the slots themselves carry the server's offsets. An unknown zone counts as UTC.
 */
export function instantIn(zone: string, ms: number): string {
  const minutes = offsetMinutesIn(zone, ms);
  const wall = new Date(ms + minutes * 60_000).toISOString().slice(0, 19);
  return wall + offsetText(minutes);
}

/** Minutes east of Greenwich that an instant text carries. */
export function offsetMinutesOf(instant: string): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(instant);
  if (found === null) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function offsetMinutesIn(zone: string, ms: number): number {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = Intl.DateTimeFormat('en-US', {
      timeZone: isKnownZone(zone) ? zone : 'UTC',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(zone, clock);
  }
  const [month, day, year, hour, minute] = (clock.format(ms).match(/\d+/g) ?? []).map(Number) as [number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000 - Math.floor(ms / 60_000);
}

function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
