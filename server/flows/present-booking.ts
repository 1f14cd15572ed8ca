import type { Booking } from '../../shared/contract/booking.ts';
import type { Role, Stage } from '../../shared/contract/common.ts';
import { formatInstant } from '../../shared/time/instant.ts';
import type { BookingRecord } from '../adapters/db/bookings.ts';
import { listBookingTokens } from '../adapters/db/bookings.ts';
import type { Db } from '../adapters/db/schema.ts';
import { pendingMove, statusAt } from '../domain/bookings/request-deadline.ts';
import { calendarLinks } from '../domain/messages/calendar-links.ts';
import {
  isPlaceOpen,
  type Reader,
  seeAnswers,
  seeContact,
  seeLocation,
  seeName,
  type SeenContact,
  seeText,
} from '../domain/policy/see-booking.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { type KeptToken, openPartyTokens } from './booking-tokens.ts';
import type { TenantCaller, TenantFacts } from './caller.ts';
import type { Deps } from './deps.ts';
import { blankDetails, isWithheld } from './withheld-text.ts';

/** The eyes a caller reads a booking with. */
export function readerOf(caller: TenantCaller): Reader {
  switch (caller.kind) {
    case 'secret':
      return 'operator';
    case 'publishable':
      return 'invitee';
    case 'room':
      return caller.person.role;
    case 'manage':
      return caller.party;
    default:
      return caller satisfies never;
  }
}

/** The stage a booking is in now: its room's latest, else the one it was made at. */
export function stageOfBooking(record: Pick<BookingRecord, 'room_stage' | 'stage'>): Stage {
  return record.room_stage ?? record.stage;
}

/** Bookings as one reader may see them, with that reader's own links. */
export async function presentBookings(
  deps: Deps,
  db: Db,
  tenant: TenantFacts,
  reader: Reader,
  records: readonly BookingRecord[],
): Promise<Booking[]> {
  const tokens = await listBookingTokens(
    db,
    tenant.id,
    records.map((record) => record.booking_id),
  );
  return records.map((record) =>
    presentBooking(
      deps,
      tenant,
      reader,
      record,
      tokens.filter((token) => token.booking_id === record.booking_id),
    ),
  );
}

/** One booking through the eyes of one reader. Every field about a person passes through `see-booking.ts`. */
export function presentBooking(
  deps: Deps,
  tenant: TenantFacts,
  reader: Reader,
  record: BookingRecord,
  tokens: readonly KeptToken[],
): Booking {
  const nowMs = deps.clock.nowMs();
  const move = pendingMove(record, nowMs);
  const stage = stageOfBooking(record);
  const policy = stagePolicy(tenant.settings, stage);
  const shares = policy.shareContactDetails;
  const party: Role = reader === 'host' ? 'host' : 'invitee';
  const location = seeLocation(record.location, reader, isPlaceOpen(record.location, policy, record.has_call_trouble));
  const place = { settings: tenant.settings, stage, roomUrl: record.room_url };
  const as = (field: string) => ({ sharesContactDetails: shares, blank: (text: string) => blankDetails(deps, place, field, text) });
  const invitee = seeContact(record.invitee, 'invitee', reader, as('invitee.name'));
  const read = (field: string, text: string | null, writer: 'invitee' | 'host' | 'either') =>
    seeText(text, writer, reader, (one) => isWithheld(deps, place, field, one));
  const answers = Object.entries(seeAnswers(record.answers, record.questions, reader, shares)).filter(
    ([key, text]) => read(`answers.${key}`, text, 'invitee') !== null,
  );
  const title = seeName(record.title, 'host', reader, as('title').blank);
  // The tenant's own notes may name anybody; they are not the other side's to read while that is not allowed.
  const tellsMetadata =
    reader === 'operator' || (reader === 'invitee' && read('metadata', JSON.stringify(record.metadata), 'either') !== null);
  return {
    id: record.booking_id,
    status: statusAt(record, nowMs),
    eventTypeId: record.event_type_id,
    title,
    start: showInstant(record.start_at),
    end: showInstant(record.end_at),
    durationMinutes: record.duration_minutes,
    hosts: record.hosts.map((host) => presentHost(host, seeContact(host, 'host', reader, as('name')))),
    invitee: { ...invitee, timeZone: record.invitee_time_zone, locale: record.invitee_locale },
    guests: record.guests.map((guest) => presentGuest(guest, seeContact(guest, 'guest', reader, as('guests.name')))),
    answers: Object.fromEntries(answers),
    note: read('note', record.note, 'invitee'),
    ...((reader === 'operator' || reader === 'host') && { hostNote: record.host_note }),
    location,
    room: record.room_id === null ? null : { id: record.room_id, stage },
    stage,
    sequence: record.sequence,
    rescheduleCount: record.reschedule_count,
    rescheduleTo: move === null ? null : { start: showInstant(new Date(move.startMs)), end: showInstant(new Date(move.endMs)) },
    acknowledgementId: record.acknowledgement_id,
    requestExpiresAt: record.request_expires_at?.toISOString() ?? null,
    links: linksOf(
      deps,
      record,
      { title, location: describeLocation(location, record.room_url) },
      reader === 'guest' || reader === 'outsider' ? [] : tokens.filter((token) => token.party === party),
    ),
    ...(tellsMetadata && { metadata: record.metadata }),
    createdAt: record.created_at.toISOString(),
    updatedAt: record.updated_at.toISOString(),
    cancelledAt: record.cancelled_at?.toISOString() ?? null,
    cancelledBy: record.cancelled_by,
    reason: read('reason', record.reason, 'either'),
  };
}

/** Starts and ends are whole seconds, written as slots write them. */
function showInstant(at: Date): string {
  return formatInstant(at.getTime());
}

/** Where to meet, in words, for calendar entries. */
export function describeLocation(location: Booking['location'], roomUrl: string | null): string {
  switch (location.type) {
    case 'room':
      return roomUrl ?? '';
    case 'link':
    case 'googleMeet':
    case 'teams':
      return location.url ?? '';
    case 'phone':
      return location.number ?? '';
    case 'inPerson':
      return location.address ?? '';
    default:
      return location satisfies never;
  }
}

function presentHost(host: BookingRecord['hosts'][number], { name, email, phone }: SeenContact): Booking['hosts'][number] {
  return { id: host.hostId, name, timeZone: host.timeZone, ...(email != null && { email }), ...(phone != null && { phone }) };
}

function presentGuest(guest: BookingRecord['guests'][number], { name, email }: SeenContact): Booking['guests'][number] {
  return { id: guest.personId, name: name === '' ? null : name, ...(email != null && { email }) };
}

function linksOf(
  deps: Deps,
  record: BookingRecord,
  { title, location }: { title: string; location: string },
  tokens: readonly KeptToken[],
): Booking['links'] {
  const { manage, file } = openPartyTokens(deps, tokens);
  const facts = { title, startMs: record.start_at.getTime(), endMs: record.end_at.getTime(), details: '', location };
  return {
    ...(manage !== null && { manage: `${deps.publicUrl}/m#${manage}` }),
    ...(file !== null && { ics: `${deps.publicUrl}/v1/bookings/${record.booking_id}/calendar.ics?t=${file}` }),
    ...calendarLinks(facts),
  };
}
