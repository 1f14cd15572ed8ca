import type { Booking } from '../../shared/contract/booking.ts';
import type { Location } from '../../shared/contract/event-type.ts';
import { type BookedHost, type BookedPerson, type BookingRecord, insertGuestsStatement } from '../adapters/db/bookings.ts';
import type { EventTypeRow } from '../adapters/db/event-types.ts';
import { insertBookingStatement, type NewBookingRow, type NewPerson } from '../adapters/db/insert-booking-statement.ts';
import { meetPerson, type PersonFacts } from '../adapters/db/people.ts';
import { findRoom, keepRoom, type StatedRoom } from '../adapters/db/rooms.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { Statement } from '../adapters/db/statement.ts';
import type { ReadGuest } from '../domain/bookings/read-guests.ts';
import { requestDeadline } from '../domain/bookings/request-deadline.ts';
import { lookUpHash, makeBookingTokens } from './booking-tokens.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { BookingParty } from './identify-invitee.ts';
import { keepSmsConsent } from './keep-sms-consent.ts';
import { presentBooking, readerOf } from './present-booking.ts';
import { type Transition, writeTransition } from './record-transition.ts';

/** A booking that has passed every check but the diary. */
export interface BookingPlan {
  readonly eventType: EventTypeRow;
  readonly party: BookingParty;
  readonly startMs: number;
  readonly endMs: number;
  readonly durationMinutes: number;
  readonly answers: Record<string, string>;
  readonly guests: readonly ReadGuest[];
  readonly location: Location;
  readonly note: string | null;
  readonly metadata: Record<string, unknown>;
  readonly acknowledgementId: string | null;
  /** A meeting both sides have agreed on already is never asked for again. */
  readonly asksFirst: boolean;
  /** Whether the invitee ticked the box for text messages; needs a number. */
  readonly smsConsent: boolean;
  /** Who makes it; null: whoever calls, as the invitee. */
  readonly actor: { readonly kind: string; readonly personId: string | null } | null;
}

/** Who takes the meeting, as they are under their locks, and what runs with it: the end of the hold it came from. */
export interface TakenTime {
  readonly bookingId: string;
  readonly hosts: readonly BookedHost[];
  readonly before: readonly Statement<void>[];
}

/** A booking as its maker may see it, and what makes it: run last (`runLast`), with everything else of the transaction before it. */
export interface WrittenBooking {
  readonly answer: Booking;
  readonly inviteeId: string;
  readonly statements: readonly Statement<void>[];
}

/**
 * Writes a booking: its time, people, room, row, tokens, the first line of its history, what is to be sent, and the job that looks after it. The
 * hosts are locked and the start is judged. Whoever and whatever is known already is brought up to date here; the rest is in the statements.
 */
export async function writeBooking(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  plan: BookingPlan,
  { bookingId, hosts, before }: TakenTime,
): Promise<WrittenBooking> {
  const tenantId = caller.tenant.id;
  const now = new Date(deps.clock.nowMs());
  const { party, eventType, asksFirst } = plan;
  const status = asksFirst ? 'requested' : 'confirmed';
  const requestExpiresAt = asksFirst ? requestDeadline(eventType.settings, now.getTime(), plan.startMs) : null;
  const { invitee, isNew } = await meetInvitee(deps, trx, tenantId, party, now);
  const inviteeId = invitee.person_id;
  const room = await readRoom(trx, tenantId, party);
  const guests = plan.guests.map(({ name, email }) => newPerson(deps, { ...NOBODY, name, email })).sort(byId);
  if (plan.smsConsent) await keepSmsConsent(deps, trx, caller, { party, inviteeId, bookingId });
  const row = rowOf(plan, { tenantId, bookingId, inviteeId, status, requestExpiresAt, now });
  const record: BookingRecord = {
    ...row,
    sequence: 0,
    reschedule_count: 0,
    host_message: null,
    hosts,
    invitee: bookedPerson(invitee),
    guests: guests.map(bookedPerson),
    room_stage: room?.stage ?? null,
    room_url: room?.url ?? null,
    questions: eventType.settings.questions,
    has_call_trouble: false,
  };
  const hostIds = hosts.map(({ hostId }) => hostId);
  const guestIds = guests.map((guest) => guest.person_id);
  const { salt, rows: tokens } = makeBookingTokens(deps, tenantId, bookingId, hostIds);
  const transition: Transition = {
    tenantId,
    bookingId,
    action: status,
    actor: plan.actor ?? { kind: caller.kind === 'secret' ? 'operator' : 'invitee', personId: inviteeId },
    before: null,
    after: { status, start: row.start_at.toISOString(), end: row.end_at.toISOString() },
  };
  const tenant = { tenant_id: tenantId, settings: caller.tenant.settings };
  const job = { tenantId, id: bookingId };
  const statements = [
    ...before,
    insertBookingStatement({
      row,
      hostIds,
      blockedStartMs: plan.startMs - eventType.settings.bufferBeforeMinutes * 60_000,
      blockedEndMs: plan.endMs + eventType.settings.bufferAfterMinutes * 60_000,
      newPeople: isNew ? [invitee, ...guests] : guests,
      tokens: tokens.map(({ party, host_id, made }) => ({ party, host_id, hash: lookUpHash(made) })),
      tokenSalt: salt,
    }),
    ...(guestIds.length > 0 ? [insertGuestsStatement(tenantId, bookingId, guestIds, now)] : []),
    await writeTransition(deps, trx, transition, { record, tenant, eventType }),
    ...(requestExpiresAt === null
      ? await deps.queue.jobStatements('complete-booking', job, row.end_at)
      : await deps.queue.jobStatements('expire-request', job, requestExpiresAt)),
  ];
  const shown = presentBooking(deps, caller.tenant, readerOf(caller), record, tokens);
  return { answer: { ...shown, manageToken: tokens[0]?.made.manage ?? '' }, inviteeId, statements };
}

