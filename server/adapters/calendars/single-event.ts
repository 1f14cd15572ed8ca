import type { CalendarEvent, EventStanding, EventTime } from '../../domain/calendars/calendar-event.ts';

/** An event that does not repeat, as services give them that expand series themselves. */
export function singleEvent(uid: string, start: EventTime, end: EventTime, standing: EventStanding): CalendarEvent {
  return {
    uid,
    sequence: 0,
    start,
    length: { kind: 'until', end },
    rules: [],
    exclusionRules: [],
    extraStarts: [],
    excludedStarts: [],
    recurrenceId: null,
    ...standing,
  };
}
