import { countOpenBookings } from '../adapters/db/bookings.ts';
import type { EventTypeRow } from '../adapters/db/event-types.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import type { BookingParty } from './identify-invitee.ts';

/**
 * Refuses one meeting more than an invitee may have before them (`maxOpenPerInvitee`), told apart by who they are or, without a token, by their
 * mail address. The event type's hosts are locked, so two requests at once are counted one after the other.
 */
export async function refuseTooManyOpen(
  trx: Trx,
  tenantId: string,
  eventType: EventTypeRow,
  party: BookingParty,
  nowMs: number,
): Promise<Refusal | null> {
  const { maxOpenPerInvitee } = eventType.settings;
  if (maxOpenPerInvitee === null) return null;
  const email = party.externalId === null ? party.email : null;
  const open = await countOpenBookings(trx, tenantId, {
    eventTypeId: eventType.event_type_id,
    personId: party.knownPersonId,
    email,
    nowMs,
  });
  if (open < maxOpenPerInvitee) return null;
  return refuse('conflict', {
    detail: `At most ${maxOpenPerInvitee} open meetings of this kind; one has to take place or be cancelled first.`,
  });
}
