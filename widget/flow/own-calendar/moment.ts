import { zoneTable } from '../../../shared/time/zone-table.ts';
import { isKnownZone } from '../../time/zones.ts';
import type { CalendarLine } from './calendar-lines.ts';

/** A time as a calendar file writes it: what the clock shows, and where. */
export interface Moment {
  /** The clock's reading, written as the instant it would be in UTC. */
  readonly wallMs: number;
  /** `null`: where the visitor is. */
  readonly zone: string | null;
  /** A date alone, a whole day. */
  readonly isDate: boolean;
}

/** The times of one property, which may be several separated by commas; those that cannot be read are left out. */
export function momentsOf({ parameters, value }: CalendarLine): Moment[] {
  const zone = zoneOf(parameters['TZID'] ?? '');
  return value.split(',').flatMap((text) => {
    const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$/.exec(text.trim());
    if (found === null) return [];
    const [, year, month, day, hour, minute = '0', second = '0', utc] = found;
    const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute), Number(second));
    const isDate = hour === undefined;
    return [{ wallMs, zone: isDate ? null : utc === 'Z' ? 'UTC' : zone, isDate }];
  });
}

/** The instant of a reading: the earlier one where the clock shows it twice, the offset before the change where it never does. */
export function instantAt(wallMs: number, zone: string): number {
  return zone === 'UTC' ? wallMs : zoneTable(zone).readWall(wallMs).instantMs;
}

/** Some programs write a path of their own before the name: `/example.org/20260101_1/Europe/Berlin`. Names that are no IANA ones say nothing. */
function zoneOf(name: string): string | null {
  const short = /[A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(name)?.[0] ?? '';
  // A bare offset is known to browsers too, but is no place.
  return [name, short].find((candidate) => /^[A-Za-z]/.test(candidate) && isKnownZone(candidate)) ?? null;
}
