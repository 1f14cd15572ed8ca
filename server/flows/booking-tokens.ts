import { sha256, sha256Base64url, sha256Hex } from '../adapters/crypto.ts';
import { findBookingToken } from '../adapters/db/bookings.ts';
import type { BookingTokenTable } from '../adapters/db/schema.ts';
import type { Deps } from './deps.ts';

/** Manage and file tokens live until this many days after the meeting's end. */
export const TOKEN_DAYS_AFTER_END = 30;

/** What one party's links are made of. */
export interface PartyTokens {
  /** `mt_...`: reads, moves and cancels the booking. */
  readonly manage: string;
  /** `ft_...`: downloads the calendar file. It follows from the manage token, never the other way round. */
  readonly file: string;
}

/** One row of the table: both tokens of a party, or, of before 0063, one of them. */
export interface KeptToken extends Omit<BookingTokenTable, 'token_hash' | 'revoked_at'> {
  /** At hand when they were made a moment ago. */
  readonly made?: PartyTokens;
}

export interface BookingTokens {
  /** What all of them are derived from under the vault's key. */
  readonly salt: Buffer;
  /** The invitee's first, then those of its hosts. */
  readonly parties: readonly (PartyTokens & { readonly row: KeptToken })[];
}

/**
 * The tokens of a booking. Each carries the tenant's id, so that its look-up names the tenant, and 192 bits. Of a party's two the table keeps one hash,
 * and what they are derived from, so that later mails can print them again: nothing in it tells a token to whoever has no `SECRET_KEY`.
 */
export function makeBookingTokens(deps: Deps, tenantId: string, bookingId: string, hostIds: readonly string[]): BookingTokens {
  const { salt, secret } = deps.vault.derive(tokenContext(tenantId, bookingId));
  const of = (party: KeptToken['party'], hostId: string | null) => {
    const row = { tenant_id: tenantId, kind: 'both', booking_id: bookingId, party, host_id: hostId, token: salt } as const;
    const made = derived(secret, row);
    return { ...made, row: { ...row, made } };
  };
  return { salt, parties: [of('invitee', null), ...hostIds.map((hostId) => of('host', hostId))] };
}

/** By which both tokens of a party are looked up: SHA-256 of the file token in hexadecimal. */
export function lookUpHash({ file }: PartyTokens): string {
  return sha256Hex(file);
}

/** The row a token of one kind is of, if it is live, with the end of its booking. Every kind opens its own doors only, whichever row it shares. */
export async function findTokenRow(deps: Deps, kind: TokenKind, token: string) {
  const tenantId = tenantOfToken(token);
  if (tenantId === null || !token.startsWith(PREFIXES[kind])) return undefined;
  const alone = sha256(token);
  const shared = kind === 'file' ? alone : sha256(fileTokenOf(token));
  const row = await findBookingToken(deps.db, tenantId, [shared, alone]);
  return row !== undefined && (row.kind === 'both' || row.kind === kind) ? { ...row, tenant_id: tenantId } : undefined;
}

/** Reads a party's tokens back from its rows; null where it has none. */
export function openPartyTokens(deps: Deps, rows: readonly KeptToken[]): { readonly manage: string | null; readonly file: string | null } {
  const both = rows.find(({ kind }) => kind === 'both');
  if (both === undefined) {
    const [manage, file] = (['manage', 'file'] as const).map((kind) => rows.find((row) => row.kind === kind));
    return { manage: manage ? openAlone(deps, manage) : null, file: file ? openAlone(deps, file) : null };
  }
  return both.made ?? derived(deps.vault.deriveAgain(both.token, tokenContext(both.tenant_id, both.booking_id)), both);
}

type Whose = Pick<KeptToken, 'tenant_id' | 'party' | 'host_id'>;

type TokenKind = 'manage' | 'file';

const PREFIXES = { manage: 'mt_', file: 'ft_' } as const;
const TENANT_CHARACTERS = 26;
/** 192 bits in base64url: what is cut off keeps anybody from going on with the hash. */
const DRAWN_CHARACTERS = 32;

function derived(secret: string, { tenant_id: tenantId, party, host_id: hostId }: Whose): PartyTokens {
  const manage = `${PREFIXES.manage}${tenantId.slice('ten_'.length)}${drawnFrom(`${secret} ${party} ${hostId ?? ''}`)}`;
  return { manage, file: fileTokenOf(manage) };
}

function fileTokenOf(manage: string): string {
  const tenant = manage.slice(PREFIXES.manage.length, PREFIXES.manage.length + TENANT_CHARACTERS);
  return `${PREFIXES.file}${tenant}${drawnFrom(manage)}`;
}

function drawnFrom(text: string): string {
  return sha256Base64url(text).slice(0, DRAWN_CHARACTERS);
}

const SEED_CHARACTERS = 32;

/** Until 0063 every token had a row, which keeps it sealed, or sealed the seed that all of a booking follow from. */
function openAlone(deps: Deps, row: KeptToken): string {
  const kept = deps.vault.open(row.token, tokenContext(row.tenant_id, row.booking_id));
  if (kept.length !== SEED_CHARACTERS) return kept;
  const prefix = PREFIXES[row.kind === 'file' ? 'file' : 'manage'];
  return `${prefix}${row.tenant_id.slice('ten_'.length)}${drawnFrom(`${kept} ${row.kind} ${row.party} ${row.host_id ?? ''}`)}`;
}

/** The tenant a key or token belongs to; null when it is not of our making. */
export function tenantOfToken(token: string): string | null {
  const match = /^(?:sk_live_|sk_test_|pk_|mt_|ft_)([0-9a-hjkmnp-tv-z]{26})[\w-]+$/.exec(token);
  return match === null ? null : `ten_${match[1]}`;
}

function tokenContext(tenantId: string, bookingId: string): string {
  return `token:${tenantId}:${bookingId}`;
}
