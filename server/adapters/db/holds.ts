import { type Selectable, sql } from 'kysely';
import type { Db, HoldTable, Trx } from './schema.ts';
import { nothing, runStatement, type Statement } from './statement.ts';

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
  await runStatement(trx, endHoldStatement(hold, status));
}

export function endHoldStatement(hold: HoldRow, status: 'released' | 'expired' | 'used'): Statement<void> {
  return {
    text: END_HOLD_SQL,
    values: [hold.tenant_id, hold.hold_id, status, hold.booking_id ?? hold.hold_id, hold.start_at],
    read: nothing,
  };
}

const END_HOLD_SQL = `/* end-hold */
WITH ended AS (
  UPDATE holds SET status = $3 WHERE tenant_id = $1 AND hold_id = $2 AND status = 'live'
)
DELETE FROM claims WHERE tenant_id = $1 AND owner_id = $4 AND kind = 'hold' AND starts_at = $5`;

/** Ended holds are of no use to anybody; how somebody was told apart goes with them. */
export async function deleteHoldsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('holds').where('status', '!=', 'live').where('expires_at', '<', before).execute();
}
