import type { Role } from '../../shared/contract/common.ts';
import { lockLedgerHead, readAcknowledgement } from '../adapters/db/acknowledgements.ts';
import { findReservedAcknowledgements } from '../adapters/db/proposals.ts';
import { SERIALISATION_FAILURE } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { useAcknowledgement } from './acknowledge.ts';
import type { Deps } from './deps.ts';

/**
 * Uses up an acknowledgement that is good for one meeting. Two meetings with different hosts wait for different locks, so it is looked at once
 * more behind the ledger's: whoever comes second begins again (`retryOnDeadlock`) and is asked for an acknowledgement of their own.
 */
export async function spendAcknowledgement(
  deps: Deps,
  trx: Trx,
  tenantId: string,
  id: string,
  use: { bookingId: string; personId: string; role: Role },
): Promise<void> {
  await reserveAcknowledgements(trx, tenantId, [id], { at: new Date(deps.clock.nowMs()), bookingId: use.bookingId });
  await useAcknowledgement(deps, trx, tenantId, id, use);
}

/** Looks behind the ledger's lock whether these are still free: neither used for another meeting, nor taken back, nor behind another open proposal. */
export async function reserveAcknowledgements(
  trx: Trx,
  tenantId: string,
  ids: readonly string[],
  {
    at,
    bookingId = null,
    proposalId = null,
  }: { readonly at: Date; readonly bookingId?: string | null; readonly proposalId?: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  await lockLedgerHead(trx, tenantId);
  const reserved = await findReservedAcknowledgements(trx, tenantId, ids, { at, besides: proposalId });
  for (const id of ids) {
    const rows = await readAcknowledgement(trx, tenantId, id);
    const isGone = rows.some(({ kind, booking_id }) => kind === 'withdrawn' || (kind === 'used' && booking_id !== bookingId));
    if (isGone || reserved.has(id))
      throw Object.assign(new Error(`acknowledgement ${id} was used meanwhile`), { code: SERIALISATION_FAILURE });
  }
}
