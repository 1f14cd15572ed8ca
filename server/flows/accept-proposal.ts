import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { ProposalAccept } from '../../shared/contract/proposal.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { findBooking, listBookingTokens } from '../adapters/db/bookings.ts';
import { hostsOfClaim } from '../adapters/db/claims.ts';
import { findEventType } from '../adapters/db/event-types.ts';
import { findHost, lockHosts } from '../adapters/db/hosts.ts';
import { findPerson } from '../adapters/db/people.ts';
import { lockProposal, type ProposalRow } from '../adapters/db/proposals.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { runLast } from '../adapters/db/statement.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { useAcknowledgement } from './acknowledge.ts';
import { judgeHeld, readDiaryFor } from './ask-slots.ts';
import { choosePlace } from './calendar-calls.ts';
import type { TenantCaller } from './caller.ts';
import { checkCalendars, type LiveBusy, refuseStart, withLiveBusy } from './check-calendars.ts';
import type { Deps } from './deps.ts';
import { endProposal } from './end-proposal.ts';
import { type BookingParty, identifyInvitee } from './identify-invitee.ts';
import { refuseTooManyOpen } from './open-limit.ts';
import { presentBooking, readerOf } from './present-booking.ts';
import { answeringSide, findVisibleProposal, proposalStatusAt, stageOfProposal } from './proposals.ts';
import { findRequiredNotice } from './required-notice.ts';
import { screenFields } from './screen-fields.ts';
import { spendAcknowledgement } from './spend-acknowledgement.ts';
import { writeBooking } from './write-booking.ts';

interface Acceptance {
  readonly proposalId: string;
  readonly role: Role;
  readonly startMs: number;
  readonly acknowledgementId: string | null;
  readonly party: BookingParty;
  readonly live: LiveBusy;
}

/**
 * Picks one of the times the other side offered. In one transaction the proposal ends, its other times are free, and a confirmed meeting stands:
 * both have said yes. The time was judged when offered, so only busy time and other claims are looked at again. The same time accepted
 * already: answered with that meeting.
 */
export async function acceptProposal(
  deps: Deps,
  caller: TenantCaller,
  proposalId: string,
  given: ProposalAccept,
): Promise<Outcome<Booking>> {
  const startMs = parseInstant(given.start);
  if (startMs === null) return refuseField('start', 'must be an RFC 3339 instant with an offset');
  const visible = await findVisibleProposal(deps.db, caller, proposalId);
  if (visible === undefined) return refuse('not_found');
  const role = answeringSide(caller, visible, given.actor);
  if (!role.ok) return role;
  if (role.value === visible.by_role) return refuse('forbidden', { detail: 'The other side picks one of the times.' });
  const party = await findInvitee(deps, caller, visible, given);
  if (!party.ok) return party;
  const refused = await screenFields(deps, deps.db, caller, { 'invitee.name': party.value.name }, party.value.stage);
  if (refused !== null) return refused;
  const live = await checkOffered(deps, visible, startMs);
  const acceptance = {
    proposalId,
    role: role.value,
    startMs,
    acknowledgementId: given.acknowledgementId ?? null,
    party: party.value,
    live,
  };
  return retryOnDeadlock(() => deps.db.transaction().execute((trx) => settle(deps, trx, caller, visible.host_ids, acceptance)));
}

async function checkOffered(deps: Deps, proposal: ProposalRow, startMs: number): Promise<LiveBusy> {
  const eventType = await findEventType(deps.db, proposal.tenant_id, proposal.event_type_id);
  if (eventType === undefined || !proposal.starts.some((start) => start.getTime() === startMs)) return new Map();
  const endMs = startMs + proposal.duration_minutes * 60_000;
  return checkCalendars(deps, proposal.tenant_id, { ...eventType.settings, hostIds: proposal.host_ids, startMs, endMs });
}

/** The invitee is whoever made or answers the proposal in that role; a secret key may state one for a proposal of the host. */
async function findInvitee(deps: Deps, caller: TenantCaller, proposal: ProposalRow, given: ProposalAccept): Promise<Outcome<BookingParty>> {
  const { db } = deps;
  const tenantId = caller.tenant.id;
  const typed = given.invitee === undefined ? {} : { invitee: given.invitee };
  if (caller.kind === 'room' && caller.person.role === 'invitee') return identifyInvitee(deps, caller, typed);
  if (given.invitee !== undefined && caller.kind !== 'secret')
    return refuse('forbidden', { detail: 'Only a secret key states the invitee.' });
  const person = proposal.invitee_id === null ? undefined : await findPerson(db, tenantId, proposal.invitee_id);
  if (person === undefined) return identifyInvitee(deps, caller, { ...typed, room: { id: proposal.room_id } });
  const stage = await stageOfProposal(db, proposal);
  return succeed({
    externalId: person.external_id,
    name: person.name ?? '',
    email: person.email,
    phone: person.phone,
    timeZone: proposal.invitee_time_zone ?? person.time_zone,
    locale: proposal.invitee_locale ?? person.locale,
    knownPersonId: person.person_id,
    roomId: proposal.room_id,
    room: null,
    stage,
  });
}

