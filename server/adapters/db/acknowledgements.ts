import { type Selectable, sql } from 'kysely';
import type { AcknowledgementTable, Db, Trx } from './schema.ts';
import { asJson } from './tenants.ts';

export type LedgerRow = Selectable<AcknowledgementTable>;

/** The end of a tenant's chain, locked until the transaction ends: writers append one after the other. */
export async function lockLedgerHead(trx: Trx, tenantId: string): Promise<{ entries: number; lastHash: string }> {
  const { rows } = await sql<{ entries: number; last_hash: string }>`
    INSERT INTO ledger_heads (tenant_id, entries, last_hash) VALUES (${tenantId}, 0, '')
    ON CONFLICT (tenant_id) DO UPDATE SET entries = ledger_heads.entries
    RETURNING entries, last_hash`.execute(trx);
  const [head] = rows;
  if (head === undefined) throw new Error('lockLedgerHead: the database returned no row');
  return { entries: head.entries, lastHash: head.last_hash };
}

/** Appends one row and moves the head; call under `lockLedgerHead`. */
export async function appendLedgerRow(trx: Trx, row: AcknowledgementTable): Promise<void> {
  await trx
    .insertInto('acknowledgements')
    .values({ ...row, record: asJson(row.record) })
    .execute();
  await trx.updateTable('ledger_heads').set({ entries: row.entry, last_hash: row.hash }).where('tenant_id', '=', row.tenant_id).execute();
}

/** Everything said of one acknowledgement: the row itself, its use, its withdrawal. */
export async function readAcknowledgement(db: Db, tenantId: string, acknowledgementId: string): Promise<LedgerRow[]> {
  return db
    .selectFrom('acknowledgements')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('acknowledgement_id', '=', acknowledgementId)
    .orderBy('entry')
    .execute();
}

/** All a person ever said about these notice versions. */
export async function readAcknowledgementsOf(
  db: Db,
  tenantId: string,
  personId: string,
  noticeVersionIds: readonly string[],
): Promise<LedgerRow[]> {
  if (noticeVersionIds.length === 0) return [];
  const { rows } = await sql<LedgerRow>`
    SELECT * FROM acknowledgements WHERE tenant_id = ${tenantId} AND acknowledgement_id IN (
      SELECT acknowledgement_id FROM acknowledgements
      WHERE tenant_id = ${tenantId} AND person_id = ${personId} AND notice_version_id = ANY(${[...noticeVersionIds]}))
    ORDER BY entry`.execute(db);
  return rows;
}

export interface LedgerFilter {
  readonly personId: string | null;
  readonly roomId: string | null;
  readonly noticeVersionId: string | null;
  readonly afterEntry: number | null;
  readonly limit: number;
}

/** Acknowledgements, oldest first; their use and withdrawal are read apart. */
export async function listAcknowledgements(db: Db, tenantId: string, filter: LedgerFilter): Promise<LedgerRow[]> {
  let query = db
    .selectFrom('acknowledgements')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', 'acknowledged')
    .orderBy('entry')
    .limit(filter.limit);
  if (filter.personId !== null) query = query.where('person_id', '=', filter.personId);
  if (filter.roomId !== null) query = query.where('room_id', '=', filter.roomId);
  if (filter.noticeVersionId !== null) query = query.where('notice_version_id', '=', filter.noticeVersionId);
  if (filter.afterEntry !== null) query = query.where('entry', '>', filter.afterEntry);
  return query.execute();
}

/** What was said later of these acknowledgements. */
export async function readLaterRows(db: Db, tenantId: string, acknowledgementIds: readonly string[]): Promise<LedgerRow[]> {
  if (acknowledgementIds.length === 0) return [];
  return db
    .selectFrom('acknowledgements')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('acknowledgement_id', 'in', [...acknowledgementIds])
    .where('kind', '!=', 'acknowledged')
    .orderBy('entry')
    .execute();
}
