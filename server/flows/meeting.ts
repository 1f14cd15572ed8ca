import type { Selectable } from 'kysely';
import { type BookingRecord, findBooking } from '../adapters/db/bookings.ts';
import { type EventTypeRow, findEventType } from '../adapters/db/event-types.ts';
import { findPerson } from '../adapters/db/people.ts';
import type { Db, TenantTable } from '../adapters/db/schema.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import type { Party } from '../domain/messages/message-data.ts';

/** A booking with the rules it was made by, and its tenant. */
export interface Meeting {
  readonly tenant: Selectable<TenantTable>;
  readonly eventType: EventTypeRow;
  readonly record: BookingRecord;
}

/** What of it says who is to be told of a change. */
export type ChangedMeeting = Pick<Meeting, 'record' | 'eventType'> & { readonly tenant: Pick<Meeting['tenant'], 'tenant_id' | 'settings'> };

/** Somebody who takes part, and how they are written to. */
export interface Recipient {
  readonly party: Party;
  readonly personId: string;
  readonly hostId: string | null;
  readonly externalId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly timeZone: string;
  readonly locale: string;
}

/** The booking as it is now; undefined when it is gone. */
export async function readMeeting(db: Db, tenantId: string, bookingId: string): Promise<Meeting | undefined> {
  const record = await findBooking(db, tenantId, bookingId);
  const tenant = record && (await findTenant(db, tenantId));
  const eventType = record && (await findEventType(db, tenantId, record.event_type_id));
  return record && tenant && eventType ? { record, tenant, eventType } : undefined;
}

/** Everybody who takes part now. Guests are written to in the invitee's language and zone, since nobody asked them for theirs. */
export function recipientsOf({ record, tenant }: Pick<ChangedMeeting, 'record' | 'tenant'>): Recipient[] {
  const timeZone = record.invitee_time_zone ?? record.hosts[0]?.timeZone ?? 'UTC';
  const locale = record.invitee_locale ?? tenant.settings.locale;
  const person = (party: Party, { personId, externalId, name, email, phone }: BookingRecord['invitee']): Recipient => {
    return { party, personId, hostId: null, externalId, name: name ?? '', email, phone, timeZone, locale };
  };
  return [
    person('invitee', record.invitee),
    ...record.hosts.map((host): Recipient => ({ ...host, party: 'host' })),
    ...record.guests.map((guest) => person('guest', guest)),
  ];
}

/** One recipient; a guest who was removed is still told so. Undefined when the person is gone. */
export async function findRecipient(
  db: Db,
  meeting: Meeting,
  { party, personId, hostId }: { readonly party: Party; readonly personId: string | null; readonly hostId: string | null },
): Promise<Recipient | undefined> {
  const present = recipientsOf(meeting).find((one) =>
    hostId === null ? one.party === party && one.personId === personId : one.hostId === hostId,
  );
  if (present !== undefined || party !== 'guest' || personId === null) return present;
  const row = await findPerson(db, meeting.tenant.tenant_id, personId);
  const invitee = recipientsOf(meeting)[0];
  if (row === undefined || row.erased_at !== null || invitee === undefined) return undefined;
  return {
    ...invitee,
    party,
    personId,
    externalId: row.external_id,
    name: row.name ?? '',
    email: row.email,
    phone: row.phone,
  };
}

/** Whether our own mails are on: for the tenant, and for this event type. */
export function mailsAreOn({ tenant, eventType }: Pick<ChangedMeeting, 'tenant' | 'eventType'>): boolean {
  return tenant.settings.messages.email && eventType.settings.messages.email;
}
