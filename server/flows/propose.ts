import type { Role, Stage } from '../../shared/contract/common.ts';
import { type Proposal, type ProposalCreate } from '../../shared/contract/proposal.ts';
import { formatInstant, parseInstant } from '../../shared/time/instant.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { takeClaims } from '../adapters/db/claims.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { type EventTypeRow, findEventType } from '../adapters/db/event-types.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { keepPerson } from '../adapters/db/people.ts';
import { findOpenProposal, insertProposal, lockRoomProposals, type ProposalRow } from '../adapters/db/proposals.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import { findRoom } from '../adapters/db/rooms.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { announceToPerson } from './announce-to-person.ts';
import { findAlternatives, judgeDiary, readDiaryFor } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import { checkCalendars, type LiveBusy, refuseStart, withLiveBusy } from './check-calendars.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { endProposal } from './end-proposal.ts';
import { mayUseEventType } from './event-types.ts';
import { identifyCaller, type Identity } from './identify-caller.ts';
import { presentProposal, proposalStatusAt } from './proposals.ts';
import { findRequiredNotice, type NoticeAnswer } from './required-notice.ts';
import { screenFields } from './screen-fields.ts';
import { reserveAcknowledgements } from './spend-acknowledgement.ts';

/** How long a proposal waits when nothing is said: a day. */
const DEFAULT_EXPIRES_MINUTES = 1440;

interface Offer {
  readonly eventType: EventTypeRow;
  readonly role: Role;
  readonly roomId: string;
  readonly startsMs: readonly number[];
  readonly durationMinutes: number;
  readonly expiresMinutes: number;
  readonly given: ProposalCreate;
}

/**
 * Offers up to ten times in a room. All of them are kept until the proposal ends or they pass. Whatever was open in this room for this event
 * type, from either side, ends with it: to propose is also how one asks for other times.
 */
export async function propose(deps: Deps, caller: TenantCaller, given: ProposalCreate): Promise<Outcome<Proposal>> {
  const offer = await readOffer(deps, caller, given);
  if (!offer.ok) return offer;
  const live = await checkAll(deps, caller, offer.value);
  return retryOnDeadlock(() => deps.db.transaction().execute((trx) => keepOffer(deps, trx, caller, offer.value, live)));
}

/** All the times are asked about at once, as one stretch from the first to the last. */
function checkAll(deps: Deps, caller: TenantCaller, { eventType, startsMs, durationMinutes }: Offer): Promise<LiveBusy> {
  const [startMs = NaN, lastMs = NaN] = [startsMs[0], startsMs.at(-1)];
  const endMs = lastMs + durationMinutes * 60_000;
  return checkCalendars(deps, caller.tenant.id, { ...eventType.settings, hostIds: eventType.host_ids, startMs, endMs });
}

async function readOffer(deps: Deps, caller: TenantCaller, given: ProposalCreate): Promise<Outcome<Offer>> {
  const side = readSide(caller, given);
  if (!side.ok) return side;
  const eventType = await findEventType(deps.db, caller.tenant.id, given.eventTypeId);
  if (eventType === undefined || !mayUseEventType(caller, eventType))
    return refuse('not_found', { detail: 'There is no such event type.' });
  const { durationsMinutes } = eventType.settings;
  const durationMinutes = given.durationMinutes ?? durationsMinutes[0] ?? 0;
  if (!durationsMinutes.includes(durationMinutes)) return refuseField('durationMinutes', `must be one of ${durationsMinutes.join(', ')}`);
  const startsMs = [...new Set(given.starts.map(parseInstant))].sort((a, b) => (a ?? 0) - (b ?? 0));
  if (startsMs.includes(null)) return refuseField('starts', 'must be RFC 3339 instants with an offset');
  return succeed({
    eventType,
    ...side.value,
    startsMs: startsMs as number[],
    durationMinutes,
    expiresMinutes: given.expiresMinutes ?? DEFAULT_EXPIRES_MINUTES,
    given,
  });
}

