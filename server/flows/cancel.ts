import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { bookingHostIds, lockBooking, updateBooking, listBookingTokens, findBooking } from '../adapters/db/bookings.ts';
import { freeClaims } from '../adapters/db/claims.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { findEventType } from '../adapters/db/event-types.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import { refuseChange } from '../domain/bookings/change-rules.ts';
import { statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { actingParty } from './acting-party.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { presentBooking, readerOf, stageOfBooking } from './present-booking.ts';
import { recordTransition } from './record-transition.ts';
import { screenFields } from './screen-fields.ts';

export interface CancelGiven {
  readonly reason?: string;
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

/** Cancels a meeting; its time is free at once. Cancelled already: answered as it is. */
export async function cancel(deps: Deps, caller: TenantCaller, bookingId: string, given: CancelGiven): Promise<Outcome<Booking>> {
  const { db, clock } = deps;
  const tenantId = caller.tenant.id;
  const visible = await findVisibleBooking(db, caller, bookingId);
  if (visible === undefined) return refuse('not_found');
  const actor = actingParty(caller, visible, given.actor);
  if (!actor.ok) return actor;
  const refused = await screenFields(deps, db, caller, { reason: given.reason }, stageOfBooking(visible));
  if (refused !== null) return refused;
  return retryOnDeadlock(() =>
    db.transaction().execute(async (trx): Promise<Outcome<Booking>> => {
      const now = new Date(clock.nowMs());
      await lockHosts(trx, tenantId, await bookingHostIds(trx, tenantId, bookingId), now.getTime());
      const record = await lockBooking(trx, tenantId, bookingId);
      const eventType = record && (await findEventType(trx, tenantId, record.event_type_id));
      if (record === undefined || eventType === undefined) return refuse('not_found');
      const tokens = await listBookingTokens(trx, tenantId, [bookingId]);
      if (record.status === 'cancelled') return succeed(presentBooking(deps, caller.tenant, readerOf(caller), record, tokens));
      const notAllowed = refuseChange({
        change: 'cancel',
        status: statusAt(record, now.getTime()),
        startMs: record.start_at.getTime(),
        nowMs: now.getTime(),
        rescheduleCount: record.reschedule_count,
        reason: given.reason ?? null,
        byHost: actor.value.role === 'host',
        rules: eventType.settings,
      });
      if (notAllowed !== null) return notAllowed;
      const change = {
        status: 'cancelled' as const,
        cancelled_at: now,
        cancelled_by: actor.value.kind,
        reason: given.reason ?? null,
        pending_start_at: null,
        pending_end_at: null,
        updated_at: now,
      };
      await freeClaims(trx, tenantId, bookingId);
      await updateBooking(trx, tenantId, bookingId, { ...change, sequence: record.sequence + 1 });
      await recordTransition(deps, trx, {
        tenantId,
        bookingId,
        action: 'cancelled',
        actor: { kind: actor.value.kind, personId: actor.value.personId },
        before: { status: record.status },
        after: { status: 'cancelled' },
      });
      const after = await findBooking(trx, tenantId, bookingId);
      return after === undefined ? refuse('not_found') : succeed(presentBooking(deps, caller.tenant, readerOf(caller), after, tokens));
    }),
  );
}
