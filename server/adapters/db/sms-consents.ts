import { type Insertable, type Selectable, sql } from 'kysely';
import type { Role } from '../../../shared/contract/common.ts';
import { sha256Hex } from '../crypto.ts';
import type { Db, SmsConsentTable, Trx } from './schema.ts';

export type SmsConsentRow = Selectable<SmsConsentTable>;

/** A number of one person as the ledger knows it: salted with the person's random id. */
export function hashPhone(personId: string, phone: string): string {
  return sha256Hex(`sms ${personId} ${digitsOf(phone)}`);
}

/** A number as providers write it (E.164). */
export function toE164(phone: string): string {
  return `+${digitsOf(phone)}`;
}

export async function appendSmsConsent(trx: Trx, row: Insertable<SmsConsentTable>): Promise<void> {
  await trx.insertInto('sms_consents').values(row).execute();
}

/** Whether the last word about this number of this person is a yes. */
export async function hasSmsConsent(db: Db, tenantId: string, personId: string, phone: string | null): Promise<boolean> {
  if (phone === null) return false;
  const row = await db
    .selectFrom('sms_consents')
    .select('state')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('phone_hash', '=', hashPhone(personId, phone))
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.state === 'granted';
}

export async function listSmsConsents(db: Db, tenantId: string, personId: string | null, afterId: string | null, limit: number) {
  let query = db.selectFrom('sms_consents').selectAll().where('tenant_id', '=', tenantId).orderBy('consent_id').limit(limit);
  if (personId !== null) query = query.where('person_id', '=', personId);
  if (afterId !== null) query = query.where('consent_id', '>', afterId);
  return query.execute();
}

export interface NumberOwner {
  readonly tenantId: string;
  readonly personId: string;
  readonly party: Role;
  readonly locale: string | null;
  readonly state: 'granted' | 'withdrawn';
}

/** Everybody with this number who ever said yes, in any tenant: a STOP goes to the sender, whom all tenants share. */
export async function findNumberOwners(trx: Trx, phone: string): Promise<NumberOwner[]> {
  const digits = digitsOf(phone);
  const { rows } = await sql<{ tenantId: string; personId: string; party: Role; locale: string | null }>`
    SELECT tenant_id AS "tenantId", person_id AS "personId", 'invitee' AS party, locale FROM people
      WHERE phone IS NOT NULL AND regexp_replace(phone, '[^0-9]', '', 'g') = ${digits}
    UNION
    SELECT tenant_id, person_id, 'host', locale FROM hosts
      WHERE phone IS NOT NULL AND regexp_replace(phone, '[^0-9]', '', 'g') = ${digits}`.execute(trx);
  const owners: NumberOwner[] = [];
  for (const row of rows) {
    const last = await trx
      .selectFrom('sms_consents')
      .select('state')
      .where('tenant_id', '=', row.tenantId)
      .where('person_id', '=', row.personId)
      .where('phone_hash', '=', hashPhone(row.personId, phone))
      .orderBy('entry', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last !== undefined) owners.push({ ...row, state: last.state });
  }
  return owners;
}

/** False when this message was handed over before. */
export async function keepInboundSms(trx: Trx, provider: string, providerId: string, at: Date): Promise<boolean> {
  const result = await trx
    .insertInto('inbound_sms')
    .values({ provider, provider_id: providerId, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
