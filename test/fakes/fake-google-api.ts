import { applyFieldMask } from './field-mask.ts';
import { type FakeAnswer, type FakeRequest, Refusal } from './fake-server.ts';

/** As the API writes it (https://developers.google.com/workspace/calendar/api/v3/reference/events), with what leaks would show. */
export interface GoogleEvent {
  id: string;
  status: 'confirmed' | 'tentative' | 'cancelled';
  etag: string;
  summary?: string;
  description?: string;
  location?: string;
  start: { dateTime?: string; date?: string };
  end: { dateTime?: string; date?: string };
  transparency?: string;
  eventType?: string;
  attendees?: { email: string; self?: boolean; responseStatus: string }[];
  hangoutLink?: string;
  revision: number;
}

export interface FakeGoogleCalendar {
  readonly id: string;
  readonly summary: string;
  readonly primary: boolean;
  readonly accessRole: string;
  readonly events: Map<string, GoogleEvent>;
}

export interface GoogleChannel {
  readonly calendarId: string;
  readonly token: string;
  readonly resourceId: string;
  readonly address: string;
}

/** Pages are small, so that paging is always met. */
const PAGE_SIZE = 2;

const MADE = 'made-';

/** Google's error body; `reason` is what clients look at. */
export function googleError(status: number, reason: string, message: string, headers: Record<string, string> = {}): FakeAnswer {
  return { status, headers, body: { error: { code: status, message, errors: [{ domain: 'global', reason, message }] } } };
}

/** Of a calendar or event that is not there. */
export class Missing extends Error {}

/** What the API works on. */
export interface GoogleData {
  readonly calendarOf: (id: string) => FakeGoogleCalendar;
  readonly calendars: Map<string, FakeGoogleCalendar>;
  readonly channels: Map<string, GoogleChannel>;
  readonly putEvent: (calendarId: string, event: Partial<GoogleEvent> & Pick<GoogleEvent, 'id'>) => GoogleEvent;
  readonly addCalendar: (id: string, summary: string, primary: boolean) => FakeGoogleCalendar;
  /** `slowLinks`: so many answers leave out the link of a call that was asked for. */
  readonly state: { revision: number; oldestToken: number; calendars: number; slowLinks: number };
}

/** Answers one request of somebody with these scopes (without their common beginning). */
export function answerGoogle(request: FakeRequest, scopes: readonly string[], api: GoogleData): FakeAnswer {
  const { method, url } = request;
  const path = url.pathname.replace(/^\/calendar\/v3/, '');
  const [, calendarId = '', eventId] =
    /^\/calendars\/([^/]+)\/events(?:\/([^/]+))?$/.exec(path)?.map((part) => decodeURIComponent(part ?? '')) ?? [];
  const answer = ((): FakeAnswer => {
    if (`${method} ${path}` === 'GET /users/me/calendarList') {
      need(scopes, 'calendar.calendarlist.readonly');
      allow(url, ['maxResults', 'fields', 'pageToken']);
      return listCalendars(url, api);
    }
    if (`${method} ${path}` === 'POST /freeBusy') {
      need(scopes, 'calendar.freebusy');
      return freeBusy(bodyOf(request, ['timeMin', 'timeMax', 'timeZone', 'items']), api);
    }
    if (`${method} ${path}` === 'POST /calendars') {
      need(scopes, 'calendar.app.created');
      const { summary } = bodyOf(request, ['summary']);
      api.state.calendars += 1;
      const { id } = api.addCalendar(`${MADE}${api.state.calendars}@group.calendar.google.com`, String(summary), false);
      return { status: 200, body: { kind: 'calendar#calendar', id, summary } };
    }
    if (`${method} ${path}` === 'POST /channels/stop') {
      const { id, resourceId } = bodyOf(request, ['id', 'resourceId']);
      const channel = api.channels.get(String(id));
      if (channel === undefined || channel.resourceId !== resourceId) throw new Missing();
      api.channels.delete(String(id));
      return { status: 204 };
    }
    if (calendarId === '') throw new Refusal(googleError(404, 'notFound', 'no such path'), 'no such path');
    // The narrower right ends at the calendars the program made itself.
    needOneOf(scopes, calendarId.startsWith(MADE) ? ['calendar.events.owned', 'calendar.app.created'] : ['calendar.events.owned']);
    if (eventId === 'watch' && method === 'POST')
      return watch(calendarId, bodyOf(request, ['id', 'token', 'type', 'address', 'params']), api);
    if (eventId === undefined || eventId === '')
      return method === 'GET' ? listEvents(url, calendarId, api) : insertEvent(request, calendarId, api);
    if (method === 'PATCH') return patchEvent(request, calendarId, eventId, api);
    if (method === 'DELETE') return deleteEvent(url, calendarId, eventId, api);
    throw new Refusal(googleError(405, 'httpMethodNotAllowed', method), 'no such method');
  })();
  const fields = url.searchParams.get('fields');
  return fields === null || answer.status >= 300 ? answer : { ...answer, body: applyFieldMask(answer.body, fields) };
}

