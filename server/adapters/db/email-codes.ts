import type { Selectable } from 'kysely';
import type { Db, EmailCodeTable, Trx } from './schema.ts';

/** The code last sent to an address, locked so that tries are counted one by one. */
export async function lockEmailCode(trx: Trx, tenantId: string, addressHash: string): Promise<Selectable<EmailCodeTable> | undefined> {
  return trx
    .selectFrom('email_codes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .forUpdate()
    .executeTakeFirst();
}

/** Keeps a new code in place of the one before. */
export async function putEmailCode(trx: Trx, row: EmailCodeTable): Promise<void> {
  const { tenant_id: _tenant, address_hash: _address, ...change } = row;
  await trx
    .insertInto('email_codes')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'address_hash']).doUpdateSet(change))
    .execute();
}

export async function countTry(trx: Trx, tenantId: string, addressHash: string): Promise<void> {
  await trx
    .updateTable('email_codes')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .execute();
}

export async function deleteEmailCode(trx: Trx, tenantId: string, addressHash: string): Promise<void> {
  await trx.deleteFrom('email_codes').where('tenant_id', '=', tenantId).where('address_hash', '=', addressHash).execute();
}

export async function deleteEmailCodesBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('email_codes').where('expires_at', '<', before).execute();
}

export async function findEmailCode(db: Db, tenantId: string, addressHash: string): Promise<Selectable<EmailCodeTable> | undefined> {
  return db
    .selectFrom('email_codes')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('address_hash', '=', addressHash)
    .executeTakeFirst();
}
