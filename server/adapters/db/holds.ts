import { type Selectable, sql } from 'kysely';
import type { Db, HoldTable, Trx } from './schema.ts';

export type HoldRow = Selectable<HoldTable>;

/** Lets one request at a time change what this holder has, until the transaction ends. Call it before hosts are locked. */
export async function lockHolder(trx: Trx, tenantId: string, holder: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${holder}`}, 0))`.execute(trx);
}

export async function insertHold(trx: Trx, row: HoldTable): Promise<void> {
  await trx.insertInto('holds').values(row).execute();
}

export async function findHold(db: Db, tenantId: string, holdId: string): Promise<HoldRow | undefined> {
  return db.selectFrom('holds').selectAll().where('tenant_id', '=', tenantId).where('hold_id', '=', holdId).executeTakeFirst();
}

/** The same, locked; its hosts are to be locked before. */
export async function lockHold(trx: Trx, tenantId: string, holdId: string): Promise<HoldRow | undefined> {
  return trx.selectFrom('holds').selectAll().where('tenant_id', '=', tenantId).where('hold_id', '=', holdId).forUpdate().executeTakeFirst();
}

/** The one hold of a holder that has neither ended nor been swept. */
export async function findLiveHold(db: Db, tenantId: string, holder: string): Promise<HoldRow | undefined> {
  return db
    .selectFrom('holds')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('holder', '=', holder)
    .where('status', '=', 'live')
    .executeTakeFirst();
}

/** Ends a hold and frees its time: its own claims or, when it keeps a meeting's new time, the meeting's held claim and no other. */
export async function endHold(trx: Trx, hold: HoldRow, status: 'released' | 'expired' | 'used'): Promise<void> {
  await trx
    .updateTable('holds')
    .set({ status })
    .where('tenant_id', '=', hold.tenant_id)
    .where('hold_id', '=', hold.hold_id)
    .where('status', '=', 'live')
    .execute();
  await trx
    .deleteFrom('claims')
    .where('tenant_id', '=', hold.tenant_id)
    .where('owner_id', '=', hold.booking_id ?? hold.hold_id)
    .where('kind', '=', 'hold')
    .where('starts_at', '=', hold.start_at)
    .execute();
}

/** Ended holds are of no use to anybody; how somebody was told apart goes with them. */
export async function deleteHoldsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('holds').where('status', '!=', 'live').where('expires_at', '<', before).execute();
}
