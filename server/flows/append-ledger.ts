import { sha256Hex } from '../adapters/crypto.ts';
import { appendLedgerRow, lockLedgerHead } from '../adapters/db/acknowledgements.ts';
import type { AcknowledgementTable, Trx } from '../adapters/db/schema.ts';
import { type LedgerEntry, ledgerText } from '../domain/policy/ledger-entry.ts';

/** Appends one entry to the tenant's chain. Writers wait for each other, so the chain never forks. */
export async function appendLedger(trx: Trx, tenantId: string, entry: Omit<LedgerEntry, 'entry'>): Promise<AcknowledgementTable> {
  const head = await lockLedgerHead(trx, tenantId);
  const record: LedgerEntry = { entry: head.entries + 1, ...entry };
  const row: AcknowledgementTable = {
    tenant_id: tenantId,
    entry: record.entry,
    kind: record.kind,
    acknowledgement_id: record.acknowledgementId,
    notice_version_id: record.noticeVersionId,
    person_id: record.personId,
    room_id: record.roomId,
    booking_id: record.bookingId,
    record: { ...record },
    at: new Date(record.at),
    prev_hash: head.lastHash,
    hash: sha256Hex(ledgerText(head.lastHash, { ...record })),
    dropped_at: null,
  };
  await appendLedgerRow(trx, row);
  return row;
}
