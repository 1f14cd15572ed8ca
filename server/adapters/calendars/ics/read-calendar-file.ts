import type { CalendarEvent } from '../../../domain/calendars/calendar-event.ts';
import { readComponents } from './content-lines.ts';
import { readEvent } from './read-event.ts';
import { createZoneFinder } from './zone-of-tzid.ts';

/** `unreadable` counts events with something in them that could not be read, `unknownZones` zone names nobody explains. */
export interface CalendarFile {
  readonly events: readonly CalendarEvent[];
  readonly unreadable: number;
  readonly unknownZones: number;
}

export interface FileReading {
  /** The host's own mail addresses, to know their answers to invitations; empty where they are not known. */
  readonly ownAddresses: readonly string[];
}

/** Everything else in a file stays unread. */
const WANTED = new Set(
  (
    'UID SEQUENCE DTSTART DTEND DURATION RRULE EXRULE RDATE EXDATE RECURRENCE-ID STATUS TRANSP X-MICROSOFT-CDO-BUSYSTATUS ' +
    'TZID TZOFFSETFROM TZOFFSETTO X-LIC-LOCATION'
  ).split(' '),
);

/**
 * Reads an iCalendar file into what the busy rules need, and nothing of its content; null when it is no calendar file or breaks off. Broken events
 * are counted and passed over, so that one of them never hides the others. Source: RFC 5545.
 */
export function readCalendarFile(text: string, { ownAddresses }: FileReading): CalendarFile | null {
  const calendars = readComponents(text, ownAddresses.length === 0 ? WANTED : new Set([...WANTED, 'ATTENDEE']));
  if (calendars === null) return null;
  const count = { unreadable: 0, unknownZones: 0 };
  const events = calendars.flatMap(({ children }, calendarIndex) => {
    const zones = children.filter(({ name }) => name === 'VTIMEZONE');
    const zoneOf = createZoneFinder(zones, () => (count.unknownZones += 1));
    return children.flatMap((child, index) => {
      if (child.name !== 'VEVENT') return [];
      const { event, broken } = readEvent(child, { zoneOf, ownAddresses, fallbackUid: `no-uid-${calendarIndex}-${index}` });
      if (broken) count.unreadable += 1;
      return event === null ? [] : [event];
    });
  });
  return { events, ...count };
}
