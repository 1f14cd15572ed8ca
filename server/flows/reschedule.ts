import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { findEventType } from '../adapters/db/event-types.ts';
import { bookingHostIds, type BookingRecord, findBooking, listBookingTokens, lockBooking } from '../adapters/db/bookings.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { endHold } from '../adapters/db/holds.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { refuseChange } from '../domain/bookings/change-rules.ts';
import type { EventTypeSettings } from '../domain/bookings/event-type-settings.ts';
import { pendingMove, requestDeadline, statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { type ActingParty, actingParty } from './acting-party.ts';
import { findAlternatives, judgeDiary, judgeHeld, readDiaryFor } from './ask-slots.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import { checkCalendars, type LiveBusy, refuseStart, withLiveBusy } from './check-calendars.ts';
import type { Deps } from './deps.ts';
import { askToMove, type Move, moveBooking } from './move-booking.ts';
import { presentBooking, readerOf, stageOfBooking } from './present-booking.ts';
import { findRequiredNotice } from './required-notice.ts';
import { screenFields } from './screen-fields.ts';
import { spendAcknowledgement } from './spend-acknowledgement.ts';
import { findUsableHold } from './usable-hold.ts';

export interface RescheduleGiven {
  readonly start: string;
  readonly holdId?: string;
  readonly acknowledgementId?: string;
  readonly reason?: string;
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

interface Wanted extends RescheduleGiven {
  readonly startMs: number;
  readonly nowMs: number;
  readonly live: LiveBusy;
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
  const refused = await screenFields(deps, db, caller, { reason: given.reason }, stageOfBooking(visible));
  if (refused !== null) return refused;
  const nowMs = clock.nowMs();
  const live = await checkNewTime(deps, visible, startMs);
  const attempt = await retryOnDeadlock(() =>
    db.transaction().execute((trx) => move(deps, trx, caller, actor.value, bookingId, { ...given, startMs, nowMs, live })),
  );
  if (attempt.kind === 'done') return attempt.outcome;
  if (attempt.refusal.reason === 'calendar_unavailable') return attempt.refusal;
  const asked = { nowMs, durationMinutes: visible.duration_minutes, ignoreOwnerIds: [bookingId] };
  return { ...attempt.refusal, alternatives: findAlternatives(attempt.diary, startMs, asked, visible.invitee_time_zone ?? 'UTC') };
}

/** What the hosts' calendars say about the new time, before anything is locked. */
async function checkNewTime(deps: Deps, record: BookingRecord, startMs: number): Promise<LiveBusy> {
  if (isThereAlready(record, startMs, deps.clock.nowMs())) return new Map();
  const eventType = await findEventType(deps.db, record.tenant_id, record.event_type_id);
  const { bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = eventType?.settings ?? {};
  const endMs = startMs + record.duration_minutes * 60_000;
  const hostIds = record.hosts.map(({ hostId }) => hostId);
  return checkCalendars(deps, record.tenant_id, { hostIds, startMs, endMs, bufferBeforeMinutes, bufferAfterMinutes });
}

async function move(deps: Deps, trx: Trx, caller: TenantCaller, actor: ActingParty, bookingId: string, wanted: Wanted): Promise<Attempt> {
  const tenantId = caller.tenant.id;
  const { startMs, nowMs } = wanted;
  const hostIds = await bookingHostIds(trx, tenantId, bookingId);
  await lockHosts(trx, tenantId, hostIds, nowMs);
  const record = await lockBooking(trx, tenantId, bookingId);
  if (record === undefined) return done(refuse('not_found'));
  const status = statusAt(record, nowMs);
  if (isThereAlready(record, startMs, nowMs)) return done(succeed(await show(deps, trx, caller, record)));
  const durationMinutes = record.duration_minutes;
  const endMs = startMs + durationMinutes * 60_000;
  const read = await readDiaryFor(trx, tenantId, record.event_type_id, { nowMs, fromMs: startMs, toMs: endMs });
  if (read === undefined) return done(refuse('not_found'));
  const diary: EventTypeDiary = {
    ...read,
    settings: { ...read.settings, assignment: 'collective' },
    hosts: read.hosts.filter((host) => hostIds.includes(host.hostId)),
  };
  const notAllowed = refuseChange({
    change: 'reschedule',
    status,
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
  const held = await findUsableHold(trx, caller, {
    holdId: wanted.holdId ?? null,
    eventTypeId: record.event_type_id,
    startMs,
    durationMinutes,
    bookingId,
    nowMs,
  });
  const asked = { nowMs, durationMinutes, ignoreOwnerIds: [bookingId] };
  const now = withLiveBusy(diary, wanted.live, nowMs);
  const verdict = held === null || held === 'expired' ? judgeDiary(now, startMs, asked) : judgeHeld(now, hostIds, startMs, asked);
  if (!verdict.bookable) {
    return {
      kind: 'taken',
      refusal: held === 'expired' ? refuse('hold_expired', { slotRefusal: verdict.reason }) : refuseStart(verdict.reason),
      diary,
    };
  }
  if (held !== null && held !== 'expired') await endHold(trx, held, 'used');
  for (const id of notice.toUse)
    await spendAcknowledgement(deps, trx, tenantId, id, { bookingId, personId: actor.personId ?? record.invitee_id, role: actor.role });
  const restsOn = notice.acknowledgementIds.join(',') || null;
  const acknowledgementId = actor.role === 'invitee' ? restsOn : null;
  await carryOut(
    deps,
    trx,
    { record, actor, hostIds, buffers: read.settings, to: { startMs, endMs }, acknowledgementId, restsOn, reason: wanted.reason ?? null },
    read.settings,
    nowMs,
  );
  const after = await findBooking(trx, tenantId, bookingId);
  return done(after === undefined ? refuse('not_found') : succeed(await show(deps, trx, caller, after)));
}

/** A confirmed meeting of a kind that is requested moves only when the host agrees; a request still undecided simply asks for the new time. */
async function carryOut(
  deps: Deps,
  trx: Trx,
  change: Move & { readonly actor: ActingParty },
  settings: EventTypeSettings,
  nowMs: number,
): Promise<void> {
  const { record, actor, to } = change;
  if (record.status === 'requested') {
    const asksAgain = requestDeadline(settings, nowMs, to.startMs);
    const stays = new Date(Math.min(record.request_expires_at?.getTime() ?? Infinity, to.startMs));
    return moveBooking(deps, trx, change, actor.role === 'host' ? stays : asksAgain);
  }
  if (settings.confirmation === 'instant' || actor.role === 'host') return moveBooking(deps, trx, change, null);
  const until = Math.min(requestDeadline(settings, nowMs, to.startMs).getTime(), record.start_at.getTime());
  return askToMove(deps, trx, change, new Date(until));
}

/** Whether the meeting has this time, or it is the one that was asked for already. */
function isThereAlready(record: BookingRecord, startMs: number, nowMs: number): boolean {
  const status = statusAt(record, nowMs);
  if (status !== 'requested' && status !== 'confirmed') return false;
  return record.start_at.getTime() === startMs || pendingMove(record, nowMs)?.startMs === startMs;
}

async function show(deps: Deps, trx: Trx, caller: TenantCaller, record: BookingRecord): Promise<Booking> {
  return presentBooking(deps, caller.tenant, readerOf(caller), record, await listBookingTokens(trx, caller.tenant.id, [record.booking_id]));
}

function done(outcome: Outcome<Booking>): Attempt {
  return { kind: 'done', outcome };
}
