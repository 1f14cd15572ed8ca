import { DAY_MS, FIRST_DATE, formatLocalDate, LAST_DATE, parseLocalDate } from './local-date.ts';
import { zoneTable } from './zone-table.ts';

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const MINUTE_MS = 60_000;

/**
 * Reads an RFC 3339 instant into milliseconds since 1970-01-01T00:00:00Z; null for any other text. Seconds and an offset are required,
 * dates that do not exist are refused, digits beyond the millisecond are cut, and the leap second `:60` is refused because no clock of
 * ours can show it. The instant itself must lie in the years 0001 to 9999 of UTC. Source: RFC 3339 section 5.6.
 */
export function parseInstant(text: string): number | null {
  const found = INSTANT.exec(text);
  if (found === null) return null;
  const [, dateText = '', hours, minutes, seconds, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = found;
  const date = parseLocalDate(dateText);
  if (date === null) return null;
  const wallMs =
    date * DAY_MS + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * MINUTE_MS;
  const instantMs = sign === '-' ? wallMs + offsetMs : wallMs - offsetMs;
  return instantMs >= EARLIEST_MS && instantMs < LATEST_MS ? instantMs : null;
}
const EARLIEST_MS = FIRST_DATE * DAY_MS;
const LATEST_MS = (LAST_DATE + 1) * DAY_MS;

/** Writes an instant with the offset a zone has then: `2026-08-03T19:30:00+05:30`, in UTC `...Z`. Milliseconds appear when there are any. */
export function formatInstant(instantMs: number, timeZone = 'UTC'): string {
  if (timeZone === 'UTC') return `${wallText(instantMs)}Z`;
  // RFC 3339 offsets are whole minutes. Local mean times are not: cutting the offset and the wall time alike keeps the instant exact.
  const offsetMinutes = Math.trunc(zoneTable(timeZone).offsetAt(instantMs) / MINUTE_MS);
  return `${wallText(instantMs + offsetMinutes * MINUTE_MS)}${offsetText(offsetMinutes)}`;
}

/** `+05:30`, `-04:00`, `+00:00`. */
export function offsetText(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function wallText(wallMs: number): string {
  const date = Math.floor(wallMs / DAY_MS);
  const msOfDay = wallMs - date * DAY_MS;
  const seconds = Math.floor(msOfDay / 1000);
  const ms = Math.floor(msOfDay % 1000);
  const clock = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return `${formatLocalDate(date)}T${clock}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
