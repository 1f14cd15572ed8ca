import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import {
  appendHistory,
  bookingHostIds,
  type BookingRecord,
  findBooking,
  listBookingTokens,
  lockBooking,
  updateBooking,
} from '../adapters/db/bookings.ts';
import { freeClaims, takeClaims } from '../adapters/db/claims.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { refuseChange } from '../domain/bookings/change-rules.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { useAcknowledgement } from './acknowledge.ts';
import { type ActingParty, actingParty } from './acting-party.ts';
import { findAlternatives, judgeDiary, readDiaryFor } from './ask-slots.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { presentBooking, readerOf, stageOfBooking } from './present-booking.ts';
import { findRequiredNotice } from './required-notice.ts';
import { screenFields } from './screen-fields.ts';

export interface RescheduleGiven {
  readonly start: string;
  readonly acknowledgementId?: string;
  readonly reason?: string;
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

type Attempt =
  | { readonly kind: 'done'; readonly outcome: Outcome<Booking> }
  | { readonly kind: 'taken'; readonly refusal: Refusal; readonly diary: EventTypeDiary };

/**
 * Moves a meeting and keeps its id; `sequence` rises, so that calendars take the new time. The meeting never blocks itself. Moved to the
 * time it has: answered unchanged.
 */
export async function reschedule(deps: Deps, caller: TenantCaller, bookingId: string, given: RescheduleGiven): Promise<Outcome<Booking>> {
  const { db, clock } = deps;
  const startMs = parseInstant(given.start);
  if (startMs === null) return refuseField('start', 'must be an RFC 3339 instant with an offset');
  const visible = await findVisibleBooking(db, caller, bookingId);
  if (visible === undefined) return refuse('not_found');
  const actor = actingParty(caller, visible, given.actor);
  if (!actor.ok) return actor;
  const refused = screenFields(caller, { reason: given.reason }, stageOfBooking(visible));
  if (refused !== null) return refused;
  const nowMs = clock.nowMs();
  const attempt = await retryOnDeadlock(() =>
    db.transaction().execute((trx) => move(deps, trx, caller, actor.value, bookingId, { ...given, startMs, nowMs })),
  );
  if (attempt.kind === 'done') return attempt.outcome;
  const asked = { nowMs, durationMinutes: visible.duration_minutes, ignoreOwnerIds: [bookingId] };
  return { ...attempt.refusal, alternatives: findAlternatives(attempt.diary, startMs, asked, visible.invitee_time_zone ?? 'UTC') };
}

async function move(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  actor: ActingParty,
  bookingId: string,
  wanted: RescheduleGiven & { startMs: number; nowMs: number },
): Promise<Attempt> {
  const tenantId = caller.tenant.id;
  const { startMs, nowMs } = wanted;
  const hostIds = await bookingHostIds(trx, tenantId, bookingId);
  await lockHosts(trx, tenantId, hostIds, nowMs);
  const record = await lockBooking(trx, tenantId, bookingId);
  if (record === undefined) return done(refuse('not_found'));
  if (record.start_at.getTime() === startMs && (record.status === 'requested' || record.status === 'confirmed'))
    return done(succeed(await show(deps, trx, caller, record)));
  const endMs = startMs + record.duration_minutes * 60_000;
  const read = await readDiaryFor(trx, tenantId, record.event_type_id, { nowMs, fromMs: startMs, toMs: endMs });
  if (read === undefined) return done(refuse('not_found'));
  const diary: EventTypeDiary = {
    ...read,
    settings: { ...read.settings, assignment: 'collective' },
    hosts: read.hosts.filter((host) => hostIds.includes(host.hostId)),
  };
  const notAllowed = refuseChange({
    change: 'reschedule',
    status: record.status,
    startMs: record.start_at.getTime(),
    nowMs,
    rescheduleCount: record.reschedule_count,
    reason: wanted.reason ?? null,
    byHost: actor.role === 'host',
    rules: read.settings,
  });
  if (notAllowed !== null) return done(notAllowed);
  const notice = await findRequiredNotice(trx, {
    tenantId,
    tenantLocale: caller.tenant.settings.locale,
    locale: record.invitee_locale,
    acknowledgementId: [wanted.acknowledgementId, record.acknowledgement_id].filter((id) => id != null).join(','),
    role: actor.role,
    stage: stageOfBooking(record),
    personId: actor.personId,
    roomId: record.room_id,
    bookingId,
    nowMs,
  });
  if (notice.missing !== null) return done(refuse('acknowledgement_required', { notice: notice.missing }));
  const verdict = judgeDiary(diary, startMs, { nowMs, durationMinutes: record.duration_minutes, ignoreOwnerIds: [bookingId] });
  if (!verdict.bookable) return { kind: 'taken', refusal: refuse('slot_unavailable', { slotRefusal: verdict.reason }), diary };
  await freeClaims(trx, tenantId, bookingId);
  const claimed = await takeClaims(trx, tenantId, {
    hostIds,
    ownerId: bookingId,
    kind: 'booking',
    eventTypeId: record.event_type_id,
    startMs,
    endMs,
    blockedStartMs: startMs - read.settings.bufferBeforeMinutes * 60_000,
    blockedEndMs: endMs + read.settings.bufferAfterMinutes * 60_000,
    expiresMs: null,
  });
  if (!claimed) throw new Error('reschedule: a judged and locked time was taken');
  for (const id of notice.toUse)
    await useAcknowledgement(deps, trx, tenantId, id, { bookingId, personId: actor.personId ?? record.invitee_id, role: actor.role });
  await writeMove(deps, trx, tenantId, record, actor, {
    startMs,
    endMs,
    acknowledgementId: actor.role === 'invitee' ? notice.acknowledgementIds.join(',') || null : null,
  });
  const after = await findBooking(trx, tenantId, bookingId);
  return done(after === undefined ? refuse('not_found') : succeed(await show(deps, trx, caller, after)));
}

async function writeMove(
  deps: Deps,
  trx: Trx,
  tenantId: string,
  record: BookingRecord,
  actor: ActingParty,
  to: { startMs: number; endMs: number; acknowledgementId: string | null },
): Promise<void> {
  const now = new Date(deps.clock.nowMs());
  const start_at = new Date(to.startMs);
  const end_at = new Date(to.endMs);
  await updateBooking(trx, tenantId, record.booking_id, {
    start_at,
    end_at,
    sequence: record.sequence + 1,
    reschedule_count: record.reschedule_count + 1,
    acknowledgement_id: to.acknowledgementId ?? record.acknowledgement_id,
    ...(record.request_expires_at !== null && record.request_expires_at > start_at && { request_expires_at: start_at }),
    updated_at: now,
  });
  await appendHistory(trx, {
    tenant_id: tenantId,
    booking_id: record.booking_id,
    at: now,
    action: 'rescheduled',
    actor: { kind: actor.kind, personId: actor.personId },
    before: { start: record.start_at.toISOString(), end: record.end_at.toISOString() },
    after: { start: start_at.toISOString(), end: end_at.toISOString() },
  });
}

async function show(deps: Deps, trx: Trx, caller: TenantCaller, record: BookingRecord): Promise<Booking> {
  return presentBooking(deps, caller.tenant, readerOf(caller), record, await listBookingTokens(trx, caller.tenant.id, [record.booking_id]));
}

function done(outcome: Outcome<Booking>): Attempt {
  return { kind: 'done', outcome };
}
