import { randomInt } from 'node:crypto';
import { drawLuck, drawNumber } from './luck.ts';

/** The kinds of things that carry an id, by prefix. */
export type IdPrefix =
  | 'ten'
  | 'key'
  | 'per'
  | 'host'
  | 'sch'
  | 'evt'
  | 'hold'
  | 'bkg'
  | 'prp'
  | 'ntc'
  | 'ntv'
  | 'ack'
  | 'imp'
  | 'inc'
  | 'con'
  | 'whk'
  | 'whe'
  | 'msg'
  | 'sms'
  | 'ev';

/** Makes ids; passed to flows. */
export interface Ids {
  /** `prefix_` and 26 characters that sort by the time of making (the ULID layout: 48 bits of ms, 80 bits of luck). */
  next(prefix: IdPrefix): string;
  /** A secret of `bytes` random bytes in base64url. */
  secret(bytes: number): string;
  /** A code of decimal digits for people to type. */
  digits(count: number): string;
}

export const randomIds: Ids = {
  next: (prefix) => `${prefix}_${inBase32(Date.now(), 10)}${inBase32(drawNumber(HALF_BYTES), 8)}${inBase32(drawNumber(HALF_BYTES), 8)}`,
  secret: (bytes) => drawLuck(bytes).toString('base64url'),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
};

/** Crockford's base32, lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** Half of the luck is what one number holds without rounding: 40 bits, eight characters. */
const HALF_BYTES = 5;

function inBase32(value: number, characters: number): string {
  let text = '';
  for (let rest = value, i = 0; i < characters; i += 1, rest = Math.floor(rest / 32)) text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
