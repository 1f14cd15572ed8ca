/** One calendar file and its busy time, worked out by hand. */
export interface GoldenCase {
  /** A claim with its reason. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly hostZone?: string;
  /** `2026-01-01` to `2027-01-01` where nothing is said. */
  readonly from?: string;
  readonly until?: string;
  /** `start/end` in UTC, with ` kind` behind it unless it is plain busy time, and ` allDay`. */
  readonly busy: readonly string[];
  readonly ownUids?: readonly string[];
  readonly ownAddresses?: readonly string[];
  readonly unreadable?: number;
  readonly unknownZones?: number;
  /** Why node-ical, the second reader, answers something else, where it does. */
  readonly secondReader?: string;
}

/** The lines of a VEVENT of the uid `one`. */
export const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT'];

/** Clocks of 2026: Berlin +1 until 03-29 01:00Z, +2 until 10-25 01:00Z; New York -5 until 03-08 07:00Z, -4 until 11-01 06:00Z. */
export const BERLIN = ';TZID=Europe/Berlin:';
export const weeklyBerlin = (...more: readonly string[]): string[] =>
  event(`DTSTART${BERLIN}20260323T090000`, `DTEND${BERLIN}20260323T100000`, 'RRULE:FREQ=WEEKLY;COUNT=3', ...more);
export const WEEKLY_BERLIN = [
  '2026-03-23T08:00Z/2026-03-23T09:00Z',
  '2026-03-30T07:00Z/2026-03-30T08:00Z',
  '2026-04-06T07:00Z/2026-04-06T08:00Z',
] as const;
