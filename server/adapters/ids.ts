import { randomBytes, randomInt } from 'node:crypto';

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
  next: (prefix) => `${prefix}_${sortablePart(Date.now(), randomBytes(10))}`,
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
};

/** Crockford's base32, lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function sortablePart(ms: number, luck: Uint8Array): string {
  let value = BigInt(ms);
  for (const byte of luck) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}
