import { createHash } from 'node:crypto';
import type { calendar_v3 } from '@googleapis/calendar';
import type { CallOptions, CallOutcome, Credentials, EventWriting, OwnEvent, WrittenEvent } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { callGoogle, type GoogleCall } from './call-google.ts';

const WRITTEN_FIELDS = 'id,etag,hangoutLink';

/** Writes our events. The id is made from the uid, so a repeated insert meets 409 and becomes an update. */
export function googleWriting(open: (credentials: Credentials, call?: CallOptions) => GoogleCall): EventWriting {
  return {
    meetingLink: 'googleMeet',
    createCalendar: async (credentials, name, call) => {
      const google = open(credentials, call);
      const answer = await callGoogle(google, (options) =>
        google.api.calendars.insert({ requestBody: { summary: name }, fields: 'id,summary' }, options),
      );
      if (!answer.ok) return answer;
      const { id } = answer.value;
      if (typeof id !== 'string') return unavailable('Google made a calendar without an id');
      return { ok: true, value: { id, name, primary: false, writable: true } };
    },
    createEvent: async (credentials, calendarId, event, call) => {
      const google = open(credentials, call);
      const id = googleEventId(event.uid);
      const requestBody = { id, ...bodyOf(event) };
      const inserted = await writtenOf(
        callGoogle(google, (options) => google.api.events.insert({ calendarId, requestBody, fields: WRITTEN_FIELDS, ...EXTRAS }, options)),
      );
      // The id is taken, perhaps by an event that was deleted before.
      return !inserted.ok && inserted.reason === 'conflict' ? await update(google, calendarId, id, null, event) : inserted;
    },
    updateEvent: (credentials, calendarId, { eventId, etag }, event, call) =>
      update(open(credentials, call), calendarId, eventId, etag, event),
    removeEvent: async (credentials, calendarId, eventId, call) => {
      const google = open(credentials, call);
      const answer = await callGoogle(google, (options) => google.api.events.delete({ calendarId, eventId, sendUpdates: 'none' }, options));
      return answer.ok || answer.reason === 'notFound' || answer.reason === 'gone' ? { ok: true, value: null } : answer;
    },
  };
}

/** Google allows a to v and 0 to 9 in ids (base32hex), 5 to 1024 of them. */
export function googleEventId(uid: string): string {
  return `p${createHash('sha256').update(uid).digest('hex')}`;
}

const EXTRAS = { conferenceDataVersion: 1, sendUpdates: 'none' } as const;

function update(
  google: GoogleCall,
  calendarId: string,
  eventId: string,
  etag: string | null,
  event: OwnEvent,
): Promise<CallOutcome<WrittenEvent>> {
  return writtenOf(
    callGoogle(
      google,
      (options) => google.api.events.patch({ calendarId, eventId, requestBody: bodyOf(event), fields: WRITTEN_FIELDS, ...EXTRAS }, options),
      etag,
    ),
  );
}

async function writtenOf(answer: Promise<CallOutcome<calendar_v3.Schema$Event>>): Promise<CallOutcome<WrittenEvent>> {
  const written = await answer;
  if (!written.ok) return written;
  const { id, etag, hangoutLink } = written.value;
  if (typeof id !== 'string') return unavailable('Google wrote an event without an id');
  return { ok: true, value: { eventId: id, etag: etag ?? null, meetingUrl: hangoutLink ?? null } };
}

/** No attendees: the other side hears of the booking from us, masked as the policy says, and never from Google. */
function bodyOf(event: OwnEvent): calendar_v3.Schema$Event {
  return {
    summary: event.summary,
    description: event.description,
    location: event.location,
    start: { dateTime: new Date(event.startMs).toISOString() },
    end: { dateTime: new Date(event.endMs).toISOString() },
    // An event deleted before is brought back by this.
    status: event.tentative ? 'tentative' : 'confirmed',
    reminders: { useDefault: true },
    ...(event.meetingLink
      ? { conferenceData: { createRequest: { requestId: googleEventId(event.uid), conferenceSolutionKey: { type: 'hangoutsMeet' } } } }
      : {}),
  };
}
