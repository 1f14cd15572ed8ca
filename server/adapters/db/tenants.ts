import type { Selectable, Updateable } from 'kysely';
import type { ApiKeyTable, Db, TenantTable, Trx } from './schema.ts';

export async function insertTenant(trx: Trx, row: TenantTable): Promise<void> {
  await trx
    .insertInto('tenants')
    .values({ ...row, settings: asJson(row.settings) })
    .execute();
}

export async function findTenant(db: Db, tenantId: string): Promise<Selectable<TenantTable> | undefined> {
  return db.selectFrom('tenants').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst();
}

export async function lockTenant(trx: Trx, tenantId: string): Promise<Selectable<TenantTable> | undefined> {
  return trx.selectFrom('tenants').selectAll().where('tenant_id', '=', tenantId).forUpdate().executeTakeFirst();
}

export async function listTenants(db: Db, afterId: string | null, limit: number): Promise<Selectable<TenantTable>[]> {
  let query = db.selectFrom('tenants').selectAll().orderBy('tenant_id').limit(limit);
  if (afterId !== null) query = query.where('tenant_id', '>', afterId);
  return query.execute();
}

export async function updateTenant(trx: Trx, tenantId: string, change: Updateable<TenantTable>): Promise<void> {
  const { settings, ...rest } = change;
  await trx
    .updateTable('tenants')
    .set({ ...rest, ...(settings && { settings: asJson(settings) }) })
    .where('tenant_id', '=', tenantId)
    .execute();
}

/** The tenant's oldest publishable key; null when there is none. */
export async function findPublicKey(db: Db, tenantId: string): Promise<string | null> {
  const row = await db
    .selectFrom('api_keys')
    .select('public_key')
    .where('tenant_id', '=', tenantId)
    .where('public_key', 'is not', null)
    .orderBy('key_id')
    .limit(1)
    .executeTakeFirst();
  return row?.public_key ?? null;
}

export async function insertApiKey(trx: Trx, row: ApiKeyTable): Promise<void> {
  await trx.insertInto('api_keys').values(row).execute();
}

/** The key with this hash, and its tenant, in one round trip. */
export async function findApiKeyByHash(db: Db, tenantId: string, hash: Buffer) {
  return db
    .selectFrom('api_keys')
    .innerJoin('tenants', 'tenants.tenant_id', 'api_keys.tenant_id')
    .select(['api_keys.key_id', 'api_keys.kind', 'api_keys.scopes', 'api_keys.last_used_at', 'tenants.tenant_id', 'tenants.settings'])
    .select(['tenants.embed_secret', 'tenants.previous_embed_secret', 'tenants.previous_embed_secret_until'])
    .where('api_keys.tenant_id', '=', tenantId)
    .where('api_keys.hash', '=', hash)
    .executeTakeFirst();
}

export async function listApiKeys(db: Db, tenantId: string, afterId: string | null, limit: number): Promise<Selectable<ApiKeyTable>[]> {
  let query = db.selectFrom('api_keys').selectAll().where('tenant_id', '=', tenantId).orderBy('key_id').limit(limit);
  if (afterId !== null) query = query.where('key_id', '>', afterId);
  return query.execute();
}

export async function deleteApiKey(trx: Trx, tenantId: string, keyId: string): Promise<boolean> {
  const result = await trx.deleteFrom('api_keys').where('tenant_id', '=', tenantId).where('key_id', '=', keyId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** `pg` turns arrays into PostgreSQL arrays and objects into JSON; jsonb columns are always handed over as text. */
export function asJson<T>(value: T): T {
  return JSON.stringify(value) as unknown as T;
}
