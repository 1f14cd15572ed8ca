import type { BookingRecord } from '../adapters/db/bookings.ts';
import type { BookingTokenTable } from '../adapters/db/schema.ts';
import type { CalendarMeeting } from '../adapters/ical/calendar-meeting.ts';
import { contactLines } from '../domain/policy/contact-lines.ts';
import type { Reader } from '../domain/policy/see-booking.ts';
import type { TenantFacts } from './caller.ts';
import type { Deps } from './deps.ts';
import { describeLocation, presentBooking } from './present-booking.ts';

const ALARM_MINUTES = 15;

/** A booking as an entry of its reader's calendar, masked as for that reader. It names no attendee, since calendar services write to those. */
export function calendarEntryOf(
  deps: Deps,
  tenant: TenantFacts,
  reader: Reader,
  record: BookingRecord,
  tokens: readonly BookingTokenTable[],
): CalendarMeeting {
  const seen = presentBooking(deps, tenant, reader, record, tokens);
  const others = [...seen.hosts.map((host) => host.name), seen.invitee.name].filter((name) => name !== '');
  const parts = [others.join(', '), contactLines(reader, seen).join('\n'), seen.links.manage ?? ''];
  const isOff = seen.status === 'cancelled' || seen.status === 'declined' || seen.status === 'expired';
  return {
    uid: uidOf(record.booking_id),
    sequence: record.sequence,
    method: 'PUBLISH',
    startMs: record.start_at.getTime(),
    endMs: record.end_at.getTime(),
    stampMs: record.updated_at.getTime(),
    summary: `${seen.title}: ${others.join(', ')}`,
    description: parts.filter((part) => part !== '').join('\n\n'),
    location: describeLocation(seen.location, record.room_url),
    url: seen.links.manage ?? null,
    organizer: null,
    attendee: null,
    status: isOff ? 'CANCELLED' : seen.status === 'requested' ? 'TENTATIVE' : 'CONFIRMED',
    alarmsMinutesBefore: isOff ? [] : [ALARM_MINUTES],
    productName: tenant.settings.brand.name ?? tenant.settings.name,
  };
}

/** The id of a booking in every calendar, for its whole life. */
export function uidOf(bookingId: string): string {
  return `${bookingId}@parley`;
}
