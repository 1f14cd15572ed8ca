import type { Booking } from '../../shared/contract/booking.ts';
import type { Location } from '../../shared/contract/event-type.ts';
import { findBooking, insertBooking, insertGuests } from '../adapters/db/bookings.ts';
import type { EventTypeRow } from '../adapters/db/event-types.ts';
import { keepPerson } from '../adapters/db/people.ts';
import { keepRoom } from '../adapters/db/rooms.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { ReadGuest } from '../domain/bookings/read-guests.ts';
import { makeBookingToken } from './booking-tokens.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { BookingParty } from './identify-invitee.ts';
import { keepSmsConsent } from './keep-sms-consent.ts';
import { presentBooking, readerOf } from './present-booking.ts';
import { recordTransition } from './record-transition.ts';
import { requestDeadline } from '../domain/bookings/request-deadline.ts';

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

/** Writes a booking whose time is already claimed: people, room, row, tokens and the first line of its history. Answers it as its maker may see it. */
export async function writeBooking(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  plan: BookingPlan,
  bookingId: string,
  hostIds: readonly string[],
): Promise<{ answer: Booking; inviteeId: string }> {
  const { clock, ids } = deps;
  const { party } = plan;
  const tenantId = caller.tenant.id;
  const now = new Date(clock.nowMs());
  const { settings } = plan.eventType;
  const inviteeId = await keepPerson(trx, tenantId, ids.next('per'), party, now);
  if (party.room !== null) await keepRoom(trx, tenantId, party.room);
  const { asksFirst } = plan;
  const status = asksFirst ? 'requested' : 'confirmed';
  const requestExpiresAt = asksFirst ? requestDeadline(settings, now.getTime(), plan.startMs) : null;
  const tokens = [
    ...(['manage', 'file'] as const).map((kind) => makeBookingToken(deps, tenantId, { bookingId, kind, party: 'invitee', hostId: null })),
    ...hostIds.flatMap((hostId) =>
      (['manage', 'file'] as const).map((kind) => makeBookingToken(deps, tenantId, { bookingId, kind, party: 'host', hostId })),
    ),
  ];
  await insertBooking(
    trx,
    {
      tenant_id: tenantId,
      booking_id: bookingId,
      event_type_id: plan.eventType.event_type_id,
      status,
      title: settings.title,
      start_at: new Date(plan.startMs),
      end_at: new Date(plan.endMs),
      duration_minutes: plan.durationMinutes,
      invitee_id: inviteeId,
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
      request_expires_at: requestExpiresAt,
      pending_start_at: null,
      pending_end_at: null,
      reason: null,
      cancelled_by: null,
      cancelled_at: null,
      created_at: now,
      updated_at: now,
    },
    hostIds,
    tokens.map(({ row }) => row),
  );
  const guestIds: string[] = [];
  for (const guest of plan.guests) {
    guestIds.push(
      await keepPerson(
        trx,
        tenantId,
        ids.next('per'),
        { externalId: null, name: guest.name, email: guest.email, phone: null, timeZone: null, locale: null },
        now,
      ),
    );
  }
  if (plan.smsConsent) await keepSmsConsent(deps, trx, caller, { party, inviteeId, bookingId });
  await insertGuests(trx, tenantId, bookingId, guestIds, now);
  const endAt = new Date(plan.endMs);
  await recordTransition(deps, trx, {
    tenantId,
    bookingId,
    action: status,
    actor: plan.actor ?? { kind: caller.kind === 'secret' ? 'operator' : 'invitee', personId: inviteeId },
    before: null,
    after: { status, start: new Date(plan.startMs).toISOString(), end: endAt.toISOString() },
  });
  if (requestExpiresAt !== null) await deps.queue.enqueue(trx, 'expire-request', { tenantId, id: bookingId }, requestExpiresAt);
  else await deps.queue.enqueue(trx, 'complete-booking', { tenantId, id: bookingId }, endAt);
  const record = await findBooking(trx, tenantId, bookingId);
  if (record === undefined) throw new Error('writeBooking: the booking just written is not there');
  const shown = presentBooking(
    deps,
    caller.tenant,
    readerOf(caller),
    record,
    tokens.map(({ row }) => row),
  );
  return { answer: { ...shown, manageToken: tokens[0]?.token ?? '' }, inviteeId };
}
