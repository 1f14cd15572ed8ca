import { sha256 } from '../adapters/crypto.ts';
import type { BookingTokenTable } from '../adapters/db/schema.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { Deps } from './deps.ts';

/** Manage and file tokens live until this many days after the meeting's end. */
export const TOKEN_DAYS_AFTER_END = 30;

export interface NewToken {
  readonly token: string;
  readonly row: BookingTokenTable;
}

/**
 * A manage token (`mt_`) or file token (`ft_`) for one party of a booking. It carries the tenant's id, so that its look-up names the tenant;
 * it is kept as a hash for the look-up and encrypted for printing it again in later mails.
 */
export function makeBookingToken(
  deps: Deps,
  tenantId: string,
  of: { bookingId: string; kind: 'manage' | 'file'; party: Role; hostId: string | null },
): NewToken {
  const token = `${of.kind === 'manage' ? 'mt' : 'ft'}_${tenantId.slice('ten_'.length)}${deps.ids.secret(24)}`;
  const row = {
    tenant_id: tenantId,
    token_hash: sha256(token),
    kind: of.kind,
    booking_id: of.bookingId,
    party: of.party,
    host_id: of.hostId,
    token: deps.vault.seal(token, tokenContext(tenantId, of.bookingId)),
    revoked_at: null,
  };
  justMade.set(row, token);
  return { token, row };
}

/** What was sealed a moment ago need not be opened. */
const justMade = new WeakMap<object, string>();

/** Reads a kept token back. */
export function openBookingToken(deps: Deps, row: Pick<BookingTokenTable, 'tenant_id' | 'booking_id' | 'token'>): string {
  return justMade.get(row) ?? deps.vault.open(row.token, tokenContext(row.tenant_id, row.booking_id));
}

/** The tenant a key or token belongs to; null when it is not of our making. */
export function tenantOfToken(token: string): string | null {
  const match = /^(?:sk_live_|sk_test_|pk_|mt_|ft_)([0-9a-hjkmnp-tv-z]{26})[\w-]+$/.exec(token);
  return match === null ? null : `ten_${match[1]}`;
}

function tokenContext(tenantId: string, bookingId: string): string {
  return `token:${tenantId}:${bookingId}`;
}
