import { sha256Hex } from '../adapters/crypto.ts';
import type { HoldRow } from '../adapters/db/holds.ts';
import type { TenantCaller } from './caller.ts';

/**
 * Whose hold it is: the person of a room token, the party of a manage token, else the address the visitor calls from. Null for a secret key,
 * which holds for many people and may have many holds. Hashed, since a subject or address has no business in that table.
 */
export function holderOf(caller: TenantCaller, address: string): string | null {
  switch (caller.kind) {
    case 'secret':
      return null;
    case 'room':
      return `person:${hash(caller, caller.person.sub)}`;
    case 'manage':
      return `booking:${caller.bookingId}:${caller.party}`;
    case 'publishable':
      return `address:${hash(caller, address)}`;
    default:
      return caller satisfies never;
  }
}

/**
 * Whether a hold may be used or ended by this caller. A visitor without a token proves it by knowing the id, which nobody can guess: the
 * address may change while a form is open.
 */
export function isHolder(caller: TenantCaller, hold: HoldRow): boolean {
  if (caller.kind === 'secret') return true;
  if (caller.kind === 'publishable') return hold.holder.startsWith('address:');
  return hold.holder === holderOf(caller, '');
}

function hash(caller: TenantCaller, text: string): string {
  return sha256Hex(`${caller.tenant.id} ${text}`).slice(0, 40);
}
