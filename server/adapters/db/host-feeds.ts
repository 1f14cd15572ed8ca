import type { Db, HostFeedTable, Trx } from './schema.ts';

/** Gives a host's feed a new token; the one before opens nothing any more. */
export async function keepFeed(trx: Trx, row: HostFeedTable): Promise<void> {
  const { token_hash, token, created_at } = row;
  await trx
    .insertInto('host_feeds')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'host_id']).doUpdateSet({ token_hash, token, created_at }))
    .execute();
}

export async function findFeedByToken(db: Db, tenantId: string, tokenHash: Buffer): Promise<HostFeedTable | undefined> {
  return db.selectFrom('host_feeds').selectAll().where('tenant_id', '=', tenantId).where('token_hash', '=', tokenHash).executeTakeFirst();
}

export async function deleteFeed(trx: Trx, tenantId: string, hostId: string): Promise<void> {
  await trx.deleteFrom('host_feeds').where('tenant_id', '=', tenantId).where('host_id', '=', hostId).execute();
}
