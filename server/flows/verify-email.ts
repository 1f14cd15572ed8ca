import { timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../adapters/crypto.ts';
import { countTry, deleteEmailCode, lockEmailCode, putEmailCode } from '../adapters/db/email-codes.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { type Refusal, refuseField } from '../domain/outcome.ts';
import { announceToPerson } from './announce-to-person.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { BookingParty } from './identify-invitee.ts';

/** The mail that carries a code, as it waits in `email_codes.letter` to be sent. */
export interface EmailCodeLetter {
  readonly to: string;
  readonly name: string;
  readonly code: string;
  readonly locale: string | null;
}

export const CODE_MINUTES = 10;
const CODE_DIGITS = 6;
const MOST_TRIES = 5;
/** A new code is sent at most this often, so that nobody's mailbox is filled. */
const RESEND_MS = 60_000;
const FIELD = 'verificationCode';

/**
 * Where the tenant asks for it, a visitor without a token proves that the mail address is theirs by the code sent to it: 10 minutes, 5 tries.
 * Answers the refusal that asks for the code, or null when the booking may go on. The right code stays good until a booking uses it.
 */
export async function verifyEmail(deps: Deps, caller: TenantCaller, party: BookingParty, code: string | null): Promise<Refusal | null> {
  if (!mustVerify(caller, party)) return null;
  const tenantId = caller.tenant.id;
  const addressHash = hashAddress(tenantId, party.email);
  return deps.db.transaction().execute(async (trx) => {
    const nowMs = deps.clock.nowMs();
    const sent = await lockEmailCode(trx, tenantId, addressHash);
    const isLive = sent !== undefined && sent.expires_at.getTime() > nowMs && sent.tries < MOST_TRIES;
    if (code !== null && isLive) {
      if (isSame(sent.code_hash, hashCode(addressHash, code))) return null;
      await countTry(trx, tenantId, addressHash);
      return refuseField(FIELD, 'is not the code that was sent');
    }
    const waits = sent !== undefined && nowMs - sent.created_at.getTime() < RESEND_MS && nowMs >= sent.created_at.getTime();
    if (!waits) await sendCode(deps, trx, caller, party);
    return refuseField(
      FIELD,
      code === null ? 'is required: it was sent to the mail address' : 'has run out: ask for a new one by sending none',
    );
  });
}

/** A code is good for one booking. */
export async function dropEmailCode(trx: Trx, caller: TenantCaller, party: BookingParty): Promise<void> {
  if (mustVerify(caller, party)) await deleteEmailCode(trx, caller.tenant.id, hashAddress(caller.tenant.id, party.email));
}

export function hashAddress(tenantId: string, email: string | null): string {
  return sha256Hex(`${tenantId} ${(email ?? '').toLowerCase()}`);
}

/** What `email_codes.letter` is sealed under. */
export function letterContext(tenantId: string, addressHash: string): string {
  return `email-code:${tenantId}:${addressHash}`;
}

async function sendCode(deps: Deps, trx: Trx, caller: TenantCaller, party: BookingParty): Promise<void> {
  const tenantId = caller.tenant.id;
  const addressHash = hashAddress(tenantId, party.email);
  const nowMs = deps.clock.nowMs();
  const code = deps.ids.digits(CODE_DIGITS);
  const letter: EmailCodeLetter = { to: party.email ?? '', name: party.name, code, locale: party.locale };
  const codeHash = hashCode(addressHash, code);
  await putEmailCode(trx, {
    tenant_id: tenantId,
    address_hash: addressHash,
    code_hash: codeHash,
    tries: 0,
    letter: deps.vault.seal(JSON.stringify(letter), letterContext(tenantId, addressHash)),
    created_at: new Date(nowMs),
    expires_at: new Date(nowMs + CODE_MINUTES * 60_000),
  });
  await announceToPerson(deps, trx, {
    tenantId,
    kind: 'verificationCode',
    party: 'invitee',
    personId: null,
    data: { addressHash, codeHash },
  });
}

function mustVerify(caller: TenantCaller, party: BookingParty): boolean {
  return caller.kind === 'publishable' && caller.tenant.settings.emailVerification === 'code' && party.email !== null;
}

function hashCode(addressHash: string, code: string): string {
  return sha256Hex(`${addressHash} ${code.trim()}`);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
