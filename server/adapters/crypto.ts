import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';
import { drawLuck } from './luck.ts';

/** Encrypts what must be read again (embed secrets, replay bodies, calendar credentials), and derives what can be made again (the tokens of a booking). */
export interface Vault {
  /** AES-256-GCM under the newest key. `context` binds the ciphertext to its place (row, column): moved elsewhere it does not open. */
  seal(plain: string, context: string): Buffer;
  /** Opens what any of the configured keys sealed; throws when none does or when it was tampered with. */
  open(sealed: Uint8Array, context: string): string;
  /** A new secret of 256 bits in base64url that nothing needs to keep: it follows from the salt, which may be read by anybody, under the newest key. */
  derive(context: string): { readonly salt: Buffer; readonly secret: string };
  /** The same secret again; throws when the salt is of a key that is not configured. */
  deriveAgain(salt: Uint8Array, context: string): string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_HINT_BYTES = 4;
const SALT_BYTES = 16;

/** Keys are 32 bytes each, newest first (`SECRET_KEY`). Layout: 4 bytes naming the key, 12 of IV, 16 of tag, ciphertext. */
export function createVault(keys: readonly Uint8Array[]): Vault {
  const [newest] = keys;
  if (newest === undefined) throw new Error('createVault: no key');
  // Key objects are made once: handing over bytes makes one for every call, which cost more than the cipher itself.
  const byHint = new Map(keys.map((key) => [hintOf(key).toString('hex'), { sealing: createSecretKey(key), deriving: derivingKey(key) }]));
  const newestHint = hintOf(newest);
  const keyOf = (bytes: Buffer) => {
    const key = byHint.get(bytes.toString('hex', 0, KEY_HINT_BYTES));
    if (key === undefined) throw new Error('vault: sealed under a key that SECRET_KEY no longer holds');
    return key;
  };
  const newestKeys = keyOf(newestHint);
  return {
    seal(plain, context) {
      const iv = drawLuck(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newestKeys.sealing, iv).setAAD(Buffer.from(context));
      const body = [cipher.update(plain, 'utf8'), cipher.final()];
      return Buffer.concat([newestHint, iv, cipher.getAuthTag(), ...body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const iv = bytes.subarray(KEY_HINT_BYTES, KEY_HINT_BYTES + IV_BYTES);
      const tag = bytes.subarray(KEY_HINT_BYTES + IV_BYTES, KEY_HINT_BYTES + IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(bytes).sealing, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      const body = bytes.subarray(KEY_HINT_BYTES + IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    derive(context) {
      const salt = Buffer.concat([newestHint, drawLuck(SALT_BYTES)]);
      return { salt, secret: secretOf(newestKeys.deriving, salt, context) };
    },
    deriveAgain(salt, context) {
      const bytes = Buffer.from(salt);
      return secretOf(keyOf(bytes).deriving, bytes, context);
    },
  };
}

/** HMAC-SHA-256 as a pseudo-random function (RFC 5869 expands keys so). A salt has one length, so no context can be read as part of one. */
function secretOf(key: KeyObject, salt: Buffer, context: string): string {
  return createHmac('sha256', key).update(salt).update(context).digest('base64url');
}

/** A key for one purpose: what is derived must not meet the cipher's (RFC 5869). */
function derivingKey(key: Uint8Array): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', key, '', 'parley derived secrets', 32)));
}

/** SHA-256 as bytes: how API keys and tokens are stored. They carry 192 bits of luck, so a plain hash is enough. */
export function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Written out at once it costs half of what bytes do. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

export function sha256Base64url(text: string): string {
  return hash('sha256', text, 'base64url');
}

function hintOf(key: Uint8Array): Buffer {
  return createHash('sha256').update('parley key').update(key).digest().subarray(0, KEY_HINT_BYTES);
}
