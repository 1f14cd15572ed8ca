import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { updateBooking } from '../adapters/db/bookings.ts';
import { statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import { changeBooking } from './change-booking.ts';
import type { Deps } from './deps.ts';
import { recordTransition } from './record-transition.ts';

/** Writes the host's private note to a meeting; null empties it. Only the host and the tenant's backend ever read it, so it is not screened. */
export async function noteForHost(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
  given: { readonly hostNote: string | null },
): Promise<Outcome<Booking>> {
  return changeBooking(deps, caller, bookingId, { roles: ['host'], stated: undefined }, async ({ trx, record, actor, nowMs }) => {
    const { tenant_id: tenantId } = record;
    if (record.host_note === given.hostNote) return null;
    await updateBooking(trx, tenantId, bookingId, { host_note: given.hostNote, updated_at: new Date(nowMs) });
    await recordTransition(deps, trx, {
      tenantId,
      bookingId,
      action: 'hostNoteChanged',
      actor: { kind: actor.kind, personId: actor.personId },
      before: null,
      after: { hasNote: given.hostNote !== null },
    });
    return null;
  });
}

/** Says that the invitee did not come, once the meeting has begun. Said already: answered as it is. */
export async function markNoShow(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
  given: { readonly hostNote?: string; readonly actor?: { readonly role: Role } },
): Promise<Outcome<Booking>> {
  return changeBooking(deps, caller, bookingId, { roles: ['host'], stated: given.actor }, async ({ trx, record, actor, nowMs }) => {
    const { tenant_id: tenantId } = record;
    const state = statusAt(record, nowMs);
    if (state === 'noShow') return null;
    if (state !== 'confirmed' && state !== 'completed') return refuse('invalid_state', { state, detail: `The booking is ${state}.` });
    if (record.start_at.getTime() > nowMs) return refuse('invalid_state', { state, detail: 'The meeting has not begun.' });
    await updateBooking(trx, tenantId, bookingId, {
      status: 'noShow',
      pending_start_at: null,
      pending_end_at: null,
      request_expires_at: null,
      ...(given.hostNote !== undefined && { host_note: given.hostNote }),
      updated_at: new Date(nowMs),
    });
    await recordTransition(deps, trx, {
      tenantId,
      bookingId,
      action: 'noShow',
      actor: { kind: actor.kind, personId: actor.personId },
      before: { status: state },
      after: { status: 'noShow' },
    });
    return null;
  });
}
