import type { Acknowledgement } from '../../shared/contract/acknowledgement.ts';
import type { LedgerRow } from '../adapters/db/acknowledgements.ts';
import { findNoticeVersion } from '../adapters/db/notices.ts';
import { findPerson } from '../adapters/db/people.ts';
import type { Db } from '../adapters/db/schema.ts';
import type { LedgerEntry } from '../domain/policy/ledger-entry.ts';

/**
 * One acknowledgement from all its rows: given, used, withdrawn. When retention has dropped what they say, the notice and the time
 * are still told, and `contentDropped` is true.
 */
export async function presentAcknowledgement(db: Db, rows: readonly LedgerRow[]): Promise<Acknowledgement> {
  const [first] = rows;
  if (first === undefined) throw new Error('presentAcknowledgement: no row');
  const record = saidFirst(rows);
  const shared = {
    id: first.acknowledgement_id,
    noticeVersionId: first.notice_version_id,
    withdrawnAt: rows.find(({ kind }) => kind === 'withdrawn')?.at.toISOString() ?? null,
    acknowledgedAt: first.at.toISOString(),
    prevHash: first.prev_hash,
    hash: first.hash,
  };
  if (record === null) return { ...shared, ...(await emptied(db, first)), contentDropped: true };
  const used = rows.find(({ kind, record: said }) => kind === 'used' && said !== null)?.record as LedgerEntry | undefined;
  const personId = record.personId ?? used?.personId ?? null;
  const role = record.role ?? used?.role ?? null;
  const person = personId === null ? undefined : await findPerson(db, first.tenant_id, personId);
  return {
    ...shared,
    key: record.key,
    version: record.version,
    locale: record.locale ?? '',
    textHash: record.textHash ?? '',
    labelHash: record.labelHash ?? '',
    actor: personId === null || role === null ? null : { personId, externalId: person?.external_id ?? null, role },
    room: record.roomId === null ? null : { id: record.roomId, stage: record.stage },
    stage: record.stage,
    via: record.via,
    assertedByKey: record.assertedByKey,
    impressionId: record.impressionId,
    bookingId: used?.bookingId ?? null,
  };
}

/** The first of an acknowledgement's rows that still says something; null when retention has dropped them all. */
export function saidFirst(rows: readonly LedgerRow[]): LedgerEntry | null {
  return (rows.find(({ record }) => record !== null)?.record ?? null) as LedgerEntry | null;
}

async function emptied(db: Db, { tenant_id, notice_version_id }: LedgerRow) {
  const version = await findNoticeVersion(db, tenant_id, notice_version_id);
  return {
    key: version?.key ?? '',
    version: version?.version ?? 0,
    locale: '',
    textHash: '',
    labelHash: '',
    actor: null,
    room: null,
    stage: version?.content.stages[0] ?? ('preContract' as const),
    via: 'api' as const,
    assertedByKey: false,
    impressionId: null,
    bookingId: null,
  };
}
