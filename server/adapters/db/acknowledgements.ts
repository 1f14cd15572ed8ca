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
    .values({ ...row, record: row.record === null ? null : asJson(row.record) })
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

/** How far a tenant's chain reaches; null before the first entry. Head and rows are written together, so a reader may stop here. */
export async function readLedgerHead(db: Db, tenantId: string): Promise<{ entries: number; lastHash: string } | null> {
  const row = await db.selectFrom('ledger_heads').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
  return row === undefined ? null : { entries: row.entries, lastHash: row.last_hash };
}

const ROWS_AT_ONCE = 1000;

/** The chain in order, up to and with entry `last`, a thousand rows at a time, so that a long one fits in little memory. */
export async function* readLedger(db: Db, tenantId: string, last: number): AsyncGenerator<LedgerRow[]> {
  let after = Number.NEGATIVE_INFINITY;
  for (;;) {
    let query = db.selectFrom('acknowledgements').selectAll().where('tenant_id', '=', tenantId).where('entry', '<=', last);
    if (after !== Number.NEGATIVE_INFINITY) query = query.where('entry', '>', after);
    const rows = await query.orderBy('entry').limit(ROWS_AT_ONCE).execute();
    if (rows.length > 0) yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_AT_ONCE) return;
    after = end.entry;
  }
}

/** Takes away what the rows say that are older than the tenant's `retentionDays`, by the database's one function for it. Answers how many. */
export async function dropLedgerContent(db: Db, tenantId: string, at: Date, atMost: number): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    SELECT drop_ledger_content(${tenantId}, ${at}::timestamptz, ${atMost}::integer) AS dropped`.execute(db);
  return rows[0]?.dropped ?? 0;
}

/** Tenants whose ledger or impressions hold something older than they keep. */
export async function findTenantsPastRetention(db: Db, at: Date): Promise<string[]> {
  const { rows } = await sql<{ tenant_id: string }>`
    SELECT tenant_id FROM tenants, make_interval(days => (settings->>'retentionDays')::integer) AS kept
    WHERE settings->>'retentionDays' IS NOT NULL AND (
      EXISTS (SELECT FROM acknowledgements a WHERE a.tenant_id = tenants.tenant_id AND a.dropped_at IS NULL AND a.at < ${at}::timestamptz - kept)
      OR EXISTS (SELECT FROM impressions i WHERE i.tenant_id = tenants.tenant_id AND i.at < ${at}::timestamptz - kept))`.execute(db);
  return rows.map((row) => row.tenant_id);
}
