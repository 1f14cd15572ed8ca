import { systemClock } from '../../../server/adapters/clock.ts';
import { createCaldavCalendar } from '../../../server/adapters/calendars/caldav/caldav-calendar.ts';
import { eventUrl } from '../../../server/adapters/calendars/caldav/caldav-writing.ts';
import type { Access, CalendarProvider, Credentials } from '../../../server/adapters/calendars/contract.ts';
import { createGoogleCalendar } from '../../../server/adapters/calendars/google/google-calendar.ts';
import { createIcsFeed } from '../../../server/adapters/calendars/ics/ics-feed.ts';
import { createMicrosoftCalendar } from '../../../server/adapters/calendars/microsoft/microsoft-calendar.ts';
import { challengeOf } from '../../../server/adapters/calendars/oauth/oauth-login.ts';
import {
  createSimulatedCalendar,
  deleteEvent,
  EMPTY_SIMULATION,
  moveEvent,
  type SimulatedState,
} from '../../../server/adapters/calendars/simulated/simulated-calendar.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { type FakeGoogle, GOOGLE_CLIENT, startFakeGoogle } from '../../fakes/fake-google.ts';
import { type FakeGraph, MICROSOFT_CLIENT, startFakeGraph } from '../../fakes/fake-graph.ts';
import type { FakeOAuth } from '../../fakes/fake-oauth.ts';
import { startFakeServer } from '../../fakes/fake-server.ts';
import { readCalendarEvents } from './read-calendar-events.ts';
import { basic, type CaldavServer } from './caldav-servers.ts';
import { type CalendarWorld, type OutsideEvent, SECRET_PERSON, SECRET_PLACE, SECRET_TITLE } from './calendar-world.ts';

export interface GoogleWorld extends CalendarWorld {
  readonly fake: FakeGoogle;
}

export async function startGoogleWorld(access: Access = 'writeAnyCalendar'): Promise<GoogleWorld> {
  const fake = await startFakeGoogle();
  const provider = createGoogleCalendar({ ...GOOGLE_CLIENT, apiUrl: fake.url, oauthUrl: fake.url }, systemClock);
  const calendarId = 'host@example.com';
  const iso = ({ startMs, endMs }: OutsideEvent) => ({
    start: { dateTime: new Date(startMs).toISOString() },
    end: { dateTime: new Date(endMs).toISOString() },
  });
  let added = 0;
  return {
    fake,
    provider,
    credentials: await logIn(provider, fake.oauth, GOOGLE_CLIENT.redirectUri, access),
    calendarId,
    addOutside: async (event) => {
      added += 1;
      const attendees = [
        { email: SECRET_PERSON, responseStatus: 'accepted' },
        { email: 'host@example.com', self: true, responseStatus: 'accepted' },
      ];
      fake.putEvent(calendarId, {
        id: `outside${added}`,
        summary: SECRET_TITLE,
        description: SECRET_TITLE,
        location: SECRET_PLACE,
        attendees,
        ...iso(event),
      });
    },
    readOutside: async () =>
      [...(fake.calendars.get(calendarId)?.events.values() ?? [])].flatMap(({ status, start, end, summary = '', description = '' }) =>
        status === 'cancelled'
          ? []
          : [{ startMs: Date.parse(start.dateTime ?? ''), endMs: Date.parse(end.dateTime ?? ''), summary, description }],
      ),
    moveOutside: async (id, time) => void fake.putEvent(calendarId, { id, ...iso(time) }),
    deleteOutside: async (id) => void fake.putEvent(calendarId, { id, status: 'cancelled' }),
    loseSyncTokens: () => fake.expireSyncTokens(),
    problems: () => fake.problems,
    stop: () => fake.stop(),
  };
}

export interface MicrosoftWorld extends CalendarWorld {
  readonly fake: FakeGraph;
}

export async function startMicrosoftWorld(access: Access = 'writeAnyCalendar'): Promise<MicrosoftWorld> {
  const fake = await startFakeGraph();
  const provider = createMicrosoftCalendar({ ...MICROSOFT_CLIENT, apiUrl: fake.url, oauthUrl: fake.url }, systemClock);
  const graphTime = (ms: number) => ({ dateTime: `${new Date(ms).toISOString().slice(0, 19)}.0000000`, timeZone: 'UTC' });
  const times = ({ startMs, endMs }: OutsideEvent) => ({ start: graphTime(startMs), end: graphTime(endMs) });
  let added = 0;
  return {
    fake,
    provider,
    credentials: await logIn(provider, fake.oauth, MICROSOFT_CLIENT.redirectUri, access),
    calendarId: 'AAMk=default',
    addOutside: async (event) => {
      added += 1;
      const secrets = {
        subject: SECRET_TITLE,
        location: { displayName: SECRET_PLACE },
        attendees: [{ emailAddress: { address: SECRET_PERSON } }],
      };
      fake.putEvent({ id: `outside-${added}`, ...secrets, ...times(event) });
    },
    readOutside: async () =>
      [...fake.events.values()].flatMap(({ deleted, start, end, subject = '', body }) =>
        deleted ? [] : [{ startMs: msOf(start), endMs: msOf(end), summary: subject, description: body?.content ?? '' }],
      ),
    moveOutside: async (id, time) => void fake.putEvent({ id, ...times(time) }),
    deleteOutside: async (id) => void fake.putEvent({ id, deleted: true }),
    loseSyncTokens: () => fake.expireSyncTokens(),
    problems: () => fake.problems,
    stop: () => fake.stop(),
  };
}

