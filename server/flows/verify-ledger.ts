import type { LedgerCheck } from '../../shared/contract/ledger.ts';
import { sha256Hex } from '../adapters/crypto.ts';
import { type LedgerRow, readLedger, readLedgerHead } from '../adapters/db/acknowledgements.ts';
import { findNoticeVersion, type NoticeVersionRow } from '../adapters/db/notices.ts';
import type { Db } from '../adapters/db/schema.ts';
import { type Outcome, succeed } from '../domain/outcome.ts';
import { CHAIN_START, checkLedgerRow, type KeptLedgerRow, type LedgerFault } from '../domain/policy/check-ledger.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { hashNoticeText } from './present-notice.ts';

const FAULTS: Readonly<Record<LedgerFault, string>> = {
  missing: 'A row is missing before this one.',
  chain: 'Its prevHash is not the hash of the row before.',
  hash: 'Its content does not have its hash.',
  columns: 'Its columns say something else than the hashed record.',
  text: 'The notice version no longer has the number and the text that were accepted.',
};

/** Recomputes a tenant's chain from the first row to the head and names the first row that is wrong. */
export async function verifyLedger({ db }: Pick<Deps, 'db'>, caller: TenantCaller): Promise<Outcome<LedgerCheck>> {
  const tenantId = caller.tenant.id;
  const head = (await readLedgerHead(db, tenantId)) ?? { entries: 0, lastHash: '' };
  const notices = new Map<string, NoticeVersionRow | undefined>();
  let end = CHAIN_START;
  let dropped = 0;
  for await (const rows of readLedger(db, tenantId, head.entries)) {
    await readNotices(db, tenantId, rows, notices);
    for (const row of rows) {
      const kept = readKept(row);
      const notice = notices.get(row.notice_version_id);
      const fault = checkLedgerRow(end, kept, { hash: sha256Hex, hashText: hashNoticeText, notice });
      const { entry } = kept;
      // Where the hash is right the record knows better than the column.
      const said = fault === 'columns' ? kept.record?.['acknowledgementId'] : undefined;
      const acknowledgementId = typeof said === 'string' ? said : kept.acknowledgementId;
      if (fault !== null) return succeed(judged(end.entry, { entry, acknowledgementId, fault, detail: FAULTS[fault] }));
      if (kept.record === null) dropped += 1;
      end = { entry: kept.entry, hash: kept.hash };
    }
  }
  if (end.entry !== head.entries || end.hash !== head.lastHash) {
    const detail = 'The last rows of the chain are missing.';
    return succeed(judged(end.entry, { entry: end.entry + 1, acknowledgementId: null, fault: 'missing', detail }));
  }
  return succeed(judged(end.entry, null));

  function judged(checked: number, firstWrong: LedgerCheck['firstWrong']): LedgerCheck {
    return { valid: firstWrong === null, entries: head.entries, checked, dropped, headHash: head.lastHash, firstWrong };
  }
}

/** A row of the table as the check and the export read it. */
export function readKept(row: LedgerRow): KeptLedgerRow {
  return {
    entry: row.entry,
    kind: row.kind,
    acknowledgementId: row.acknowledgement_id,
    noticeVersionId: row.notice_version_id,
    personId: row.person_id,
    roomId: row.room_id,
    bookingId: row.booking_id,
    at: row.at.toISOString(),
    record: row.record,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

async function readNotices(db: Db, tenantId: string, rows: readonly LedgerRow[], into: Map<string, NoticeVersionRow | undefined>) {
  for (const { notice_version_id } of rows)
    if (!into.has(notice_version_id)) into.set(notice_version_id, await findNoticeVersion(db, tenantId, notice_version_id));
}
