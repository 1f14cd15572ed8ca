import type { Role, Stage } from '../../../shared/contract/common.ts';

/** One row of the acknowledgement ledger as it is hashed. People are named by their random id only. */
export interface LedgerEntry {
  readonly entry: number;
  readonly kind: 'acknowledged' | 'used' | 'withdrawn';
  readonly acknowledgementId: string;
  readonly noticeVersionId: string;
  readonly key: string;
  readonly version: number;
  readonly locale: string | null;
  readonly textHash: string | null;
  readonly labelHash: string | null;
  readonly personId: string | null;
  readonly role: Role | null;
  readonly roomId: string | null;
  readonly stage: Stage;
  readonly bookingId: string | null;
  readonly via: 'widget' | 'api';
  readonly assertedByKey: boolean;
  readonly impressionId: string | null;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  readonly timeZone: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * The bytes that are hashed: the previous row's hash, a line feed, and the entry as JSON with its keys sorted by code unit and no
 * white space. Anyone can check a chain with this sentence and SHA-256.
 */
export function ledgerText(prevHash: string, entry: Readonly<Record<string, unknown>>): string {
  const sorted = Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${prevHash}\n${JSON.stringify(sorted)}`;
}
