import { type Selectable, sql } from 'kysely';
import type { Db, PeopleTable, Trx } from './schema.ts';

export type PersonRow = Selectable<PeopleTable>;

/** What is known of a person now; a null never overwrites what was known. */
export interface PersonFacts {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly timeZone: string | null;
  readonly locale: string | null;
}

/**
 * The person with this external id, made or brought up to date; without one, always a new person: two visitors who give the
 * same address are not taken for one. Answers the person's id.
 */
export async function keepPerson(trx: Trx, tenantId: string, newId: string, facts: PersonFacts, at: Date): Promise<string> {
  return (await meetPerson(trx, tenantId, newId, facts, at)).person_id;
}

/** The same, answering all that is known of the person now. */
export async function meetPerson(trx: Trx, tenantId: string, newId: string, facts: PersonFacts, at: Date): Promise<PersonRow> {
  const { rows } = await sql<PersonRow>`
    INSERT INTO people (tenant_id, person_id, external_id, name, email, phone, time_zone, locale, created_at)
    VALUES (${tenantId}, ${newId}, ${facts.externalId}, ${facts.name}, ${facts.email}, ${facts.phone}, ${facts.timeZone}, ${facts.locale}, ${at})
    ON CONFLICT (tenant_id, external_id) WHERE external_id IS NOT NULL DO UPDATE SET
      name = coalesce(excluded.name, people.name), email = coalesce(excluded.email, people.email),
      phone = coalesce(excluded.phone, people.phone), time_zone = coalesce(excluded.time_zone, people.time_zone),
      locale = coalesce(excluded.locale, people.locale)
    RETURNING *`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('meetPerson: the database returned no row');
  return row;
}

export async function findPerson(db: Db, tenantId: string, personId: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').selectAll().where('tenant_id', '=', tenantId).where('person_id', '=', personId).executeTakeFirst();
}

export async function findPersonByExternalId(db: Db, tenantId: string, externalId: string): Promise<PersonRow | undefined> {
  return db.selectFrom('people').selectAll().where('tenant_id', '=', tenantId).where('external_id', '=', externalId).executeTakeFirst();
}

/** The marketplace's own ids of these people; whoever was erased, or never had one, is left out. */
export async function findExternalIds(
  db: Db,
  tenantId: string,
  personIds: readonly string[],
): Promise<{ personId: string; externalId: string }[]> {
  const { rows } = await sql<{ personId: string; externalId: string }>`
    SELECT person_id AS "personId", external_id AS "externalId" FROM people
    WHERE tenant_id = ${tenantId} AND person_id = ANY(${[...personIds]}) AND external_id IS NOT NULL
    UNION
    SELECT person_id, external_id FROM hosts
    WHERE tenant_id = ${tenantId} AND person_id = ANY(${[...personIds]}) AND external_id IS NOT NULL ORDER BY 1`.execute(db);
  return rows;
}

/** Keeps the number somebody wants text messages at. */
export async function keepPhone(
  trx: Trx,
  tenantId: string,
  { personId, party, phone }: { readonly personId: string; readonly party: 'host' | 'invitee'; readonly phone: string },
): Promise<void> {
  const table = party === 'host' ? 'hosts' : 'people';
  await trx.updateTable(table).set({ phone }).where('tenant_id', '=', tenantId).where('person_id', '=', personId).execute();
}
