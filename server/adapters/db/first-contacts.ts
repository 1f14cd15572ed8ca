import { sql } from 'kysely';
import type { Db, Trx } from './schema.ts';

/** Whether this person was greeted or has ever acknowledged anything, so that no greeting is due. */
export async function isGreeted(db: Db, tenantId: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ greeted: boolean }>`
    SELECT EXISTS (SELECT FROM first_contacts WHERE tenant_id = ${tenantId} AND person_id = ${personId})
      OR EXISTS (SELECT FROM acknowledgements WHERE tenant_id = ${tenantId} AND person_id = ${personId}) AS greeted`.execute(db);
  return rows[0]?.greeted === true;
}

/** Notes that the notice goes out to this person now; false when another call noted it first. */
export async function noteFirstContact(trx: Trx, tenantId: string, personId: string, noticeVersionId: string, at: Date): Promise<boolean> {
  const result = await trx
    .insertInto('first_contacts')
    .values({ tenant_id: tenantId, person_id: personId, notice_version_id: noticeVersionId, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
