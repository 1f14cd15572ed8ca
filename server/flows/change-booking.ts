import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { bookingHostIds, type BookingRecord, findBooking, listBookingTokens, lockBooking } from '../adapters/db/bookings.ts';
import { type EventTypeRow, findEventType } from '../adapters/db/event-types.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../domain/outcome.ts';
import { type ActingParty, actingParty } from './acting-party.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import { checkCalendars, type LiveBusy } from './check-calendars.ts';
import type { Deps } from './deps.ts';
import type { NewTime } from './move-booking.ts';
import { presentBooking, readerOf, stageOfBooking } from './present-booking.ts';
import { screenFields, type ScreenedFields } from './screen-fields.ts';

export interface ChangeTerms {
  /** Who may do it beside the tenant's own backend. */
  readonly roles: readonly Role[];
  /** What a secret key states. */
  readonly stated: { readonly role: Role } | undefined;
  /** What the other side will read. */
  readonly texts?: ScreenedFields;
  /** The time that must be free in the hosts' calendars, asked before anything is locked; null for none. */
  readonly needs?: (visible: BookingRecord, nowMs: number) => NewTime | null;
}

export interface LockedBooking {
  readonly trx: Trx;
  readonly record: BookingRecord;
  readonly eventType: EventTypeRow;
  readonly actor: ActingParty;
  readonly hostIds: readonly string[];
  readonly nowMs: number;
  readonly live: LiveBusy;
}

/**
 * Does one thing to one booking: who may see it, who may do it, what may be said, then `act` under the locks of its hosts and itself. Answers
 * the booking as it is afterwards; `act` refuses before it writes anything.
 */
export async function changeBooking(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
  { roles, stated, texts = {}, needs = () => null }: ChangeTerms,
  act: (locked: LockedBooking) => Promise<Refusal | null>,
): Promise<Outcome<Booking>> {
  const { db, clock } = deps;
  const tenantId = caller.tenant.id;
  const visible = await findVisibleBooking(db, caller, bookingId);
  if (visible === undefined) return refuse('not_found');
  const actor = actingParty(caller, visible, stated);
  if (!actor.ok) return actor;
  if (actor.value.kind !== 'operator' && !roles.includes(actor.value.role))
    return refuse('forbidden', { detail: `Only the ${roles.join(' or the ')} may do that.` });
  const refused = await screenFields(deps, db, caller, texts, stageOfBooking(visible));
  if (refused !== null) return refused;
  const live = await checkTime(deps, visible, needs(visible, clock.nowMs()));
  return retryOnDeadlock(() =>
    db.transaction().execute(async (trx): Promise<Outcome<Booking>> => {
      const nowMs = clock.nowMs();
      const hostIds = await bookingHostIds(trx, tenantId, bookingId);
      await lockHosts(trx, tenantId, hostIds, nowMs);
      const record = await lockBooking(trx, tenantId, bookingId);
      const eventType = record && (await findEventType(trx, tenantId, record.event_type_id));
      if (record === undefined || eventType === undefined) return refuse('not_found');
      const notDone = await act({ trx, record, eventType, actor: actor.value, hostIds, nowMs, live });
      if (notDone !== null) return notDone;
      const after = (await findBooking(trx, tenantId, bookingId)) ?? record;
      return succeed(presentBooking(deps, caller.tenant, readerOf(caller), after, await listBookingTokens(trx, tenantId, [bookingId])));
    }),
  );
}

async function checkTime(deps: Deps, record: BookingRecord, time: NewTime | null): Promise<LiveBusy> {
  if (time === null) return new Map();
  const eventType = await findEventType(deps.db, record.tenant_id, record.event_type_id);
  const { bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = eventType?.settings ?? {};
  const hostIds = record.hosts.map(({ hostId }) => hostId);
  return checkCalendars(deps, record.tenant_id, { hostIds, ...time, bufferBeforeMinutes, bufferAfterMinutes });
}
