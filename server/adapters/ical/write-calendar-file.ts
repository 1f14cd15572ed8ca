import { ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import { addEvent } from './add-event.ts';
import type { CalendarMeeting } from './calendar-meeting.ts';
import { plainText } from './plain-text.ts';

/**
 * One meeting as the text of an `.ics` file: UTC times, CRLF line ends, folded at 75 octets, one VEVENT, one METHOD (RFC 5545, 5546).
 * The same meeting always gives the same text. REQUEST and CANCEL without `organizer` and `attendee` throw: mail programs drop
 * such a file without a word.
 */
export function writeCalendarFile(meeting: CalendarMeeting): string {
  if (meeting.method !== 'PUBLISH' && (meeting.organizer === null || meeting.attendee === null)) {
    throw new TypeError(`calendar file: ${meeting.method} of ${meeting.uid} needs an organizer and an attendee`);
  }
  const calendar = new ICalCalendar({ prodId: productId(meeting.productName), method: ICalCalendarMethod[meeting.method] });
  addEvent(calendar, meeting);
  return `${calendar.toString()}\r\n`;
}

/** The PRODID of our files, `-//NAME//Scheduling//EN`, without its first hyphen, which ical-generator writes itself. */
export function productId(productName: string): string {
  const name = plainText(productName).replaceAll('\n', ' ').replaceAll('/', ' ').trim();
  return `//${name || 'Scheduling'}//Scheduling//EN`;
}
