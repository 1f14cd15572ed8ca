import type { Booking } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { BookedLocation, Location } from '../../shared/contract/event-type.ts';
import { updateBooking } from '../adapters/db/bookings.ts';
import { statusAt } from '../domain/bookings/request-deadline.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import { openLocations } from '../domain/policy/open-locations.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { choosePlace, isCalendarCall } from './calendar-calls.ts';
import type { TenantCaller } from './caller.ts';
import { changeBooking } from './change-booking.ts';
import type { Deps } from './deps.ts';
import { stageOfBooking } from './present-booking.ts';
import { recordTransition } from './record-transition.ts';

export interface LocationGiven {
  readonly location: Location;
  readonly actor?: { readonly externalId?: string; readonly role: Role };
}

/**
 * Takes an open meeting to another place: one the event type offers and the stage allows, or, once call trouble was recorded for it, one of the
 * stage's fallback locations. Calendars see a new sequence; the time stays. The same place: answered unchanged.
 */
export async function changeLocation(deps: Deps, caller: TenantCaller, bookingId: string, given: LocationGiven): Promise<Outcome<Booking>> {
  const { location: asked, actor: stated } = given;
  const texts = {
    'location.url': asked.type === 'link' ? asked.url : null,
    'location.address': asked.type === 'inPerson' ? asked.address : null,
  };
  return changeBooking(
    deps,
    caller,
    bookingId,
    { roles: ['invitee', 'host'], stated, texts },
    async ({ trx, record, eventType, actor, nowMs }) => {
      const state = statusAt(record, nowMs);
      if ((state !== 'requested' && state !== 'confirmed') || record.end_at.getTime() <= nowMs)
        return refuse('invalid_state', { state, detail: `The booking is ${state} or over.` });
      const policy = stagePolicy(caller.tenant.settings, stageOfBooking(record));
      const { offered, allowed } = openLocations(eventType.settings.locations, policy, record.has_call_trouble);
      const hostIds = record.hosts.map(({ hostId }) => hostId);
      const chosen = await choosePlace(trx, record.tenant_id, { hostIds, assignment: 'collective' }, { offered, asked, allowed });
      if (!chosen.ok) return chosen;
      if (isSamePlace(chosen.value, record.location)) return null;
      const { tenant_id: tenantId } = record;
      await updateBooking(trx, tenantId, bookingId, { location: chosen.value, sequence: record.sequence + 1, updated_at: new Date(nowMs) });
      await recordTransition(deps, trx, {
        tenantId,
        bookingId,
        action: 'locationChanged',
        actor: { kind: actor.kind, personId: actor.personId },
        before: { location: record.location.type },
        after: { location: chosen.value.type },
      });
      return null;
    },
  );
}

/** A call keeps the link that was made for it. */
function isSamePlace(chosen: Location, now: BookedLocation): boolean {
  return isCalendarCall(now.type) ? chosen.type === now.type : JSON.stringify(chosen) === JSON.stringify(now);
}
