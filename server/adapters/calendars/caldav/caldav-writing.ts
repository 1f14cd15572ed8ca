import { createHash } from 'node:crypto';
import { ICalCalendar } from 'ical-generator';
import type { Clock } from '../../clock.ts';
import { addEvent } from '../../ical/add-event.ts';
import { productId } from '../../ical/write-calendar-file.ts';
import type { CallOutcome, EventWriting, OutsideCalendar, OwnEvent, WrittenEvent } from '../contract.ts';
import { failureOfStatus } from '../failures.ts';
import type { Dav, OpenDav } from './open-dav.ts';

/** Writes our events as one file each, named after the uid, which is also the event's id. */
export function caldavWriting(
  open: OpenDav,
  clock: Clock,
  makeCalendar: (dav: Dav, name: string) => Promise<OutsideCalendar>,
): EventWriting {
  const put = (dav: Dav, calendarId: string, event: OwnEvent, condition: Record<string, string>): Promise<Response> =>
    dav.fetch(eventUrl(calendarId, event.uid), {
      method: 'PUT',
      headers: { ...dav.headers, 'content-type': 'text/calendar; charset=utf-8', ...condition },
      body: fileOf(event, clock.nowMs()),
    });
  const written = (response: Response, uid: string): CallOutcome<WrittenEvent> =>
    response.ok
      ? { ok: true, value: { eventId: uid, etag: response.headers.get('etag'), meetingUrl: null } }
      : failureOfStatus(response.status, 'the CalDAV server', response.headers.get('retry-after'), clock.nowMs());
  return {
    meetingLink: null,
    createCalendar: (credentials, name, call) =>
      open(credentials, call, async (dav) => ({ ok: true, value: await makeCalendar(dav, name) })),
    createEvent: (credentials, calendarId, event, call) =>
      open(credentials, call, async (dav) => {
        const created = await put(dav, calendarId, event, { 'if-none-match': '*' });
        return written(created.status === 412 ? await put(dav, calendarId, event, {}) : created, event.uid);
      }),
    updateEvent: (credentials, calendarId, { eventId, etag }, event, call) =>
      open(credentials, call, async (dav) =>
        written(await put(dav, calendarId, { ...event, uid: eventId }, etag === null ? {} : { 'if-match': etag }), eventId),
      ),
    removeEvent: (credentials, calendarId, eventId, call) =>
      open(credentials, call, async (dav) => {
        const response = await dav.fetch(eventUrl(calendarId, eventId), { method: 'DELETE', headers: dav.headers });
        if (response.ok || response.status === 404 || response.status === 410) return { ok: true, value: null };
        return failureOfStatus(response.status, 'the CalDAV server', response.headers.get('retry-after'), clock.nowMs());
      }),
  };
}

/** Where the event of a uid is kept in a calendar. */
export function eventUrl(calendarId: string, uid: string): string {
  const name = `parley-${createHash('sha256').update(uid).digest('hex').slice(0, 40)}.ics`;
  return new URL(name, calendarId.endsWith('/') ? calendarId : `${calendarId}/`).href;
}

/** A stored object carries no METHOD (RFC 4791, 4.1), no organizer and no attendee: the server must not send invitations of its own. */
function fileOf(event: OwnEvent, nowMs: number): string {
  const calendar = new ICalCalendar({ prodId: productId('Parley') });
  addEvent(calendar, {
    uid: event.uid,
    sequence: event.sequence,
    method: 'PUBLISH',
    startMs: event.startMs,
    endMs: event.endMs,
    stampMs: nowMs,
    summary: event.summary,
    description: event.description,
    location: event.location,
    url: null,
    organizer: null,
    attendee: null,
    status: event.tentative ? 'TENTATIVE' : 'CONFIRMED',
    alarmsMinutesBefore: [],
    productName: 'Parley',
  });
  return `${calendar.toString()}\r\n`;
}