/** A proposal is made in a room, by one side of it: a room token says which, a secret key states it. */
function readSide(caller: TenantCaller, given: ProposalCreate): Outcome<{ role: Role; roomId: string }> {
  if (caller.kind === 'room') {
    if (given.actor !== undefined || given.room !== undefined || given.invitee !== undefined)
      return refuse('forbidden', { detail: 'Only a secret key states actor, room and invitee.' });
    return caller.person.room === null
      ? refuse('forbidden', { detail: 'A proposal is made in a room; the token names none.' })
      : succeed({ role: caller.person.role, roomId: caller.person.room.id });
  }
  if (caller.kind !== 'secret') return refuse('forbidden', { detail: 'A proposal is made with a room token or a secret key.' });
  if (given.actor === undefined) return refuseField('actor', 'is required');
  if (given.room === undefined) return refuseField('room', 'is required');
  return succeed({ role: given.actor.role, roomId: given.room.id });
}

async function keepOffer(deps: Deps, trx: Trx, caller: TenantCaller, offer: Offer, live: LiveBusy): Promise<Outcome<Proposal>> {
  const { eventType, role, roomId, startsMs, durationMinutes } = offer;
  const tenantId = caller.tenant.id;
  const nowMs = deps.clock.nowMs();
  const durationMs = durationMinutes * 60_000;
  await lockRoomProposals(trx, tenantId, roomId, eventType.event_type_id);
  const before = await findOpenProposal(trx, tenantId, roomId, eventType.event_type_id);
  await lockHosts(trx, tenantId, [...new Set([...eventType.host_ids, ...(before?.host_ids ?? [])])], nowMs);
  const [firstMs = 0, lastMs = 0] = [startsMs[0], startsMs.at(-1)];
  const diary = await readDiaryFor(trx, tenantId, eventType.event_type_id, { nowMs, fromMs: firstMs, toMs: lastMs + durationMs });
  if (diary === undefined) return refuse('not_found', { detail: 'There is no such event type.' });
  const asked = { nowMs, durationMinutes, ignoreOwnerIds: before === undefined ? [] : [before.proposal_id] };
  const now = withLiveBusy(diary, live, nowMs);
  const verdicts = startsMs.map((startMs) => ({ startMs, verdict: judgeDiary(now, startMs, asked) }));
  for (const { startMs, verdict } of verdicts) {
    if (verdict.bookable) continue;
    const detail = `${formatInstant(startMs)} is not available.`;
    return refuseStart(verdict.reason, { detail, alternatives: findAlternatives(diary, startMs, asked, 'UTC') });
  }
  const identity = await identifyCaller(deps, trx, caller, { actor: offer.given.actor, room: offer.given.room });
  const stage = await stageOfRoom(trx, caller, offer);
  const refused = await screenFields(deps, trx, caller, { 'invitee.name': offer.given.invitee?.name }, stage);
  if (refused !== null) return refused;
  const notice = await findNotice(trx, caller, { identity, offer, stage, replacesProposalId: before?.proposal_id ?? null, nowMs });
  if (notice.missing !== null) return refuse('acknowledgement_required', { notice: notice.missing });
  await reserveAcknowledgements(trx, tenantId, notice.toUse, { at: new Date(nowMs), proposalId: before?.proposal_id ?? null });

  if (before !== undefined) {
    const ranOut = proposalStatusAt(before, nowMs) === 'expired';
    await endProposal(deps, trx, before, ranOut ? { status: 'expired', by: 'time' } : { status: 'withdrawn', by: role });
  }
  const row = await rowOf(deps, trx, caller, { offer, identity, stage, notice, nowMs });
  for (const { startMs, verdict } of verdicts) {
    const claimed = await takeClaims(trx, tenantId, {
      hostIds: verdict.bookable ? verdict.hostIds : [],
      ownerId: row.proposal_id,
      kind: 'proposal',
      eventTypeId: eventType.event_type_id,
      startMs,
      endMs: startMs + durationMs,
      blockedStartMs: startMs - eventType.settings.bufferBeforeMinutes * 60_000,
      blockedEndMs: startMs + durationMs + eventType.settings.bufferAfterMinutes * 60_000,
      expiresMs: Math.min(row.expires_at.getTime(), startMs),
    });
    if (!claimed) throw new Error('propose: a judged and locked time was taken');
  }
  await insertProposal(trx, row);
  const data = { proposalId: row.proposal_id, eventTypeId: row.event_type_id, by: role };
  await recordEvent(trx, { tenant_id: tenantId, event_id: deps.ids.next('ev'), type: 'proposal.created', data, at: row.created_at });
  await tellOtherSide(deps, trx, row);
  await deps.queue.enqueue(trx, 'expire-proposal', { tenantId, id: row.proposal_id }, row.expires_at);
  const answer = presentProposal(row, nowMs);
  await deps.remember(trx, 201, answer);
  return succeed(answer);
}

