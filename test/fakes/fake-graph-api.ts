import type { Deliver } from './deliver.ts';
import { type FakeAnswer, type FakeRequest, Refusal } from './fake-server.ts';

/** As Graph v1.0 writes it (https://learn.microsoft.com/graph/api/resources/event), with what leaks would show. */
export interface GraphEvent {
  readonly id: string;
  readonly calendarId: string;
  readonly subject?: string;
  readonly body?: { contentType: string; content: string };
  readonly location?: { displayName: string };
  readonly start: { dateTime: string; timeZone: string };
  readonly end: { dateTime: string; timeZone: string };
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly showAs: string;
  readonly responseStatus: { response: string };
  readonly attendees?: readonly unknown[];
  readonly transactionId?: string;
  readonly uid?: string;
  readonly onlineMeeting?: { joinUrl: string };
  readonly '@odata.etag': string;
  readonly revision: number;
  readonly deleted: boolean;
}

export interface GraphCalendar {
  readonly id: string;
  readonly name: string;
  readonly isDefaultCalendar: boolean;
  readonly canEdit: boolean;
}

export interface GraphSubscription {
  readonly clientState: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expirationDateTime: string;
}

/** Pages are small, so that paging is always met. */
const PAGE_SIZE = 2;

/** Graph's error body; `code` is what clients look at. */
export function graphError(status: number, code: string, message: string, headers: Record<string, string> = {}): FakeAnswer {
  return { status, headers, body: { error: { code, message, innerError: { date: '2026-08-03T00:00:00' } } } };
}

/** What the API works on. */
export interface GraphData {
  readonly calendars: Map<string, GraphCalendar>;
  readonly events: Map<string, GraphEvent>;
  readonly subscriptions: Map<string, GraphSubscription>;
  readonly putEvent: (event: Partial<GraphEvent> & Pick<GraphEvent, 'id'>) => GraphEvent;
  readonly state: { revision: number; oldestToken: number; made: number };
  readonly base: string;
  readonly deliver: Deliver;
}

/** Answers one request of somebody with these scopes. */
export async function answerGraph(request: FakeRequest, scopes: readonly string[], api: GraphData): Promise<FakeAnswer> {
  const { method, url } = request;
  const path = url.pathname.replace(/^\/v1\.0/, '');
  if (!(request.headers.prefer ?? '').includes('outlook.timezone="UTC"')) throw bad('no Prefer for the time zone: answers would be local');
  if (!(request.headers.prefer ?? '').includes('IdType="ImmutableId"')) throw bad('no Prefer for immutable ids');
  const writes = method !== 'GET' && !path.startsWith('/subscriptions');
  const enough = writes ? ['Calendars.ReadWrite'] : ['Calendars.ReadWrite', 'Calendars.ReadBasic'];
  if (!enough.some((scope) => scopes.includes(scope))) {
    throw new Refusal(
      graphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
      `needs ${enough.join(' or ')}`,
      true,
    );
  }
  const [, calendarId, rest = ''] = /^\/me\/calendars\/([^/]+)\/(.+)$/.exec(path)?.map((part) => decodeURIComponent(part)) ?? [];
  if (calendarId !== undefined && !api.calendars.has(calendarId))
    return graphError(404, 'ErrorItemNotFound', 'The specified object was not found.');
  const eventId = /^\/me\/events\/([^/]+)$/.exec(path)?.[1];
  switch (`${method} ${calendarId === undefined ? path : rest}`) {
    case 'GET /me/calendar':
      allow(url, ['$select'], ['owner']);
      return { status: 200, body: { owner: { address: 'host@example.com' } } };
    case 'GET /me/calendars':
      allow(url, ['$select', '$top', '$skip'], ['id', 'name', 'isDefaultCalendar', 'canEdit']);
      return { status: 200, body: pageOf(url, [...api.calendars.values()], api, {}) };
    case 'POST /me/calendars':
      return makeCalendar(bodyOf(request, ['name']), api);
    case 'GET calendarView':
      return calendarView(url, calendarId ?? '', api);
    case 'GET calendarView/delta':
      return delta(url, calendarId ?? '', api);
    case 'GET events':
      return findByUid(url, calendarId ?? '', api);
    case 'POST events':
      return makeEvent(request, calendarId ?? '', api);
    case 'POST /subscriptions':
      return await subscribe(
        bodyOf(request, ['changeType', 'notificationUrl', 'lifecycleNotificationUrl', 'resource', 'expirationDateTime', 'clientState']),
        api,
      );
    default:
      if (eventId !== undefined) return oneEvent(request, decodeURIComponent(eventId), api);
      return oneSubscription(request, path, api);
  }
}

function bad(why: string): Refusal {
  return new Refusal(graphError(400, 'RequestBroker--ParseUri', why), why);
}

const READABLE = ['id', 'start', 'end', 'isAllDay', 'isCancelled', 'showAs', 'responseStatus'];

