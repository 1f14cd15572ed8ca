import type { Booking, GuestInput } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import { deleteGuests, insertGuests, updateBooking } from '../adapters/db/bookings.ts';
import { keepPerson } from '../adapters/db/people.ts';
import { readGuests } from '../domain/bookings/read-guests.ts';
import { statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import { changeBooking } from './change-booking.ts';
import type { Deps } from './deps.ts';
import { recordTransition } from './record-transition.ts';

export interface GuestsGiven {
  readonly add?: readonly GuestInput[];
  readonly remove?: readonly string[];
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

/**
 * Adds and removes guests, by their id or address, as long as the meeting is open; removing comes first. Who is there already is not added
 * twice, and who is not there is not missed. More than the event type's limit: `guest_limit`.
 */
export async function changeGuests(deps: Deps, caller: TenantCaller, bookingId: string, given: GuestsGiven): Promise<Outcome<Booking>> {
  const texts = Object.fromEntries((given.add ?? []).map((guest, i) => [`add.${i}.name`, guest.name]));
  return changeBooking(
    deps,
    caller,
    bookingId,
    { roles: ['invitee'], stated: given.actor, texts },
    async ({ trx, record, eventType, actor, nowMs }) => {
      const { tenant_id: tenantId } = record;
      const state = statusAt(record, nowMs);
      if ((state !== 'requested' && state !== 'confirmed') || record.end_at.getTime() <= nowMs)
        return refuse('invalid_state', { state, detail: `The booking is ${state} or over.` });
      const leaving = new Set((given.remove ?? []).map((one) => one.toLowerCase()));
      const leaves = (guest: (typeof record.guests)[number]) =>
        leaving.has(guest.personId) || (guest.email !== null && leaving.has(guest.email.toLowerCase()));
      const removed = record.guests.filter(leaves);
      const stay = record.guests.filter((guest) => !leaves(guest));
      const present = new Set(stay.map((guest) => guest.email?.toLowerCase()));
      const coming = readGuests(
        (given.add ?? []).filter(({ email }) => !present.has(email.toLowerCase())),
        eventType.settings.guestLimit - stay.length,
      );
      if (!coming.ok) return { ...coming, detail: `At most ${eventType.settings.guestLimit} guests may take part.` };
      if (removed.length === 0 && coming.value.length === 0) return null;
      const now = new Date(nowMs);
      const added: string[] = [];
      for (const { name, email } of coming.value) {
        added.push(
          await keepPerson(
            trx,
            tenantId,
            deps.ids.next('per'),
            { externalId: null, name, email, phone: null, timeZone: null, locale: null },
            now,
          ),
        );
      }
      const gone = removed.map((guest) => guest.personId);
      await deleteGuests(trx, tenantId, bookingId, gone);
      await insertGuests(trx, tenantId, bookingId, added, now);
      await updateBooking(trx, tenantId, bookingId, { updated_at: now });
      const before = record.guests.map((guest) => guest.personId);
      await recordTransition(deps, trx, {
        tenantId,
        bookingId,
        action: 'guestsChanged',
        actor: { kind: actor.kind, personId: actor.personId },
        before: { guestIds: before },
        after: { guestIds: [...stay.map((guest) => guest.personId), ...added], added, removed: gone },
      });
      return null;
    },
  );
}
