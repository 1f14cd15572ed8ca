import { type Outcome, refuseField, succeed } from '../domain/outcome.ts';

export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

export const DEFAULT_LIMIT = 20;
/** The farthest instant a Date can hold (ECMA-262). */
const MAX_DATE_MS = 8.64e15;

/** Cuts the one row too many that was read to see whether there is a next page. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => readonly (string | number)[],
  show: (row: R) => T,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = rows.length > limit ? kept.at(-1) : undefined;
  return { data: kept.map(show), nextCursor: last === undefined ? null : writeCursor(keyOf(last)) };
}

/** The key of the last row seen, opaque to callers. */
function writeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor of the given shape; null when none was sent. A cursor we did not write is a refusal. */
export function readCursor(cursor: string | undefined, shape: readonly ('string' | 'number')[]): Outcome<(string | number)[] | null> {
  if (cursor === undefined) return succeed(null);
  const key = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    shape.every((type, i) => typeof key[i] === type && (type !== 'number' || Math.abs(key[i] as number) <= MAX_DATE_MS));
  return fits ? succeed(key as (string | number)[]) : refuseField('cursor', 'is not a cursor of this list');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
