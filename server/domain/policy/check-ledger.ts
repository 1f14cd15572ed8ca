import { type LedgerEntry, ledgerText } from './ledger-entry.ts';
import type { NoticeContent } from './notice-content.ts';

/** One row as the database keeps it; `record` is null once retention has dropped it. */
export interface KeptLedgerRow {
  readonly entry: number;
  readonly kind: string;
  readonly acknowledgementId: string;
  readonly noticeVersionId: string;
  readonly personId: string | null;
  readonly roomId: string | null;
  readonly bookingId: string | null;
  readonly at: string;
  readonly record: Readonly<Record<string, unknown>> | null;
  readonly prevHash: string;
  readonly hash: string;
}

/** What is wrong with a row, the first that holds in this order. */
export type LedgerFault = 'missing' | 'chain' | 'hash' | 'columns' | 'text';

/** Where a chain stands: the next row must carry this number and this hash. */
export interface ChainEnd {
  readonly entry: number;
  readonly hash: string;
}

export const CHAIN_START: ChainEnd = { entry: 0, hash: '' };

/** What the check needs besides the row. `hash` is SHA-256 in hex. */
export interface LedgerEvidence {
  readonly hash: (text: string) => string;
  readonly hashText: (text: string) => string;
  readonly notice: { readonly key: string; readonly version: number | null; readonly content: NoticeContent } | undefined;
}

/**
 * Checks one row after the one before it: the number follows, `prevHash` is the hash before, the hash is that of the record, the
 * columns say what the record says, and the notice still has the number and the text that were accepted. A dropped row is checked for its place,
 * and that it says nothing any more.
 */
export function checkLedgerRow(before: ChainEnd, row: KeptLedgerRow, evidence: LedgerEvidence): LedgerFault | null {
  if (row.entry !== before.entry + 1) return 'missing';
  if (row.prevHash !== before.hash) return 'chain';
  if (row.record === null) {
    if (!/^[0-9a-f]{64}$/.test(row.hash)) return 'hash';
    return row.personId === null && row.roomId === null && row.bookingId === null && evidence.notice !== undefined ? null : 'columns';
  }
  if (evidence.hash(ledgerText(row.prevHash, row.record)) !== row.hash) return 'hash';
  const record = row.record as unknown as LedgerEntry;
  if (!saysTheSame(row, record)) return 'columns';
  return hasItsText(record, evidence) ? null : 'text';
}

function saysTheSame(row: KeptLedgerRow, record: LedgerEntry): boolean {
  return (
    record.entry === row.entry &&
    record.kind === row.kind &&
    record.acknowledgementId === row.acknowledgementId &&
    record.noticeVersionId === row.noticeVersionId &&
    record.personId === row.personId &&
    record.roomId === row.roomId &&
    record.bookingId === row.bookingId &&
    record.at === row.at
  );
}

function hasItsText({ key, version, locale, textHash, labelHash }: LedgerEntry, { notice, hashText }: LedgerEvidence): boolean {
  if (notice === undefined || notice.key !== key || notice.version !== version) return false;
  const { content } = notice;
  const text = locale === null ? undefined : content.text[locale];
  if (textHash !== null && (text === undefined || hashText(text) !== textHash)) return false;
  return labelHash === null || Object.values(content.label).some((label) => hashText(label) === labelHash);
}
