import type { Role } from '../../shared/contract/common.ts';
import type { BookingRecord } from '../adapters/db/bookings.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';

/** Who acts on a booking. `operator` is the tenant's backend, which acts as the invitee's side unless it states otherwise. */
export interface ActingParty {
  readonly kind: 'invitee' | 'host' | 'operator';
  readonly role: Role;
  readonly personId: string | null;
  readonly hostId: string | null;
}

export function actingParty(
  caller: TenantCaller,
  booking: BookingRecord,
  stated: { readonly role: Role } | undefined,
): Outcome<ActingParty> {
  if (stated !== undefined && caller.kind !== 'secret') return refuse('forbidden', { detail: 'Only a secret key states the actor.' });
  switch (caller.kind) {
    case 'publishable':
      return refuse('forbidden');
    case 'secret':
      return succeed({ ...partyOf(booking, stated?.role ?? 'invitee', null), kind: stated?.role ?? 'operator' });
    case 'room':
      return succeed(partyOf(booking, caller.person.role, caller.person.hostId));
    case 'manage':
      return succeed(partyOf(booking, caller.party, caller.hostId));
    default:
      return caller satisfies never;
  }
}

function partyOf(booking: BookingRecord, role: Role, hostId: string | null): ActingParty {
  if (role === 'invitee') return { kind: 'invitee', role, personId: booking.invitee_id, hostId: null };
  const host = booking.hosts.find((one) => one.hostId === hostId) ?? booking.hosts[0];
  return { kind: 'host', role, personId: host?.personId ?? null, hostId: host?.hostId ?? null };
}
