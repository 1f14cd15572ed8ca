import type { Selectable } from 'kysely';
import type { Db, ImpressionTable, NoticeVersionTable, Trx } from './schema.ts';
import { runStatement, type Statement } from './statement.ts';
import { asJson } from './tenants.ts';

export type NoticeVersionRow = Selectable<NoticeVersionTable>;

/** Makes the notice unless it exists; true when it was made. */
export async function insertNotice(trx: Trx, tenantId: string, key: string, noticeId: string, at: Date): Promise<boolean> {
  const result = await trx
    .insertInto('notices')
    .values({ tenant_id: tenantId, key, notice_id: noticeId, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Locks the notice, so that two publishers never make the same version number. */
export async function lockNotice(trx: Trx, tenantId: string, key: string) {
  return trx.selectFrom('notices').selectAll().where('tenant_id', '=', tenantId).where('key', '=', key).forUpdate().executeTakeFirst();
}

export async function listNotices(db: Db, tenantId: string, afterKey: string | null, limit: number) {
  let query = db.selectFrom('notices').selectAll().where('tenant_id', '=', tenantId).orderBy('key').limit(limit);
  if (afterKey !== null) query = query.where('key', '>', afterKey);
  return query.execute();
}

export async function listNoticeVersions(db: Db, tenantId: string, keys: readonly string[]): Promise<NoticeVersionRow[]> {
  if (keys.length === 0) return [];
  return db
    .selectFrom('notice_versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('key', 'in', [...keys])
    .orderBy('key')
    .orderBy('created_at')
    .orderBy('notice_version_id')
    .execute();
}

export async function listPublishedVersions(db: Db, tenantId: string): Promise<NoticeVersionRow[]> {
  return db
    .selectFrom('notice_versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('published_at', 'is not', null)
    .orderBy('key')
    .orderBy('version')
    .execute();
}

export async function insertNoticeVersion(trx: Trx, row: NoticeVersionTable): Promise<void> {
  await trx
    .insertInto('notice_versions')
    .values({ ...row, content: asJson(row.content) })
    .execute();
}

export async function findNoticeVersion(db: Db, tenantId: string, noticeVersionId: string): Promise<NoticeVersionRow | undefined> {
  return db
    .selectFrom('notice_versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('notice_version_id', '=', noticeVersionId)
    .executeTakeFirst();
}

/** The highest published version number of a notice; 0 before the first. */
export async function latestVersion(trx: Trx, tenantId: string, key: string): Promise<number> {
  const row = await trx
    .selectFrom('notice_versions')
    .select(({ fn }) => fn.max('version').as('latest'))
    .where('tenant_id', '=', tenantId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.latest ?? 0;
}

/** Publishing is the one change a draft sees; afterwards the database refuses every other. */
export async function publishDraft(
  trx: Trx,
  tenantId: string,
  noticeVersionId: string,
  version: number,
  at: Date,
  effectiveFrom: Date | null,
): Promise<void> {
  await trx
    .updateTable('notice_versions')
    .set({ version, published_at: at, effective_from: effectiveFrom })
    .where('tenant_id', '=', tenantId)
    .where('notice_version_id', '=', noticeVersionId)
    .where('published_at', 'is', null)
    .execute();
}

/** Of each notice the version that counts at `at`: the highest whose date has come. */
export async function currentNoticeVersions(db: Db, tenantId: string, at: Date): Promise<NoticeVersionRow[]> {
  return runStatement(db, currentNoticesStatement(tenantId, at));
}

export function currentNoticesStatement(tenantId: string, at: Date): Statement<NoticeVersionRow[]> {
  return { text: CURRENT_NOTICES_SQL, values: [tenantId, at], read: (rows) => rows as NoticeVersionRow[] };
}

const CURRENT_NOTICES_SQL = `/* current-notices */
SELECT DISTINCT ON (key) tenant_id, notice_version_id, key, version, content, effective_from, created_at, published_at FROM notice_versions
WHERE tenant_id = $1 AND published_at IS NOT NULL AND coalesce(effective_from, published_at) <= $2
ORDER BY key, version DESC`;

export async function insertImpression(trx: Trx, row: ImpressionTable): Promise<void> {
  await trx.insertInto('impressions').values(row).execute();
}

export async function findImpression(db: Db, tenantId: string, impressionId: string): Promise<Selectable<ImpressionTable> | undefined> {
  return db
    .selectFrom('impressions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('impression_id', '=', impressionId)
    .executeTakeFirst();
}
