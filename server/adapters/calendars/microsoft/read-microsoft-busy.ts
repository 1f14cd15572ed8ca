import { busyOfEvents } from '../../../domain/calendars/busy-of-events.ts';
import type { CalendarEvent, EventStanding } from '../../../domain/calendars/calendar-event.ts';
import type { BusyInterval } from '../../../domain/calendars/busy-interval.ts';
import type { BusyQuestion, BusyReading, CallOutcome } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { field, textField } from '../http/request-json.ts';
import { singleEvent } from '../single-event.ts';
import { type GraphCall, readPages } from './call-graph.ts';
import { readGraphTime } from './graph-time.ts';

const FIELDS = 'id,start,end,isAllDay,isCancelled,showAs,responseStatus';

/** Lists each calendar's instances with times and answers only. Graph expands series itself. */
export async function readMicrosoftBusy(graph: GraphCall, question: BusyQuestion): Promise<CallOutcome<BusyReading>> {
  const busy: BusyInterval[] = [];
  for (const calendarId of question.calendarIds) {
    const found = await readCalendar(graph, calendarId, question);
    if (!found.ok) return found;
    busy.push(...found.value);
  }
  return { ok: true, value: { kind: 'read', busy, validators: null, unreadable: 0, unknownZones: 0 } };
}

async function readCalendar(graph: GraphCall, calendarId: string, question: BusyQuestion): Promise<CallOutcome<readonly BusyInterval[]>> {
  const range = `startDateTime=${iso(question.fromMs)}&endDateTime=${iso(question.untilMs)}`;
  const pages = await readPages(graph, `/me/calendars/${encodeURIComponent(calendarId)}/calendarView?${range}&$select=${FIELDS}&$top=500`);
  if (!pages.ok) return pages;
  const events: CalendarEvent[] = [];
  for (const item of pages.value.items) {
    const event = eventOf(item);
    if (event === null) return unavailable('Microsoft gave an event whose time cannot be read');
    events.push(event);
  }
  const answer = busyOfEvents({ ...question, events, ownUids: question.ownEventIds });
  return answer.ok ? { ok: true, value: answer.busy } : unavailable('the calendar has too many events');
}

function eventOf(item: unknown): CalendarEvent | null {
  const id = textField(item, 'id');
  const isAllDay = field(item, 'isAllDay') === true;
  const start = readGraphTime(field(item, 'start'), isAllDay);
  const end = readGraphTime(field(item, 'end'), isAllDay);
  return id === null || start === null || end === null ? null : singleEvent(id, start, end, standingOf(item));
}

const SHOWN_AS: Readonly<Record<string, EventStanding['shownAs']>> = {
  free: 'free',
  tentative: 'tentative',
  oof: 'outOfOffice',
  workingElsewhere: 'workingElsewhere',
};
const ANSWERS: Readonly<Record<string, EventStanding['answer']>> = {
  organizer: 'accepted',
  accepted: 'accepted',
  tentativelyAccepted: 'tentative',
  declined: 'declined',
  notResponded: 'unanswered',
};

/** `none` is how Graph answers for events without invitations. */
function standingOf(item: unknown): EventStanding {
  return {
    status: field(item, 'isCancelled') === true ? 'cancelled' : 'confirmed',
    transparent: false,
    shownAs: SHOWN_AS[textField(item, 'showAs') ?? ''] ?? 'busy',
    answer: ANSWERS[textField(field(item, 'responseStatus'), 'response') ?? ''] ?? 'none',
  };
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