function allow(url: URL, names: readonly string[], selectable: readonly string[] = READABLE): void {
  for (const name of url.searchParams.keys()) if (!names.includes(name)) throw bad(`unknown parameter ${name}`);
  const selected = url.searchParams.get('$select')?.split(',') ?? ['everything'];
  for (const name of selected) if (!selectable.includes(name)) throw bad(`asks for what Parley must not read: ${name}`);
}

function bodyOf(request: FakeRequest, names: readonly string[]): Record<string, unknown> {
  if (request.headers['content-type'] !== 'application/json') throw bad('not JSON');
  const body = JSON.parse(request.text) as Record<string, unknown>;
  for (const name of Object.keys(body)) if (!names.includes(name)) throw bad(`unknown field ${name}`);
  return body;
}

function pageOf(url: URL, items: readonly unknown[], { base }: GraphData, last: Record<string, unknown>): Record<string, unknown> {
  const first = Number(url.searchParams.get('$skip') ?? 0);
  const next = new URL(`${base}${url.pathname.replace(/^\/v1\.0/, '')}${url.search}`);
  next.searchParams.set('$skip', String(first + PAGE_SIZE));
  return { value: items.slice(first, first + PAGE_SIZE), ...(first + PAGE_SIZE < items.length ? { '@odata.nextLink': next.href } : last) };
}

function shown(event: GraphEvent, url: URL): Record<string, unknown> {
  const selected = url.searchParams.get('$select')?.split(',') ?? [];
  return Object.fromEntries(Object.entries(event).filter(([name]) => selected.includes(name) || name === '@odata.etag'));
}

function timeMs({ dateTime }: { dateTime: string }): number {
  const ms = Date.parse(`${dateTime.replace(/\.\d+$/, '')}Z`);
  if (Number.isNaN(ms)) throw bad(`no time: ${dateTime}`);
  return ms;
}

function overlapping(url: URL, calendarId: string, { events }: GraphData): GraphEvent[] {
  const fromMs = Date.parse(url.searchParams.get('startDateTime') ?? '');
  const untilMs = Date.parse(url.searchParams.get('endDateTime') ?? '');
  if (!(untilMs > fromMs)) throw bad('ErrorInvalidParameter: the range');
  return [...events.values()].filter(
    (event) => event.calendarId === calendarId && timeMs(event.start) < untilMs && timeMs(event.end) > fromMs,
  );
}

function calendarView(url: URL, calendarId: string, api: GraphData): FakeAnswer {
  allow(url, ['startDateTime', 'endDateTime', '$select', '$top', '$skip']);
  const found = overlapping(url, calendarId, api).filter(({ deleted }) => !deleted);
  return {
    status: 200,
    body: pageOf(
      url,
      found.map((event) => shown(event, url)),
      api,
      {},
    ),
  };
}

function delta(url: URL, calendarId: string, api: GraphData): FakeAnswer {
  allow(url, ['startDateTime', 'endDateTime', '$select', '$skip', '$deltatoken']);
  const token = url.searchParams.get('$deltatoken');
  const since = token === null ? 0 : Number(token);
  if (token !== null && since < api.state.oldestToken)
    return graphError(410, 'SyncStateNotFound', 'The sync state generation is not found.');
  const inWindow = new Set(overlapping(url, calendarId, api).map(({ id }) => id));
  const changed = [...api.events.values()].filter(
    (event) => event.calendarId === calendarId && event.revision > since && (token !== null || !event.deleted),
  );
  const items = changed.flatMap((event) => {
    if (!event.deleted && inWindow.has(event.id)) return [shown(event, url)];
    return token === null ? [] : [{ id: event.id, '@removed': { reason: event.deleted ? 'deleted' : 'changed' } }];
  });
  const next = new URL(`${api.base}${url.pathname.replace(/^\/v1\.0/, '')}${url.search}`);
  next.searchParams.delete('$skip');
  next.searchParams.set('$deltatoken', String(api.state.revision));
  return { status: 200, body: pageOf(url, items, api, { '@odata.deltaLink': next.href }) };
}

const WRITABLE = ['subject', 'body', 'location', 'start', 'end', 'showAs', 'isOnlineMeeting', 'onlineMeetingProvider'];

function writtenFields(body: Record<string, unknown>): Partial<GraphEvent> {
  const { isOnlineMeeting, onlineMeetingProvider, singleValueExtendedProperties, ...fields } = body;
  if (isOnlineMeeting === true && onlineMeetingProvider !== 'teamsForBusiness') throw bad('unknown provider of online meetings');
  const { start, end } = fields as unknown as GraphEvent;
  if (start.timeZone !== 'UTC' || /Z$|[+-]\d\d:\d\d$/.test(start.dateTime) || !(timeMs(end) > timeMs(start)))
    throw bad('ErrorPropertyValidationFailure: times');
  const uid = (singleValueExtendedProperties as { value: string }[] | undefined)?.[0]?.value;
  return {
    ...fields,
    ...(uid === undefined ? {} : { uid }),
    ...(isOnlineMeeting === true ? { onlineMeeting: { joinUrl: 'https://teams.microsoft.com/l/meetup-join/abc' } } : {}),
  };
}

