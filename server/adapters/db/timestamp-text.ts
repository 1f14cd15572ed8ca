import { formatInstant } from '../../../shared/time/instant.ts';

const YEAR_1_MS = Date.parse('0001-01-01T00:00:00Z');
const YEAR_10000_MS = Date.parse('+010000-01-01T00:00:00Z');

/** An instant as PostgreSQL reads it. ISO 8601 writes the years that need a sign, and the year 0, in a way it does not. */
export function timestampText(date: Date): string {
  const ms = date.getTime();
  if (ms >= YEAR_1_MS && ms < YEAR_10000_MS) return formatInstant(ms);
  const text = date.toISOString();
  const year = date.getUTCFullYear();
  const rest = text.slice(text.indexOf('-', 1));
  return year > 9999 ? `${year}${rest}` : `${String(1 - year).padStart(4, '0')}${rest} BC`;
}
