import { createHash } from 'node:crypto';
import type { CallOptions, CallOutcome, Credentials, EventWriting, OwnEvent, WrittenEvent } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { field, textField } from '../http/request-json.ts';
import { callGraph, type GraphCall } from './call-graph.ts';

/** A named property of our own on each event, by which it is found again. The GUID is ours and says nothing. */
const UID_PROPERTY = 'String {5f2f0c1e-6b1b-4d0a-9d2a-6f3a7f1b9c55} Name ParleyUid';

/**
 * Writes our events. Graph gives events ids of its own; a repeated POST is stopped by `transactionId`, and the event is then found by the
 * property that carries its uid.
 */
export function microsoftWriting(open: (credentials: Credentials, call?: CallOptions) => GraphCall): EventWriting {
  return {
    meetingLink: 'teams',
    createCalendar: async (credentials, name, call) => {
      const answer = await callGraph(open(credentials, call), '/me/calendars', { method: 'POST', body: { name } });
      if (!answer.ok) return answer;
      const id = textField(answer.value, 'id');
      return id === null
        ? unavailable('Microsoft made a calendar without an id')
        : { ok: true, value: { id, name, primary: false, writable: true } };
    },
    createEvent: async (credentials, calendarId, event, call) => {
      const graph = open(credentials, call);
      const created = await create(graph, calendarId, event, event.uid);
      if (created.ok || created.reason !== 'conflict') return created;
      const eventId = await findByUid(graph, calendarId, event.uid);
      if (!eventId.ok) return eventId;
      if (eventId.value !== null) return await update(graph, { eventId: eventId.value, etag: null }, event);
      // Made before and deleted since: Graph remembers the transaction, not the event.
      return await create(graph, calendarId, event, `${event.uid} again ${event.sequence}`);
    },
    updateEvent: (credentials, _calendarId, written, event, call) => update(open(credentials, call), written, event),
    removeEvent: async (credentials, _calendarId, eventId, call) => {
      const answer = await callGraph(open(credentials, call), `/me/events/${encodeURIComponent(eventId)}`, { method: 'DELETE' });
      return answer.ok || answer.reason === 'notFound' || answer.reason === 'gone' ? { ok: true, value: null } : answer;
    },
  };
}

function eventsOf(calendarId: string): string {
  return `/me/calendars/${encodeURIComponent(calendarId)}/events`;
}

async function create(graph: GraphCall, calendarId: string, event: OwnEvent, transaction: string): Promise<CallOutcome<WrittenEvent>> {
  const transactionId = createHash('sha256').update(transaction).digest('hex');
  const body = { ...bodyOf(event), transactionId, singleValueExtendedProperties: [{ id: UID_PROPERTY, value: event.uid }] };
  return writtenOf(await callGraph(graph, eventsOf(calendarId), { method: 'POST', body }));
}

async function findByUid(graph: GraphCall, calendarId: string, uid: string): Promise<CallOutcome<string | null>> {
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${UID_PROPERTY}' and ep/value eq '${uid.replaceAll("'", "''")}')`;
  const answer = await callGraph(graph, `${eventsOf(calendarId)}?$select=id&$top=1&$filter=${encodeURIComponent(filter)}`);
  if (!answer.ok) return answer;
  const found = field(answer.value, 'value');
  return { ok: true, value: Array.isArray(found) ? textField(found[0], 'id') : null };
}

async function update(
  graph: GraphCall,
  { eventId, etag }: { eventId: string; etag: string | null },
  event: OwnEvent,
): Promise<CallOutcome<WrittenEvent>> {
  const path = `/me/events/${encodeURIComponent(eventId)}`;
  return writtenOf(await callGraph(graph, path, { method: 'PATCH', body: bodyOf(event), ifMatch: etag }));
}

function writtenOf(answer: CallOutcome<unknown>): CallOutcome<WrittenEvent> {
  if (!answer.ok) return answer;
  const eventId = textField(answer.value, 'id');
  if (eventId === null) return unavailable('Microsoft wrote an event without an id');
  const meetingUrl = textField(field(answer.value, 'onlineMeeting'), 'joinUrl');
  return { ok: true, value: { eventId, etag: textField(answer.value, '@odata.etag'), meetingUrl } };
}

/** No attendees: the other side hears of the booking from us, masked as the policy says, and never from Microsoft. */
function bodyOf(event: OwnEvent): Record<string, unknown> {
  return {
    subject: event.summary,
    body: { contentType: 'text', content: event.description },
    location: { displayName: event.location },
    start: { dateTime: iso(event.startMs), timeZone: 'UTC' },
    end: { dateTime: iso(event.endMs), timeZone: 'UTC' },
    showAs: event.tentative ? 'tentative' : 'busy',
    ...(event.meetingLink ? { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' } : {}),
  };
}

/** Graph takes times without an offset beside their zone. */
function iso(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19);
}
