import { sha256, sha256Base64url, sha256Hex } from '../adapters/crypto.ts';
import { findBookingToken } from '../adapters/db/bookings.ts';
import type { BookingTokenTable } from '../adapters/db/schema.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { DAY_MS } from '../../shared/time/local-date.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';

/** Manage and file tokens live until this many days after the meeting's end. */
const TOKEN_DAYS_AFTER_END = 30;

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
  readonly rows: readonly (KeptToken & { readonly made: PartyTokens })[];
}

/**
 * The tokens of a booking. Each carries the tenant's id, so that its look-up names the tenant, and 192 bits. Of a party's two the table keeps one hash,
 * and what they are derived from, so that later mails can print them again: nothing in it tells a token to whoever has no `SECRET_KEY`.
 */
export function makeBookingTokens(deps: Deps, tenantId: string, bookingId: string, hostIds: readonly string[]): BookingTokens {
  const { salt, secret } = deps.vault.derive(tokenContext(tenantId, bookingId));
  const of = (party: KeptToken['party'], hostId: string | null) => {
    const row = { tenant_id: tenantId, kind: 'both', booking_id: bookingId, party, host_id: hostId, token: salt } as const;
    return { ...row, made: derived(secret, row) };
  };
  return { salt, rows: [of('invitee', null), ...hostIds.map((hostId) => of('host', hostId))] };
}

/** By which both tokens of a party are looked up: SHA-256 of the file token in hexadecimal. */
export function lookUpHash({ file }: PartyTokens): string {
  return sha256Hex(file);
}

/** Whoever came by a link: one party of one booking. */
export type TokenHolder = Omit<Extract<Caller, { readonly kind: 'manage' }>, 'kind'>;

/** Whose link a token of one kind is, while it is live: until `TOKEN_DAYS_AFTER_END`. Every kind opens its own doors only, whichever row it shares. */
export async function readToken(deps: Deps, kind: TokenKind, token: string): Promise<Outcome<TokenHolder>> {
  const row = await findTokenRow(deps, kind, token);
  const tenant = row && (await findTenant(deps.db, row.tenant_id));
  if (row === undefined || tenant === undefined) return refuse('unauthenticated', { detail: 'The link is not known.' });
  if (deps.clock.nowMs() > row.end_at.getTime() + TOKEN_DAYS_AFTER_END * DAY_MS)
    return refuse('token_expired', { detail: 'The link has expired.' });
  return succeed({
    tenant: { id: tenant.tenant_id, settings: tenant.settings },
    bookingId: row.booking_id,
    party: row.party,
    hostId: row.host_id,
  });
}

async function findTokenRow(deps: Deps, kind: TokenKind, token: string) {
  const tenantId = tenantOfToken(token);
  if (tenantId === null || !token.startsWith(PREFIXES[kind])) return undefined;
  const alone = sha256(token);
  const shared = kind === 'file' ? alone : sha256(fileTokenOf(tenantId, token));
  const row = await findBookingToken(deps.db, tenantId, [shared, alone]);
  return row !== undefined && (row.kind === 'both' || row.kind === kind) ? { ...row, tenant_id: tenantId } : undefined;
}

/** Reads a party's tokens back from its rows; null where it has none. */
export function openPartyTokens(deps: Deps, rows: readonly KeptToken[]): { readonly manage: string | null; readonly file: string | null } {
  const both = rows.find(({ kind }) => kind === 'both');
  if (both !== undefined)
    return both.made ?? derived(deps.vault.deriveAgain(both.token, tokenContext(both.tenant_id, both.booking_id)), both);
  const alone = (kind: TokenKind) => {
    const row = rows.find((one) => one.kind === kind);
    return row === undefined ? null : openAlone(deps, kind, row);
  };
  return { manage: alone('manage'), file: alone('file') };
}

type Whose = Pick<KeptToken, 'tenant_id' | 'party' | 'host_id'>;

type TokenKind = 'manage' | 'file';

const PREFIXES = { manage: 'mt_', file: 'ft_' } as const;
/** 192 bits in base64url: what is cut off keeps anybody from going on with the hash. */
const DRAWN_CHARACTERS = 32;

function derived(secret: string, { tenant_id: tenantId, party, host_id: hostId }: Whose): PartyTokens {
  const manage = tokenOf('manage', tenantId, `${secret} ${party} ${hostId ?? ''}`);
  return { manage, file: fileTokenOf(tenantId, manage) };
}

function fileTokenOf(tenantId: string, manage: string): string {
  return tokenOf('file', tenantId, manage);
}

function tokenOf(kind: TokenKind, tenantId: string, drawnFrom: string): string {
  return `${PREFIXES[kind]}${tenantId.slice('ten_'.length)}${sha256Base64url(drawnFrom).slice(0, DRAWN_CHARACTERS)}`;
}

const SEED_CHARACTERS = 32;

/** Until 0063 every token had a row, which keeps it sealed, or sealed the seed that all of a booking follow from. */
function openAlone(deps: Deps, kind: TokenKind, row: KeptToken): string {
  const { tenant_id: tenantId, booking_id: bookingId, party, host_id: hostId } = row;
  const kept = deps.vault.open(row.token, tokenContext(tenantId, bookingId));
  return kept.length === SEED_CHARACTERS ? tokenOf(kind, tenantId, `${kept} ${kind} ${party} ${hostId ?? ''}`) : kept;
}

/** The tenant a key or token belongs to; null when it is not of our making. */
export function tenantOfToken(token: string): string | null {
  const match = /^(?:sk_live_|sk_test_|pk_|mt_|ft_)([0-9a-hjkmnp-tv-z]{26})[\w-]+$/.exec(token);
  return match === null ? null : `ten_${match[1]}`;
}

function tokenContext(tenantId: string, bookingId: string): string {
  return `token:${tenantId}:${bookingId}`;
}
