import type { calendar_v3 } from '@googleapis/calendar';
import { DAY_MS } from '../../../../shared/time/local-date.ts';
import { parseInstant } from '../../../../shared/time/instant.ts';
import { parseLocalDate } from '../../../../shared/time/local-date.ts';
import { busyOfEvents } from '../../../domain/calendars/busy-of-events.ts';
import type { BusyInterval } from '../../../domain/calendars/busy-interval.ts';
import type { CalendarEvent, EventStanding, EventTime } from '../../../domain/calendars/calendar-event.ts';
import type { BusyQuestion, BusyReading, CallOutcome } from '../contract.ts';
import { failed, unavailable } from '../failures.ts';
import { singleEvent } from '../single-event.ts';
import { callGoogle, type GoogleCall } from './call-google.ts';

/** Of one freeBusy question, which Google limits in calendars and in time. */
const CALENDARS_AT_ONCE = 50;
const DAYS_AT_ONCE = 60;
const EVENT_FIELDS = 'items(id,status,transparency,eventType,start,end,attendees(self,responseStatus)),nextPageToken';

/**
 * Calendars that receive no bookings are asked for merged busy time only. The one that does is listed event by event, since merged times would contain
 * our own; the field mask leaves out titles, and of the attendees asks for nothing but the host's own answer.
 */
export async function readGoogleBusy(google: GoogleCall, question: BusyQuestion): Promise<CallOutcome<BusyReading>> {
  const { calendarIds, writeCalendarId } = question;
  const merged = await readMerged(
    google,
    calendarIds.filter((id) => id !== writeCalendarId),
    question,
  );
  if (!merged.ok) return merged;
  const listed =
    writeCalendarId !== null && calendarIds.includes(writeCalendarId) ? await readListed(google, writeCalendarId, question) : NOTHING;
  if (!listed.ok) return listed;
  return { ok: true, value: { kind: 'read', busy: [...merged.value, ...listed.value], validators: null, unreadable: 0, unknownZones: 0 } };
}
const NOTHING: CallOutcome<readonly BusyInterval[]> = { ok: true, value: [] };

async function readMerged(
  google: GoogleCall,
  ids: readonly string[],
  { fromMs, untilMs }: BusyQuestion,
): Promise<CallOutcome<readonly BusyInterval[]>> {
  const busy: BusyInterval[] = [];
  for (let first = 0; first < ids.length; first += CALENDARS_AT_ONCE) {
    const some = ids.slice(first, first + CALENDARS_AT_ONCE);
    for (let startMs = fromMs; startMs < untilMs; startMs += DAYS_AT_ONCE * DAY_MS) {
      const endMs = Math.min(untilMs, startMs + DAYS_AT_ONCE * DAY_MS);
      const found = await askFreeBusy(google, some, startMs, endMs);
      if (!found.ok) return found;
      busy.push(...found.value);
    }
  }
  return { ok: true, value: busy };
}

async function askFreeBusy(
  google: GoogleCall,
  ids: readonly string[],
  fromMs: number,
  untilMs: number,
): Promise<CallOutcome<BusyInterval[]>> {
  const requestBody = { timeMin: iso(fromMs), timeMax: iso(untilMs), timeZone: 'UTC', items: ids.map((id) => ({ id })) };
  const answer = await callGoogle(google, (options) => google.api.freebusy.query({ requestBody }, options));
  if (!answer.ok) return answer;
  const busy: BusyInterval[] = [];
  for (const id of ids) {
    const one = answer.value.calendars?.[id];
    // A calendar that is missing or has errors beside others that have none must not pass for a free one.
    if (one === undefined) return unavailable('Google left a calendar out of its answer');
    const [error] = one.errors ?? [];
    if (error !== undefined)
      return error.reason === 'notFound'
        ? failed('notFound', 'Google has no such calendar')
        : unavailable('Google could not read a calendar');
    for (const { start, end } of one.busy ?? []) {
      const startMs = parseInstant(start ?? '');
      const endMs = parseInstant(end ?? '');
      if (startMs === null || endMs === null) return unavailable('Google gave times that cannot be read');
      busy.push({ startMs, endMs, kind: 'busy', allDay: false });
    }
  }
  return { ok: true, value: busy };
}

const MOST_PAGES = 40;

async function readListed(google: GoogleCall, calendarId: string, question: BusyQuestion): Promise<CallOutcome<readonly BusyInterval[]>> {
  const events: CalendarEvent[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: CallOutcome<calendar_v3.Schema$Events> = await callGoogle(google, (options) =>
      google.api.events.list(
        {
          calendarId,
          singleEvents: true,
          timeMin: iso(question.fromMs),
          timeMax: iso(question.untilMs),
          maxResults: 2500,
          maxAttendees: 1,
          fields: EVENT_FIELDS,
          ...(pageToken === undefined ? {} : { pageToken }),
        },
        options,
      ),
    );
    if (!page.ok) return page;
    const { items } = page.value;
    if (!Array.isArray(items)) return unavailable('Google gave a list that cannot be read');
    for (const item of items) {
      if (item.status === 'cancelled' || item.eventType === 'workingLocation') continue;
      const event = eventOf(item);
      if (event === null) return unavailable('Google gave an event whose time cannot be read');
      events.push(event);
    }
    pageToken = page.value.nextPageToken ?? undefined;
    if (pageToken === undefined) {
      const answer = busyOfEvents({ ...question, events, ownUids: question.ownEventIds });
      return answer.ok ? { ok: true, value: answer.busy } : unavailable('the calendar has too many events');
    }
  }
  return unavailable('the calendar has too many events');
}

function eventOf(item: calendar_v3.Schema$Event): CalendarEvent | null {
  const start = timeOf(item.start);
  const end = timeOf(item.end);
  return start === null || end === null || typeof item.id !== 'string' ? null : singleEvent(item.id, start, end, standingOf(item));
}

/** Start or end of an event; null when neither a date nor an instant can be read. */
export function timeOf(time: calendar_v3.Schema$EventDateTime | undefined): EventTime | null {
  const date = parseLocalDate(time?.date ?? '');
  if (date !== null) return { kind: 'date', date };
  const instantMs = parseInstant(time?.dateTime ?? '');
  return instantMs === null ? null : { kind: 'instant', instantMs };
}

const ANSWERS: Readonly<Record<string, EventStanding['answer']>> = {
  needsAction: 'unanswered',
  declined: 'declined',
  tentative: 'tentative',
  accepted: 'accepted',
};

function standingOf({ status, transparency, eventType, attendees }: calendar_v3.Schema$Event): EventStanding {
  const own = attendees?.find(({ self }) => self === true);
  return {
    status: status === 'tentative' ? 'tentative' : 'confirmed',
    transparent: transparency === 'transparent',
    shownAs: eventType === 'outOfOffice' ? 'outOfOffice' : 'busy',
    answer: own === undefined ? 'none' : (ANSWERS[own.responseStatus ?? ''] ?? 'unanswered'),
  };
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
