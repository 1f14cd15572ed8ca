import { type Selectable, sql, type Updateable } from 'kysely';
import type { ProposalStatus } from '../../../shared/contract/proposal.ts';
import type { Db, ProposalTable, Trx } from './schema.ts';

export type ProposalRow = Selectable<ProposalTable>;

export async function insertProposal(trx: Trx, row: ProposalTable): Promise<void> {
  await trx.insertInto('proposals').values(row).execute();
}

export async function findProposal(db: Db, tenantId: string, proposalId: string): Promise<ProposalRow | undefined> {
  return db.selectFrom('proposals').selectAll().where('tenant_id', '=', tenantId).where('proposal_id', '=', proposalId).executeTakeFirst();
}

/** The same, locked; its hosts are to be locked before. */
export async function lockProposal(trx: Trx, tenantId: string, proposalId: string): Promise<ProposalRow | undefined> {
  return trx
    .selectFrom('proposals')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('proposal_id', '=', proposalId)
    .forUpdate()
    .executeTakeFirst();
}

/** The one open proposal of a room for an event type. */
export async function findOpenProposal(db: Db, tenantId: string, roomId: string, eventTypeId: string): Promise<ProposalRow | undefined> {
  return db
    .selectFrom('proposals')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('room_id', '=', roomId)
    .where('event_type_id', '=', eventTypeId)
    .where('status', '=', 'open')
    .executeTakeFirst();
}

/** Which of these acknowledgements stand behind an open proposal, `besides` aside. */
export async function findReservedAcknowledgements(
  db: Db,
  tenantId: string,
  acknowledgementIds: readonly string[],
  { at, besides }: { readonly at: Date; readonly besides: string | null },
): Promise<ReadonlySet<string>> {
  if (acknowledgementIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT unnest(unused_acknowledgement_ids) AS id FROM proposals
    WHERE tenant_id = ${tenantId} AND status = 'open' AND expires_at > ${at}
      AND unused_acknowledgement_ids && ${[...acknowledgementIds]}::text[] AND proposal_id IS DISTINCT FROM ${besides}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export async function updateProposal(trx: Trx, tenantId: string, proposalId: string, change: Updateable<ProposalTable>): Promise<void> {
  await trx.updateTable('proposals').set(change).where('tenant_id', '=', tenantId).where('proposal_id', '=', proposalId).execute();
}

/** Lets one request at a time propose in a room, until the transaction ends. Call it before hosts are locked. */
export async function lockRoomProposals(trx: Trx, tenantId: string, roomId: string, eventTypeId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${tenantId} proposals ${roomId} ${eventTypeId}`}, 0))`.execute(trx);
}

export interface ProposalFilter {
  readonly roomId: string | null;
  readonly status: ProposalStatus | null;
  /** Proposals for one of this host's event types. */
  readonly hostId: string | null;
  /** Proposals that are this invitee's, or not any particular invitee's yet. */
  readonly inviteeId: string | null;
  readonly afterId: string | null;
  readonly limit: number;
}

/** Proposals in the order they were made. */
export async function listProposals(db: Db, tenantId: string, filter: ProposalFilter): Promise<ProposalRow[]> {
  let query = db.selectFrom('proposals').selectAll().where('tenant_id', '=', tenantId).orderBy('proposal_id').limit(filter.limit);
  if (filter.roomId !== null) query = query.where('room_id', '=', filter.roomId);
  if (filter.status !== null) query = query.where('status', '=', filter.status);
  if (filter.hostId !== null) query = query.where(sql<boolean>`${filter.hostId} = ANY(host_ids)`);
  if (filter.inviteeId !== null)
    query = query.where((eb) => eb.or([eb('invitee_id', 'is', null), eb('invitee_id', '=', filter.inviteeId)]));
  if (filter.afterId !== null) query = query.where('proposal_id', '>', filter.afterId);
  return query.execute();
}