const NOBODY = { externalId: null, name: null, email: null, phone: null, timeZone: null, locale: null };

/** Only somebody with an external id may be known already; everybody else is new, and written with the booking. */
async function meetInvitee(
  deps: Deps,
  trx: Trx,
  tenantId: string,
  party: BookingParty,
  now: Date,
): Promise<{ invitee: NewPerson; isNew: boolean }> {
  if (party.externalId === null) return { invitee: newPerson(deps, party), isNew: true };
  return { invitee: await meetPerson(trx, tenantId, deps.ids.next('per'), party, now), isNew: false };
}

function newPerson(deps: Deps, facts: PersonFacts): NewPerson {
  return {
    person_id: deps.ids.next('per'),
    external_id: facts.externalId,
    name: facts.name,
    email: facts.email,
    phone: facts.phone,
    time_zone: facts.timeZone,
    locale: facts.locale,
  };
}

/** The order in which guests who came together are read. */
function byId(a: NewPerson, b: NewPerson): number {
  return a.person_id < b.person_id ? -1 : 1;
}

function bookedPerson({ person_id, external_id, name, email, phone }: NewPerson): BookedPerson {
  return { personId: person_id, externalId: external_id, name, email, phone };
}

async function readRoom(
  trx: Trx,
  tenantId: string,
  { room, roomId }: BookingParty,
): Promise<Pick<StatedRoom, 'stage' | 'url'> | undefined> {
  if (room !== null) return keepRoom(trx, tenantId, room);
  return roomId === null ? undefined : findRoom(trx, tenantId, roomId);
}

function rowOf(
  plan: BookingPlan,
  made: {
    readonly tenantId: string;
    readonly bookingId: string;
    readonly inviteeId: string;
    readonly status: 'requested' | 'confirmed';
    readonly requestExpiresAt: Date | null;
    readonly now: Date;
  },
): NewBookingRow {
  const { party, eventType } = plan;
  return {
    tenant_id: made.tenantId,
    booking_id: made.bookingId,
    event_type_id: eventType.event_type_id,
    status: made.status,
    title: eventType.settings.title,
    start_at: new Date(plan.startMs),
    end_at: new Date(plan.endMs),
    duration_minutes: plan.durationMinutes,
    invitee_id: made.inviteeId,
    invitee_time_zone: party.timeZone,
    invitee_locale: party.locale,
    room_id: party.roomId,
    stage: party.stage,
    location: plan.location,
    answers: plan.answers,
    note: plan.note,
    host_note: null,
    metadata: plan.metadata,
    acknowledgement_id: plan.acknowledgementId,
    request_expires_at: made.requestExpiresAt,
    pending_start_at: null,
    pending_end_at: null,
    reason: null,
    cancelled_by: null,
    cancelled_at: null,
    created_at: made.now,
    updated_at: made.now,
  };
}
