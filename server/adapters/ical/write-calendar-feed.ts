import { ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import { addEvent } from './add-event.ts';
import type { CalendarMeeting } from './calendar-meeting.ts';
import { plainText } from './plain-text.ts';
import { productId } from './write-calendar-file.ts';

export interface CalendarFeed {
  readonly name: string;
  readonly productName: string;
  /** How often a calendar program should come back; programs treat it as a wish. */
  readonly refreshMinutes: number;
  /** Written as PUBLISH whatever method each names; an empty list gives a valid, empty calendar. */
  readonly meetings: readonly CalendarMeeting[];
}

/** Several meetings as one calendar to subscribe to: the same rules as a single file, plus a name and a refresh interval (RFC 7986). */
export function writeCalendarFeed(feed: CalendarFeed): string {
  const calendar = new ICalCalendar({
    prodId: productId(feed.productName),
    method: ICalCalendarMethod.PUBLISH,
    name: feedName(feed.name),
    ttl: feed.refreshMinutes * 60,
  });
  for (const meeting of feed.meetings) addEvent(calendar, { ...meeting, method: 'PUBLISH' });
  return `${calendar.toString()}\r\n`;
}

/** Escaped here, because ical-generator writes a calendar's name as it stands. */
function feedName(name: string): string {
  return plainText(name)
    .replaceAll('\n', ' ')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`);
}