function need(scopes: readonly string[], scope: string): void {
  needOneOf(scopes, [scope]);
}

/** Programs are expected to try without the right, and to bear the answer. */
function needOneOf(scopes: readonly string[], anyOf: readonly string[]): void {
  if (anyOf.some((scope) => scopes.includes(scope))) return;
  throw new Refusal(
    googleError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.'),
    `needs ${anyOf.join(' or ')}`,
    true,
  );
}

function bad(why: string): Refusal {
  return new Refusal(googleError(400, 'badRequest', why), why);
}

function allow(url: URL, names: readonly string[]): void {
  for (const name of url.searchParams.keys()) if (!names.includes(name)) throw bad(`unknown parameter ${name}`);
}

function bodyOf(request: FakeRequest, names: readonly string[]): Record<string, unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) throw bad('not JSON');
  const body = JSON.parse(request.text) as Record<string, unknown>;
  for (const name of Object.keys(body)) if (!names.includes(name)) throw bad(`unknown field ${name}`);
  return body;
}

function instant(value: unknown): number {
  if (typeof value !== 'string' || !/(?:Z|[+-]\d\d:\d\d)$/.test(value) || Number.isNaN(Date.parse(value)))
    throw bad(`no RFC 3339 instant: ${String(value)}`);
  return Date.parse(value);
}

function pageOf(url: URL, items: readonly unknown[], last: Record<string, unknown>): Record<string, unknown> {
  const first = Number(url.searchParams.get('pageToken')?.replace('page-', '') ?? 0);
  const next = first + PAGE_SIZE;
  return { items: items.slice(first, next), ...(next < items.length ? { nextPageToken: `page-${next}` } : last) };
}

function listCalendars(url: URL, { calendars }: GoogleData): FakeAnswer {
  const items = [...calendars.values()].map(({ id, summary, primary, accessRole }) => ({
    id,
    summary,
    accessRole,
    ...(primary ? { primary } : {}),
  }));
  return { status: 200, body: pageOf(url, items, {}) };
}

function startMsOf({ start }: GoogleEvent): number {
  return Date.parse(start.dateTime ?? `${start.date ?? ''}T00:00:00Z`);
}

function endMsOf({ end }: GoogleEvent): number {
  return Date.parse(end.dateTime ?? `${end.date ?? ''}T00:00:00Z`);
}

function inRange({ events }: FakeGoogleCalendar, fromMs: number, untilMs: number): GoogleEvent[] {
  return [...events.values()].filter((event) => event.status !== 'cancelled' && startMsOf(event) < untilMs && endMsOf(event) > fromMs);
}

function freeBusy({ timeMin, timeMax, items }: Record<string, unknown>, { calendars }: GoogleData): FakeAnswer {
  const fromMs = instant(timeMin);
  const untilMs = instant(timeMax);
  if (!(untilMs > fromMs) || !Array.isArray(items) || items.length > 50) throw bad('timeRangeEmpty or too many items');
  if (untilMs - fromMs > 92 * 86_400_000) throw bad('The requested time range is too long.');
  const answers = (items as { id: string }[]).map(({ id }) => {
    const calendar = calendars.get(id);
    if (calendar === undefined) return [id, { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }];
    const busy = inRange(calendar, fromMs, untilMs).filter(({ transparency }) => transparency !== 'transparent');
    return [
      id,
      { busy: busy.map((event) => ({ start: new Date(startMsOf(event)).toISOString(), end: new Date(endMsOf(event)).toISOString() })) },
    ];
  });
  return { status: 200, body: { kind: 'calendar#freeBusy', timeMin, timeMax, calendars: Object.fromEntries(answers) } };
}

const FORBIDDEN_FIELDS = /summary|description|location|email|displayName|creator|organizer/;

