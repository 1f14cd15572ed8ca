import { sha256Base64url, sha256Hex } from '../adapters/crypto.ts';
import type { BookingTokenTable } from '../adapters/db/schema.ts';
import type { Deps } from './deps.ts';

/** Manage and file tokens live until this many days after the meeting's end. */
export const TOKEN_DAYS_AFTER_END = 30;

/** One party's token of one kind, as the table keeps it. */
export type KeptToken = Omit<BookingTokenTable, 'token_hash' | 'revoked_at'>;

export interface NewToken {
  readonly token: string;
  /** By which it is looked up: SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly row: KeptToken;
}

export interface BookingTokens {
  /** The seed of all of them. */
  readonly sealed: Buffer;
  readonly tokens: readonly NewToken[];
}

/**
 * The manage tokens (`mt_`) and file tokens (`ft_`) of a booking, the invitee's first, then those of its hosts. Each carries the tenant's id, so that its
 * look-up names the tenant, and 192 bits drawn from one seed. It is kept as a hash for the look-up; the seed is kept encrypted, for printing tokens again
 * in later mails.
 */
export function makeBookingTokens(deps: Deps, tenantId: string, bookingId: string, hostIds: readonly string[]): BookingTokens {
  const seed = deps.ids.secret(SEED_BYTES);
  const sealed = deps.vault.seal(seed, tokenContext(tenantId, bookingId));
  const parties = [{ party: 'invitee' as const, host_id: null }, ...hostIds.map((id) => ({ party: 'host' as const, host_id: id }))];
  const tokens = parties.flatMap((whose) =>
    (['manage', 'file'] as const).map((kind) => {
      const of = { tenant_id: tenantId, kind, ...whose };
      const token = tokenFrom(seed, of);
      const row = { ...of, booking_id: bookingId, token: sealed };
      justMade.set(row, token);
      return { token, hash: sha256Hex(token), row };
    }),
  );
  return { sealed, tokens };
}

type Whose = Pick<KeptToken, 'tenant_id' | 'kind' | 'party' | 'host_id'>;

const SEED_BYTES = 24;
const SEED_CHARACTERS = 32;
/** 192 bits in base64url: what is cut off keeps anybody from going on with the hash. */
const DRAWN_CHARACTERS = 32;

function tokenFrom(seed: string, { tenant_id: tenantId, kind, party, host_id: hostId }: Whose): string {
  const drawn = sha256Base64url(`${seed} ${kind} ${party} ${hostId ?? ''}`).slice(0, DRAWN_CHARACTERS);
  return `${PREFIXES[kind]}${tenantId.slice('ten_'.length)}${drawn}`;
}

const PREFIXES = { manage: 'mt_', file: 'ft_' } as const;

/** What was drawn a moment ago need not be opened. */
const justMade = new WeakMap<object, string>();

/** Reads a kept token back. Before there were seeds, each was kept as it is. */
export function openBookingToken(deps: Deps, row: KeptToken): string {
  const known = justMade.get(row);
  if (known !== undefined) return known;
  const kept = deps.vault.open(row.token, tokenContext(row.tenant_id, row.booking_id));
  return kept.length === SEED_CHARACTERS ? tokenFrom(kept, row) : kept;
}

/** The tenant a key or token belongs to; null when it is not of our making. */
export function tenantOfToken(token: string): string | null {
  const match = /^(?:sk_live_|sk_test_|pk_|mt_|ft_)([0-9a-hjkmnp-tv-z]{26})[\w-]+$/.exec(token);
  return match === null ? null : `ten_${match[1]}`;
}

function tokenContext(tenantId: string, bookingId: string): string {
  return `token:${tenantId}:${bookingId}`;
}
