import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { type BookingRecord, updateBooking } from '../adapters/db/bookings.ts';
import { freeClaims, keepClaimsUntil } from '../adapters/db/claims.ts';
import { pendingMove, statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, type Refusal, refuse } from '../domain/outcome.ts';
import { judgeHeld, readDiaryFor } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import { changeBooking, type LockedBooking } from './change-booking.ts';
import { refuseStart, withLiveBusy } from './check-calendars.ts';
import type { Deps } from './deps.ts';
import { dropPendingMove, moveBooking, type NewTime } from './move-booking.ts';
import { recordTransition } from './record-transition.ts';

interface Stated {
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

/**
 * Says yes to a request, or to a new time that was asked for. The time was judged when it was asked for, so only busy time and other claims are
 * looked at again. Decided, cancelled or run out before: `invalid_state` with the state it is in.
 */
export async function confirm(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
  given: Stated & { readonly message?: string },
): Promise<Outcome<Booking>> {
  const { message, actor: stated } = given;
  return changeBooking(deps, caller, bookingId, { roles: ['host'], stated, texts: { message }, needs: timeAskedFor }, async (locked) => {
    const { trx, record, eventType, actor, hostIds, nowMs } = locked;
    const { tenant_id: tenantId } = record;
    const pending = pendingMove(record, nowMs);
    const isRequest = statusAt(record, nowMs) === 'requested';
    if (!isRequest && pending === null) return refuseState(locked);
    const to = pending ?? timeOf(record);
    const taken = await refuseIfTaken(locked, to);
    if (taken !== null) return taken;
    if (pending !== null) {
      await moveBooking(deps, trx, { record, actor, hostIds, buffers: eventType.settings, to, acknowledgementId: null }, null);
      await updateBooking(trx, tenantId, bookingId, { host_message: message ?? null });
      return null;
    }
    await keepClaimsUntil(trx, tenantId, bookingId, null);
    await updateBooking(trx, tenantId, bookingId, {
      status: 'confirmed',
      request_expires_at: null,
      host_message: message ?? null,
      updated_at: new Date(nowMs),
    });
    await recordTransition(deps, trx, {
      tenantId,
      bookingId,
      action: 'confirmed',
      actor: { kind: actor.kind, personId: actor.personId },
      before: { status: 'requested' },
      after: { status: 'confirmed' },
    });
    await deps.queue.enqueue(trx, 'complete-booking', { tenantId, id: bookingId }, record.end_at);
    return null;
  });
}

/** Says no: a request ends and its time is free; of a new time that was asked for only that is dropped, the meeting stays where it is. */
export async function decline(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
  given: Stated & { readonly reason?: string },
): Promise<Outcome<Booking>> {
  const { reason, actor: stated } = given;
  return changeBooking(deps, caller, bookingId, { roles: ['host'], stated, texts: { reason } }, async (locked) => {
    const { trx, record, nowMs } = locked;
    const { tenant_id: tenantId } = record;
    const actor = { kind: locked.actor.kind, personId: locked.actor.personId };
    if (pendingMove(record, nowMs) !== null) {
      await dropPendingMove(deps, trx, record, { action: 'rescheduleDeclined', actor, reason: reason ?? null });
      return null;
    }
    if (statusAt(record, nowMs) !== 'requested') return refuseState(locked);
    await freeClaims(trx, tenantId, bookingId);
    await updateBooking(trx, tenantId, bookingId, {
      status: 'declined',
      request_expires_at: null,
      reason: reason ?? null,
      sequence: record.sequence + 1,
      updated_at: new Date(nowMs),
    });
    await recordTransition(deps, trx, {
      tenantId,
      bookingId,
      action: 'declined',
      actor,
      before: { status: 'requested' },
      after: { status: 'declined' },
    });
    return null;
  });
}

function timeAskedFor(record: BookingRecord, nowMs: number): NewTime | null {
  return pendingMove(record, nowMs) ?? (statusAt(record, nowMs) === 'requested' ? timeOf(record) : null);
}

function timeOf(record: BookingRecord): NewTime {
  return { startMs: record.start_at.getTime(), endMs: record.end_at.getTime() };
}

function refuseState({ record, nowMs }: LockedBooking): Refusal {
  const state = statusAt(record, nowMs);
  return refuse('invalid_state', { state, detail: `The booking is ${state}; there is nothing to decide.` });
}

async function refuseIfTaken(
  { trx, record, hostIds, nowMs, live }: LockedBooking,
  to: { readonly startMs: number; readonly endMs: number },
): Promise<Refusal | null> {
  const diary = await readDiaryFor(trx, record.tenant_id, record.event_type_id, { nowMs, fromMs: to.startMs, toMs: to.endMs });
  if (diary === undefined) return refuse('not_found');
  const verdict = judgeHeld(withLiveBusy(diary, live, nowMs), hostIds, to.startMs, {
    nowMs,
    durationMinutes: record.duration_minutes,
    ignoreOwnerIds: [record.booking_id],
  });
  return verdict.bookable ? null : refuseStart(verdict.reason);
}