async function settle(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  hostIds: readonly string[],
  acceptance: Acceptance,
): Promise<Outcome<Booking>> {
  const { proposalId, role, startMs, party } = acceptance;
  const tenantId = caller.tenant.id;
  const nowMs = deps.clock.nowMs();
  const locked = await lockHosts(trx, tenantId, hostIds, nowMs);
  const proposal = await lockProposal(trx, tenantId, proposalId);
  const eventType = proposal && (await findEventType(trx, tenantId, proposal.event_type_id));
  if (proposal === undefined || eventType === undefined) return refuse('not_found');
  const state = proposalStatusAt(proposal, nowMs);
  if (state === 'accepted') {
    const booked = await showIfSame(deps, trx, caller, proposal, startMs);
    if (booked !== null) return succeed(booked);
  }
  if (state !== 'open') return refuse('invalid_state', { state, detail: `The proposal is ${state}.` });
  if (!proposal.starts.some((start) => start.getTime() === startMs)) return refuseField('start', 'must be one of the times offered');
  const durationMinutes = proposal.duration_minutes;
  const endMs = startMs + durationMinutes * 60_000;
  const heldBy = await hostsOfClaim(trx, tenantId, proposalId, startMs);
  if (heldBy.length === 0) return refuse('slot_unavailable', { slotRefusal: 'past' });
  const diary = await readDiaryFor(trx, tenantId, proposal.event_type_id, { nowMs, fromMs: startMs, toMs: endMs });
  if (diary === undefined) return refuse('not_found');
  const actorId = role === 'invitee' ? party.knownPersonId : await personOfHost(trx, tenantId, caller, heldBy);
  const notice = await findRequiredNotice(trx, {
    tenantId,
    tenantLocale: caller.tenant.settings.locale,
    locale: caller.kind === 'room' ? caller.person.locale : party.locale,
    acknowledgementId: acceptance.acknowledgementId,
    role,
    stage: party.stage,
    personId: actorId,
    roomId: proposal.room_id,
    bookingId: null,
    nowMs,
  });
  if (notice.missing !== null) return refuse('acknowledgement_required', { notice: notice.missing });
  const tooMany = await refuseTooManyOpen(trx, tenantId, eventType, party, nowMs);
  if (tooMany !== null) return tooMany;
  const location = await choosePlace(
    trx,
    tenantId,
    { hostIds: heldBy, assignment: 'collective' },
    { offered: eventType.settings.locations, asked: undefined, allowed: stagePolicy(caller.tenant.settings, party.stage).locations },
  );
  if (!location.ok) return location;
  const verdict = judgeHeld(withLiveBusy(diary, acceptance.live, nowMs), heldBy, startMs, {
    nowMs,
    durationMinutes,
    ignoreOwnerIds: [proposalId],
  });
  if (!verdict.bookable) return refuseStart(verdict.reason);

  const bookingId = deps.ids.next('bkg');
  const by = caller.kind === 'secret' ? 'operator' : role;
  await endProposal(deps, trx, proposal, { status: 'accepted', by, bookingId });
  const ofInvitee = role === 'invitee' ? notice.acknowledgementIds : proposal.acknowledgement_ids;
  const plan = {
    eventType,
    party,
    startMs,
    endMs,
    durationMinutes,
    answers: {},
    guests: [],
    location: location.value,
    note: null,
    metadata: {},
    acknowledgementId: ofInvitee.join(',') || null,
    asksFirst: false,
    smsConsent: false,
    actor: { kind: by, personId: actorId },
  };
  const hosts = locked.filter(({ hostId }) => heldBy.includes(hostId));
  const { answer, inviteeId, statements } = await writeBooking(deps, trx, caller, plan, { bookingId, hosts, before: [] });
  const use = { bookingId, personId: actorId ?? inviteeId, role };
  for (const id of notice.toUse) await spendAcknowledgement(deps, trx, tenantId, id, use);
  // The booking's own column names the invitee's; the host's are linked in the ledger.
  const linked = role === 'host' ? notice.acknowledgementIds.filter((id) => !notice.toUse.includes(id)) : [];
  for (const id of linked) await useAcknowledgement(deps, trx, tenantId, id, use);
  for (const id of proposal.unused_acknowledgement_ids)
    await useAcknowledgement(deps, trx, tenantId, id, { bookingId, personId: proposal.by_person_id ?? inviteeId, role: proposal.by_role });
  await runLast(trx, statements);
  if (role === 'invitee' || caller.kind === 'secret') return succeed(answer);
  // The token in the answer is the invitee's.
  const { manageToken: _theirs, ...forHost } = answer;
  return succeed(forHost);
}

async function personOfHost(trx: Trx, tenantId: string, caller: TenantCaller, hostIds: readonly string[]): Promise<string | null> {
  const hostId = caller.kind === 'room' ? caller.person.hostId : hostIds[0];
  return hostId === undefined ? null : ((await findHost(trx, tenantId, hostId))?.person_id ?? null);
}

async function showIfSame(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  { booking_id: bookingId }: ProposalRow,
  startMs: number,
): Promise<Booking | null> {
  const record = bookingId === null ? undefined : await findBooking(trx, caller.tenant.id, bookingId);
  if (record === undefined || record.start_at.getTime() !== startMs) return null;
  return presentBooking(deps, caller.tenant, readerOf(caller), record, await listBookingTokens(trx, caller.tenant.id, [record.booking_id]));
}