function listEvents(url: URL, calendarId: string, { calendarOf, state }: GoogleData): FakeAnswer {
  const calendar = calendarOf(calendarId);
  const query = url.searchParams;
  allow(url, ['singleEvents', 'timeMin', 'timeMax', 'maxResults', 'maxAttendees', 'fields', 'pageToken', 'syncToken']);
  if (FORBIDDEN_FIELDS.test(query.get('fields') ?? 'summary')) throw bad('asks for what Parley must not read');
  const syncToken = query.get('syncToken');
  const nextSyncToken = `sync-${state.revision}`;
  if (query.has('timeMin')) {
    if (syncToken !== null) throw bad('syncToken goes with no timeMin');
    const found = inRange(calendar, instant(query.get('timeMin')), instant(query.get('timeMax')));
    return { status: 200, body: pageOf(url, found, { nextSyncToken }) };
  }
  const since = syncToken === null ? 0 : Number(syncToken.replace('sync-', ''));
  if (syncToken !== null && since < state.oldestToken)
    return googleError(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.');
  const changed = [...calendar.events.values()].filter(
    ({ revision, status }) => revision > since && (syncToken !== null || status !== 'cancelled'),
  );
  return { status: 200, body: pageOf(url, changed, { nextSyncToken }) };
}

const EVENT_FIELDS = ['id', 'summary', 'description', 'location', 'start', 'end', 'status', 'reminders', 'conferenceData'];

function eventOf(request: FakeRequest, state: GoogleData['state']): Record<string, unknown> {
  allow(request.url, ['fields', 'conferenceDataVersion', 'sendUpdates']);
  if (request.url.searchParams.get('sendUpdates') !== 'none') throw bad('would send mail to attendees');
  const body = bodyOf(request, EVENT_FIELDS);
  const { start, end, conferenceData } = body as { start: { dateTime: string }; end: { dateTime: string }; conferenceData?: unknown };
  if (!(instant(end.dateTime) > instant(start.dateTime))) throw bad('timeRangeEmpty');
  if (conferenceData !== undefined && request.url.searchParams.get('conferenceDataVersion') !== '1')
    throw bad('conferenceData without its version');
  const { conferenceData: _asked, reminders: _reminders, ...event } = body;
  if (conferenceData === undefined) return event;
  if (state.slowLinks > 0) {
    state.slowLinks -= 1;
    return event;
  }
  return { ...event, hangoutLink: 'https://meet.google.com/abc-defg-hij' };
}

function insertEvent(request: FakeRequest, calendarId: string, { calendarOf, putEvent, state }: GoogleData): FakeAnswer {
  if (request.method !== 'POST') throw new Refusal(googleError(405, 'httpMethodNotAllowed', request.method), 'no such method');
  const calendar = calendarOf(calendarId);
  const event = eventOf(request, state);
  const id = String(event['id']);
  if (!/^[a-v0-9]{5,1024}$/.test(id)) throw bad(`no base32hex id: ${id}`);
  if (calendar.events.has(id)) return googleError(409, 'duplicate', 'The requested identifier already exists.');
  return { status: 200, body: putEvent(calendarId, { ...event, id }) };
}

function patchEvent(request: FakeRequest, calendarId: string, eventId: string, { calendarOf, putEvent, state }: GoogleData): FakeAnswer {
  const known = calendarOf(calendarId).events.get(eventId);
  if (known === undefined) throw new Missing();
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== known.etag) return googleError(412, 'conditionNotMet', 'Precondition Failed');
  return { status: 200, body: putEvent(calendarId, { ...eventOf(request, state), id: eventId }) };
}

function deleteEvent(url: URL, calendarId: string, eventId: string, { calendarOf, putEvent }: GoogleData): FakeAnswer {
  allow(url, ['sendUpdates']);
  const known = calendarOf(calendarId).events.get(eventId);
  if (known === undefined) throw new Missing();
  if (known.status === 'cancelled') return googleError(410, 'deleted', 'Resource has been deleted');
  putEvent(calendarId, { id: eventId, status: 'cancelled' });
  return { status: 204 };
}

function watch(calendarId: string, body: Record<string, unknown>, { calendarOf, channels }: GoogleData): FakeAnswer {
  const { id, token, type, address, params } = body as {
    id: string;
    token: string;
    type: string;
    address: string;
    params: { ttl: string };
  };
  calendarOf(calendarId);
  if (type !== 'web_hook' || !/^[\w+/=-]{1,64}$/.test(id) || token.length > 256 || !address.startsWith('https://'))
    throw bad('channel refused');
  if (channels.has(id)) throw bad('channelIdNotUnique');
  const resourceId = `resource-${channels.size}-${calendarId.length}`;
  channels.set(id, { calendarId, token, resourceId, address });
  return { status: 200, body: { kind: 'api#channel', id, resourceId, expiration: String(Date.now() + Number(params.ttl) * 1000) } };
}