/** The side that is to pick gets a mail where it has an address; the room shows the offer in any case. */
async function tellOtherSide(deps: Deps, trx: Trx, row: ProposalRow): Promise<void> {
  const { tenant_id: tenantId, proposal_id: proposalId } = row;
  const message = { tenantId, kind: 'proposal', personId: row.invitee_id, data: { proposalId } } as const;
  if (row.by_role === 'host') {
    if (row.invitee_id !== null) await announceToPerson(deps, trx, { ...message, party: 'invitee' });
    return;
  }
  for (const hostId of row.host_ids) await announceToPerson(deps, trx, { ...message, party: 'host', hostId });
}

async function stageOfRoom(trx: Trx, caller: TenantCaller, { roomId, given }: Offer): Promise<Stage> {
  if (caller.kind === 'room') return currentStage(trx, caller);
  return given.room?.stage ?? (await findRoom(trx, caller.tenant.id, roomId))?.stage ?? caller.tenant.settings.defaultStage;
}

interface Asked {
  readonly identity: Identity;
  readonly offer: Offer;
  readonly stage: Stage;
  readonly replacesProposalId: string | null;
  readonly nowMs: number;
}

function findNotice(trx: Trx, caller: TenantCaller, { identity, offer, stage, replacesProposalId, nowMs }: Asked): Promise<NoticeAnswer> {
  return findRequiredNotice(trx, {
    tenantId: caller.tenant.id,
    tenantLocale: caller.tenant.settings.locale,
    locale: caller.kind === 'room' ? caller.person.locale : null,
    acknowledgementId: offer.given.acknowledgementId ?? null,
    role: offer.role,
    stage,
    personId: identity.personId,
    roomId: offer.roomId,
    bookingId: null,
    replacesProposalId,
    nowMs,
  });
}

async function rowOf(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  { offer, identity, stage, notice, nowMs }: { offer: Offer; identity: Identity; stage: Stage; notice: NoticeAnswer; nowMs: number },
): Promise<ProposalRow> {
  const { eventType, role, given } = offer;
  const tenantId = caller.tenant.id;
  const now = new Date(nowMs);
  const invitee = given.invitee;
  const typed = invitee && {
    externalId: invitee.externalId ?? null,
    name: invitee.name ?? null,
    email: invitee.email ?? null,
    phone: invitee.phone ?? null,
    timeZone: invitee.timeZone === undefined ? null : canonicaliseTimeZone(invitee.timeZone),
    locale: invitee.locale ?? null,
  };
  const inviteeId =
    typed === undefined
      ? role === 'invitee'
        ? identity.personId
        : null
      : await keepPerson(trx, tenantId, deps.ids.next('per'), typed, now);
  const speaks = caller.kind === 'room' && role === 'invitee' ? caller.person : null;
  const lastStartMs = offer.startsMs.at(-1) ?? nowMs;
  return {
    tenant_id: tenantId,
    proposal_id: deps.ids.next('prp'),
    event_type_id: eventType.event_type_id,
    host_ids: eventType.host_ids,
    starts: offer.startsMs.map((startMs) => new Date(startMs)),
    duration_minutes: offer.durationMinutes,
    status: 'open',
    by_role: role,
    by_person_id: identity.personId,
    invitee_id: inviteeId,
    invitee_time_zone: speaks?.timeZone ?? typed?.timeZone ?? null,
    invitee_locale: speaks?.locale ?? typed?.locale ?? null,
    room_id: offer.roomId,
    stage,
    acknowledgement_ids: [...notice.acknowledgementIds],
    unused_acknowledgement_ids: [...notice.toUse],
    booking_id: null,
    ended_by: null,
    reason: null,
    expires_at: new Date(Math.min(nowMs + offer.expiresMinutes * 60_000, lastStartMs)),
    created_at: now,
    updated_at: now,
  };
}
