import type { ManagedBooking } from '../../shared/contract/booking.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { readBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { findKeptEventType } from './find-kept-event-type.ts';
import { presentPublicEventType } from './present-event-type.ts';

/** The booking behind a manage token, with what its reader needs to change it: whose token it is, and what everybody may see of the event type. */
export async function readManagedBooking(deps: Deps, caller: TenantCaller): Promise<Outcome<ManagedBooking>> {
  if (caller.kind !== 'manage') return refuse('forbidden');
  const booking = await readBooking(deps, caller, caller.bookingId);
  if (!booking.ok) return booking;
  const { eventTypeId, stage, hosts } = booking.value;
  const row = await findKeptEventType(deps, caller.tenant.id, eventTypeId);
  if (row === undefined) return refuse('not_found');
  const shown = hosts.flatMap(({ id, name, timeZone }) => (timeZone === undefined ? [] : [{ id, name, timeZone }]));
  return succeed({ ...booking.value, role: caller.party, eventType: await presentPublicEventType(deps, caller, stage, row, shown) });
}