function makeEvent(request: FakeRequest, calendarId: string, api: GraphData): FakeAnswer {
  const body = bodyOf(request, [...WRITABLE, 'transactionId', 'singleValueExtendedProperties']);
  const known = [...api.events.values()].find(({ transactionId }) => transactionId === body['transactionId']);
  if (known !== undefined) return graphError(409, 'ErrorDuplicateTransactionId', 'The transactionId was used before.');
  api.state.made += 1;
  return { status: 201, body: api.putEvent({ ...writtenFields(body), id: `AAkA=${api.state.made}/event`, calendarId }) };
}

function findByUid(url: URL, calendarId: string, { events }: GraphData): FakeAnswer {
  allow(url, ['$select', '$top', '$filter']);
  const uid = /ep\/value eq '(.*)'\)$/.exec(url.searchParams.get('$filter') ?? '')?.[1]?.replaceAll("''", "'");
  if (uid === undefined) throw bad('filter cannot be read');
  const found = [...events.values()].filter((event) => event.calendarId === calendarId && event.uid === uid && !event.deleted);
  return { status: 200, body: { value: found.map((event) => shown(event, url)) } };
}

function oneEvent(request: FakeRequest, eventId: string, api: GraphData): FakeAnswer {
  const known = api.events.get(eventId);
  if (known === undefined || known.deleted) return graphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  if (request.method === 'GET') {
    allow(request.url, ['$select']);
    return { status: 200, body: shown(known, request.url) };
  }
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== known['@odata.etag'])
    return graphError(412, 'ErrorIrresolvableConflict', 'The change key does not match.');
  if (request.method === 'PATCH') return { status: 200, body: api.putEvent({ ...writtenFields(bodyOf(request, WRITABLE)), id: eventId }) };
  if (request.method !== 'DELETE') throw bad('no such method');
  api.putEvent({ id: eventId, deleted: true });
  return { status: 204 };
}

function makeCalendar({ name }: Record<string, unknown>, { calendars, state }: GraphData): FakeAnswer {
  state.made += 1;
  const calendar = { id: `AAMk=made-${state.made}`, name: String(name), isDefaultCalendar: false, canEdit: true };
  calendars.set(calendar.id, calendar);
  return { status: 201, body: calendar };
}

/** Graph asks the address before it believes in it: the token must come back as text within ten seconds. */
async function subscribe(body: Record<string, unknown>, { subscriptions, calendars, state, deliver }: GraphData): Promise<FakeAnswer> {
  const { changeType, notificationUrl, lifecycleNotificationUrl, resource, expirationDateTime, clientState } = body as Record<
    string,
    string
  >;
  const calendarId = /^me\/calendars\/(.+)\/events$/.exec(resource ?? '')?.[1] ?? '';
  if (!calendars.has(calendarId) || changeType !== 'created,updated,deleted' || lifecycleNotificationUrl === undefined)
    throw bad('subscription refused');
  if ((clientState ?? '').length > 128 || !(Date.parse(expirationDateTime ?? '') < Date.now() + 10_080 * 60_000))
    throw bad('subscription refused: clientState or expiry');
  const token = 'Validation: Testing client application reachability <1>';
  const asked = await deliver(`${notificationUrl ?? ''}?validationToken=${encodeURIComponent(token)}`, {});
  if (asked.status !== 200 || asked.text !== token || !asked.type.startsWith('text/plain')) {
    return graphError(400, 'ValidationError', 'Subscription validation request failed.');
  }
  state.made += 1;
  const id = `subscription-${state.made}`;
  subscriptions.set(id, {
    clientState: clientState ?? '',
    resource: resource ?? '',
    notificationUrl: notificationUrl ?? '',
    expirationDateTime: expirationDateTime ?? '',
  });
  return { status: 201, body: { id, resource, expirationDateTime } };
}

function oneSubscription(request: FakeRequest, path: string, { subscriptions }: GraphData): FakeAnswer {
  const id = /^\/subscriptions\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) throw new Refusal(graphError(404, 'ResourceNotFound', path), 'no such path');
  const known = subscriptions.get(id);
  if (known === undefined) return graphError(404, 'ResourceNotFound', 'The object was not found.');
  if (request.method === 'DELETE') {
    subscriptions.delete(id);
    return { status: 204 };
  }
  const { expirationDateTime } = bodyOf(request, ['expirationDateTime']) as { expirationDateTime: string };
  subscriptions.set(id, { ...known, expirationDateTime });
  return { status: 200, body: { id, resource: known.resource, expirationDateTime } };
}
