import type { Proposal, ProposalEnder, ProposalStatus } from '../../shared/contract/proposal.ts';
import type { Stage } from '../../shared/contract/common.ts';
import { formatInstant } from '../../shared/time/instant.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import { findProposal, listProposals, type ProposalRow } from '../adapters/db/proposals.ts';
import { findRoom } from '../adapters/db/rooms.ts';
import type { Db } from '../adapters/db/schema.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

export interface ProposalsQuery {
  readonly cursor?: string;
  readonly limit?: number;
  readonly roomId?: string;
  readonly status?: ProposalStatus;
}

/** Proposals in the order they were made; with a room token those of that room and host, and of other invitees none. */
export async function readProposals(deps: Deps, caller: TenantCaller, query: ProposalsQuery): Promise<Outcome<Page<Proposal>>> {
  const { db, clock } = deps;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const scope = await scopeOf(db, caller, query.roomId ?? null);
  if (scope === null) return succeed({ data: [], nextCursor: null });
  const afterId = (after.value?.[0] as string | undefined) ?? null;
  const rows = await listProposals(db, caller.tenant.id, { ...scope, status: query.status ?? null, afterId, limit: limit + 1 });
  const nowMs = clock.nowMs();
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.proposal_id],
      (row) => presentProposal(row, nowMs),
    ),
  );
}

/** The proposal, or undefined when it does not exist for this caller. */
export async function findVisibleProposal(db: Db, caller: TenantCaller, proposalId: string): Promise<ProposalRow | undefined> {
  const row = await findProposal(db, caller.tenant.id, proposalId);
  if (row === undefined || caller.kind === 'secret') return row;
  if (caller.kind !== 'room' || caller.person.room?.id !== row.room_id || !row.host_ids.includes(caller.person.hostId)) return undefined;
  if (caller.person.role === 'host' || row.invitee_id === null) return row;
  const person = await findPersonByExternalId(db, caller.tenant.id, caller.person.sub);
  return person?.person_id === row.invitee_id ? row : undefined;
}

/** One that has run out is shown as expired whether or not a job has written that down yet. */
export function presentProposal(row: ProposalRow, nowMs: number): Proposal {
  const status = proposalStatusAt(row, nowMs);
  return {
    id: row.proposal_id,
    status,
    eventTypeId: row.event_type_id,
    starts: row.starts.map((start) => formatInstant(start.getTime())),
    durationMinutes: row.duration_minutes,
    by: row.by_role,
    room: { id: row.room_id, stage: row.stage },
    bookingId: row.booking_id,
    endedBy: status === 'open' ? null : status === 'expired' ? 'time' : (row.ended_by as ProposalEnder | null),
    reason: row.reason,
    expiresAt: row.expires_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The stage its room has now. */
export async function stageOfProposal(db: Db, row: ProposalRow): Promise<Stage> {
  return (await findRoom(db, row.tenant_id, row.room_id))?.stage ?? row.stage;
}

export function proposalStatusAt({ status, expires_at }: Pick<ProposalRow, 'status' | 'expires_at'>, nowMs: number): ProposalStatus {
  return status === 'open' && expires_at.getTime() <= nowMs ? 'expired' : status;
}

async function scopeOf(
  db: Db,
  caller: TenantCaller,
  roomId: string | null,
): Promise<{ roomId: string | null; hostId: string | null; inviteeId: string | null } | null> {
  if (caller.kind === 'secret') return { roomId, hostId: null, inviteeId: null };
  if (caller.kind !== 'room' || caller.person.room === null) return null;
  const { person } = caller;
  const ownRoom = person.room?.id ?? null;
  if (roomId !== null && roomId !== ownRoom) return null;
  if (person.role === 'host') return { roomId: ownRoom, hostId: person.hostId, inviteeId: null };
  const invitee = await findPersonByExternalId(db, caller.tenant.id, person.sub);
  // Somebody never met sees what is offered to nobody in particular; no person has an empty id.
  return { roomId: ownRoom, hostId: person.hostId, inviteeId: invitee?.person_id ?? '' };
}

/** Who answers a proposal: the side of a room token; for a secret key the side it states, else the one the proposal waits for. */
export function answeringSide(
  caller: TenantCaller,
  row: ProposalRow,
  stated: { readonly role: ProposalRow['by_role'] } | undefined,
): Outcome<ProposalRow['by_role']> {
  if (caller.kind === 'room')
    return stated === undefined ? succeed(caller.person.role) : refuse('forbidden', { detail: 'Only a secret key states the actor.' });
  return succeed(stated?.role ?? (row.by_role === 'host' ? 'invitee' : 'host'));
}
