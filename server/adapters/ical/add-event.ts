import {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalCalendar,
  type ICalEvent,
} from 'ical-generator';
import type { CalendarMeeting, CalendarPerson } from './calendar-meeting.ts';
import { plainText, plainUri } from './plain-text.ts';

/**
 * Adds one meeting to a calendar as a VEVENT (RFC 5545, 3.6.1).
 *
 * Times are written in UTC only: with a `timezone` set, ical-generator writes the wrong hour for a plain Date and DTSTAMP loses its Z.
 * A PUBLISH event carries no ATTENDEE (RFC 5546, 3.2.1). A meeting that ends before it starts is a mistake of the caller and throws,
 * because the library would silently swap the two.
 */
export function addEvent(calendar: ICalCalendar, meeting: CalendarMeeting): ICalEvent {
  if (!(meeting.endMs > meeting.startMs)) throw new RangeError(`calendar file: meeting ${meeting.uid} ends before it starts`);
  const event = calendar.createEvent({
    id: plainText(meeting.uid),
    sequence: meeting.sequence,
    start: new Date(meeting.startMs),
    end: new Date(meeting.endMs),
    stamp: new Date(meeting.stampMs),
    summary: plainText(meeting.summary),
    description: plainText(meeting.description),
    status: ICalEventStatus[meeting.status],
    busystatus: BUSY_STATUS[meeting.status],
    transparency: meeting.status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  });
  if (meeting.location !== '') event.location(plainText(meeting.location));
  if (meeting.url !== null) event.url(plainUri(meeting.url));
  if (meeting.organizer !== null) event.organizer(calendarAddress(meeting.organizer));
  if (meeting.attendee !== null && meeting.method !== 'PUBLISH') addAttendee(event, meeting);
  if (meeting.status !== 'CANCELLED') addAlarms(event, meeting);
  return event;
}

const BUSY_STATUS = {
  CONFIRMED: ICalEventBusyStatus.BUSY,
  TENTATIVE: ICalEventBusyStatus.TENTATIVE,
  CANCELLED: ICalEventBusyStatus.FREE,
} as const;

/** The time was agreed on before the file was written, so no answer is asked for: replies would go to an address nobody reads. */
function addAttendee(event: ICalEvent, meeting: CalendarMeeting): void {
  if (meeting.attendee === null) return;
  event.createAttendee({
    ...calendarAddress(meeting.attendee),
    role: ICalAttendeeRole.REQ,
    status: meeting.status === 'TENTATIVE' ? ICalAttendeeStatus.TENTATIVE : ICalAttendeeStatus.ACCEPTED,
    rsvp: false,
  });
}

function addAlarms(event: ICalEvent, meeting: CalendarMeeting): void {
  for (const minutes of new Set(meeting.alarmsMinutesBefore)) {
    event.createAlarm({ type: ICalAlarmType.display, trigger: minutes * 60, description: plainText(meeting.summary) });
  }
}

/** A double quote in a name becomes an apostrophe: the library writes it by RFC 6868, which Outlook shows raw. */
function calendarAddress(person: CalendarPerson): { name: string; email: string } {
  const email = plainText(person.email).replaceAll('\n', '');
  const name = plainText(person.name).replaceAll('\n', ' ').replaceAll('"', "'").replaceAll('^', '').trim();
  return { name: name || email, email };
}