function msOf({ dateTime }: { dateTime: string }): number {
  return Date.parse(`${dateTime.slice(0, 19)}Z`);
}

/** The whole way a host goes: authorize address, consent, code, tokens. */
export async function logIn(provider: CalendarProvider, oauth: FakeOAuth, redirectUri: string, access: Access): Promise<Credentials> {
  const codeVerifier = 'a-verifier-that-is-at-least-43-characters-long-0123456789';
  const url = provider.login?.authorizeUrl({ access, state: 'signed-state', codeChallenge: challengeOf(codeVerifier), redirectUri });
  const { code } = oauth.consent(url ?? '');
  const outcome = await provider.login?.exchange({ code, codeVerifier, redirectUri });
  if (outcome?.ok !== true) throw new Error(`cannot log in: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

export async function startCaldavWorld(start: () => Promise<CaldavServer>): Promise<CalendarWorld> {
  const server = await start();
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const headers = { authorization: basic(server), 'content-type': 'text/calendar; charset=utf-8' };
  const put = async (url: string, lines: readonly string[]): Promise<void> => {
    const body = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Other program//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
    const response = await fetch(url, { method: 'PUT', headers, body });
    if (!response.ok) throw new Error(`cannot put: ${response.status} ${await response.text()}`);
  };
  let added = 0;
  return {
    provider: createCaldavCalendar(outbound, systemClock),
    credentials: { kind: 'password', url: server.url, username: server.username, password: server.password },
    calendarId: server.calendarUrl,
    addOutside: async (event) => {
      added += 1;
      await put(`${server.calendarUrl}outside-${added}.ics`, eventLines(`outside-${added}`, event));
    },
    readOutside: () => readCalendarEvents(server),
    moveOutside: (uid, time) => put(eventUrl(server.calendarUrl, uid), eventLines(uid, time)),
    deleteOutside: async (uid) => {
      const response = await fetch(eventUrl(server.calendarUrl, uid), { method: 'DELETE', headers });
      if (!response.ok) throw new Error(`cannot delete: ${response.status}`);
    },
    loseSyncTokens: null,
    problems: () => [],
    stop: async () => {
      outbound.close();
      await server.stop();
    },
  };
}

function eventLines(uid: string, { startMs, endMs }: OutsideEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${icsTime(startMs)}`,
    `DTEND:${icsTime(endMs)}`,
    `SUMMARY:${SECRET_TITLE}`,
    `DESCRIPTION:${SECRET_TITLE}`,
    `LOCATION:${SECRET_PLACE}`,
    `ORGANIZER:mailto:${SECRET_PERSON}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${SECRET_PERSON}`,
    'END:VEVENT',
  ];
}

export function icsTime(instantMs: number): string {
  return new Date(instantMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

export async function startIcsWorld(): Promise<CalendarWorld> {
  const lines: string[] = [];
  const fake = await startFakeServer(({ headers }) => {
    const body = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Feed//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
    const etag = `"${lines.length}"`;
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return { status: 200, headers: { 'content-type': 'text/calendar; charset=utf-8', etag }, body };
  });
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  return {
    provider: createIcsFeed(outbound, systemClock),
    credentials: { kind: 'feed', url: `${fake.url}/calendar.ics` },
    calendarId: 'feed',
    addOutside: async (event) => void lines.push(...eventLines(`outside-${lines.length}`, event)),
    readOutside: null,
    moveOutside: null,
    deleteOutside: null,
    loseSyncTokens: null,
    problems: () => fake.problems,
    stop: async () => {
      outbound.close();
      await fake.stop();
    },
  };
}

export async function startSimulatedWorld(): Promise<CalendarWorld> {
  let state: SimulatedState = EMPTY_SIMULATION;
  const change = async (_: string, how: (before: SimulatedState) => SimulatedState): Promise<SimulatedState> => (state = how(state));
  const provider = createSimulatedCalendar({ read: async () => state, change });
  return {
    provider,
    credentials: { kind: 'simulated', connectionId: 'con_1' },
    calendarId: 'simulated',
    addOutside: async ({ startMs, endMs }) => {
      state = { ...state, busy: [...state.busy, { startMs, endMs, kind: 'busy', allDay: false }] };
    },
    readOutside: async () => [
      ...state.busy.map(({ startMs, endMs }) => ({ startMs, endMs, summary: SECRET_TITLE, description: '' })),
      ...state.events.filter(({ deleted }) => !deleted),
    ],
    moveOutside: async (eventId, { startMs, endMs }) => void (state = moveEvent(state, eventId, startMs, endMs)),
    deleteOutside: async (eventId) => void (state = deleteEvent(state, eventId)),
    loseSyncTokens: () => (state = { ...state, revision: -1 }),
    problems: () => [],
    stop: async () => {},
  };
}
