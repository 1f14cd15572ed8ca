import type { Role, Stage } from '../../shared/contract/common.ts';
import { type BookingRecord, findBooking } from '../adapters/db/bookings.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import type { Db } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import { stageOfBooking } from './present-booking.ts';

/** Whoever reads, as far as notices go. Nothing is written: somebody never met has no id yet. */
export interface ActingPerson {
  readonly personId: string | null;
  readonly role: Role;
  readonly stage: Stage;
  readonly roomId: string | null;
  readonly locale: string | null;
  /** The meeting a manage token is for. */
  readonly booking: BookingRecord | null;
}

/** The person behind a room or manage token; null for keys, behind which there may be anybody. */
export async function findActingPerson(db: Db, caller: TenantCaller): Promise<ActingPerson | null> {
  const tenantId = caller.tenant.id;
  switch (caller.kind) {
    case 'secret':
    case 'publishable':
      return null;
    case 'room': {
      const { role, sub, hostId, room, locale } = caller.person;
      const host = role === 'host' ? await findHost(db, tenantId, hostId) : undefined;
      const personId = host?.person_id ?? (await findPersonByExternalId(db, tenantId, sub))?.person_id ?? null;
      return { personId, role, stage: await currentStage(db, caller), roomId: room?.id ?? null, locale, booking: null };
    }
    case 'manage': {
      const booking = await findBooking(db, tenantId, caller.bookingId);
      if (booking === undefined) return null;
      const host = booking.hosts.find(({ hostId }) => hostId === caller.hostId);
      const isInvitee = caller.party === 'invitee';
      return {
        personId: isInvitee ? booking.invitee_id : (host?.personId ?? null),
        role: caller.party,
        stage: stageOfBooking(booking),
        roomId: booking.room_id,
        locale: isInvitee ? booking.invitee_locale : (host?.locale ?? null),
        booking,
      };
    }
    default:
      return caller satisfies never;
  }
}
