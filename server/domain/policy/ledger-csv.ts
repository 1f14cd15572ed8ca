import type { LedgerEntry } from './ledger-entry.ts';
import type { KeptLedgerRow } from './check-ledger.ts';

const RECORD_FIELDS = [
  'noticeVersionId',
  'key',
  'version',
  'locale',
  'textHash',
  'labelHash',
  'personId',
  'role',
  'roomId',
  'stage',
  'bookingId',
  'via',
  'assertedByKey',
  'impressionId',
  'timeZone',
  'ip',
  'userAgent',
] as const satisfies readonly (keyof LedgerEntry)[];

/** The first line of the table. */
export const LEDGER_CSV_HEADER = `${['entry', 'kind', 'acknowledgementId', 'at', ...RECORD_FIELDS, 'prevHash', 'hash', 'droppedAt'].join(',')}\r\n`;

/** One row of the ledger as a line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function ledgerCsvLine(row: KeptLedgerRow, droppedAt: string | null): string {
  const said = RECORD_FIELDS.map((field) => row.record?.[field]);
  const cells = [row.entry, row.kind, row.acknowledgementId, row.at, ...said, row.prevHash, row.hash, droppedAt];
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
