import type { Acknowledgement } from '../../../shared/contract/acknowledgement.ts';
import type { Booking } from '../../../shared/contract/booking.ts';
import type { PublicEventType } from '../../../shared/contract/event-type.ts';
import type { Hold } from '../../../shared/contract/hold.ts';
import type { RecordedIncident } from '../../../shared/contract/incident.ts';
import type { Problem } from '../../../shared/contract/problem.ts';
import type { Reason } from '../../../shared/contract/reasons.ts';
import { WEEKDAYS } from '../../../shared/contract/schedule.ts';
import type { ComputeRequest, SlotsAnswer } from '../../../shared/contract/slots.ts';
import type { SmsConsent } from '../../../shared/contract/sms-consent.ts';
import { computeStateless } from '../../flows/compute-slots.ts';
import { PROBLEMS } from '../problem.ts';
import { BOOKING, BUSY, EVENT_TYPE, GALLERY_NOW, NOTICE, VISITOR_ZONE } from './cast.ts';
import { CONNECTION, HOST, OWN_EVENT_TYPE, SCHEDULE } from './settings-cast.ts';
import { simulatedChange } from './simulated-change.ts';

/** The calls of the API that the elements make, by what they are about. */
const CALLS = {
  slots: /^GET \/v1\/event-types\/[^/]+\/slots$/,
  hold: /^POST \/v1\/holds$/,
  release: /^DELETE \/v1\/holds\//,
  acknowledge: /^POST \/v1\/acknowledgements$/,
  book: /^POST \/v1\/bookings$/,
  managed: /^GET \/v1\/bookings\/current$/,
  bookings: /^GET \/v1\/bookings$/,
  cancel: /^POST \/v1\/bookings\/[^/]+\/cancel$/,
  reschedule: /^POST \/v1\/bookings\/[^/]+\/reschedule$/,
  decide: /^POST \/v1\/bookings\/[^/]+\/(confirm|decline)$/,
  guests: /^POST \/v1\/bookings\/[^/]+\/guests$/,
  place: /^POST \/v1\/bookings\/[^/]+\/location$/,
  eventType: /^GET \/v1\/event-types\/[^/]+$/,
  proposals: /^GET \/v1\/proposals$/,
  pick: /^POST \/v1\/proposals\/[^/]+\/accept$/,
  notices: /^GET \/v1\/notices\/current$/,
  impression: /^POST \/v1\/impressions$/,
  incident: /^POST \/v1\/incidents$/,
  schedules: /^GET \/v1\/schedules$/,
  eventTypes: /^GET \/v1\/event-types$/,
  host: /^GET \/v1\/hosts\/[^/]+$/,
  connections: /^GET \/v1\/hosts\/[^/]+\/connections$/,
  authorize: /^POST \/v1\/hosts\/[^/]+\/connections\/\w+\/authorize$/,
  simulate: /^POST \/v1\/event-types\/[^/]+\/simulate$/,
  changeSchedule: /^PATCH \/v1\/schedules\/[^/]+$/,
  changeEventType: /^PATCH \/v1\/event-types\/[^/]+$/,
  smsConsent: /^POST \/v1\/sms-consents$/,
} as const;
export type ScriptedCall = keyof typeof CALLS;

export interface GalleryAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What was asked, as far as an answer depends on it. */
export interface Asked {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}
export type Scripted = (asked: Asked) => GalleryAnswer;

/** Which call a request is; null for one that no element makes. */
export function callOf(method: string, path: string): ScriptedCall | null {
  const names = Object.keys(CALLS) as ScriptedCall[];
  return names.find((name) => CALLS[name].test(`${method} ${path}`)) ?? null;
}

/** The pattern of a call's address, for the page that keeps it from being answered. */
export function patternOf(call: ScriptedCall): string {
  return CALLS[call].source;
}

export function json(value: unknown, status = 200): GalleryAnswer {
  return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}

/** A refusal as the API words it. */
export function problem(code: Reason, more: Partial<Problem> = {}): Scripted {
  const { status, title } = PROBLEMS[code];
  const body: Problem = { type: `urn:parley:problem:${code}`, title, status, detail: `${title}.`, code, requestId: 'gallery', ...more };
  return () => ({ status, type: 'application/problem+json', text: JSON.stringify(body) });
}

/** What a proxy in between says when it cannot reach us. */
export const badGateway: Scripted = () => ({
  status: 502,
  type: 'text/html',
  text: '<!doctype html><title>502</title><h1>502 Bad Gateway</h1>',
});

export interface Calendar {
  readonly zone?: string;
  readonly hours?: readonly [start: string, end: string];
  readonly days?: readonly number[];
  /** Instead of zone, hours and days. */
  readonly schedule?: ComputeRequest['schedule'];
  /** No times before this instant. */
  readonly busyUntil?: string;
  readonly now?: string;
  readonly eventType?: Partial<PublicEventType>;
  readonly more?: Partial<SlotsAnswer>;
}

/** Times by the real rules, for a host with these hours. */
export function slotsOf(calendar: Calendar = {}): Scripted {
  const { zone = 'Europe/London', hours = ['13:30', '20:00'], days = [0, 1, 2, 3, 4], now = GALLERY_NOW, more = {} } = calendar;
  return ({ query }) => {
    const minutes = Number(query['durationMinutes'] ?? 30);
    const given: ComputeRequest = {
      now,
      from: query['from'] ?? now,
      to: query['to'] ?? now,
      timeZone: query['timeZone'] ?? VISITOR_ZONE,
      durationMinutes: minutes,
      schedule: calendar.schedule ?? {
        timeZone: zone,
        weeklyHours: days.map((day) => ({ days: [WEEKDAYS[day] ?? 'monday'], start: hours[0], end: hours[1] })),
      },
      rules: { durationsMinutes: [30, 60], slotIntervalMinutes: 30, minimumNoticeMinutes: 180 },
      busy: [...BUSY, ...(calendar.busyUntil === undefined ? [] : [{ start: now, end: calendar.busyUntil }])],
    };
    const computed = computeStateless(given);
    if (!computed.ok) return problem(computed.reason)({ query, body: {} });
    const answer = JSON.parse(computed.value) as SlotsAnswer;
    const eventType = { ...EVENT_TYPE, ...calendar.eventType };
    const about = query['include'] === undefined ? {} : { eventType, notice: null, brand: BRAND };
    return json({ ...answer, ...about, ...more } satisfies SlotsAnswer);
  };
}

const BRAND = { name: 'Fieldwork', color: '#0b6b53', logoUrl: null };

const HOLD: Hold = {
  id: 'hold_gallery',
  eventTypeId: EVENT_TYPE.id,
  start: BOOKING.start,
  end: BOOKING.end,
  expiresAt: '2026-11-02T13:10:00Z',
};

/** A booking as it stands after what was asked. */
export function bookingOf(more: Partial<Booking> = {}): Scripted {
  return ({ body }) => {
    const start = typeof body['start'] === 'string' ? body['start'] : BOOKING.start;
    const end = new Date(Date.parse(start) + 30 * 60_000).toISOString();
    return json({ ...BOOKING, start, end, ...more } satisfies Booking, 201);
  };
}

/** The booking behind a manage token, with what the token's holder sees of the event type. */
export function managedOf(more: Partial<Booking> = {}, role: 'invitee' | 'host' = 'invitee'): Scripted {
  return () => json({ ...BOOKING, ...more, eventType: EVENT_TYPE, role });
}

const ACKNOWLEDGEMENT: Acknowledgement = {
  id: 'ack_gallery',
  noticeVersionId: NOTICE.noticeVersionId,
  key: NOTICE.key,
  version: NOTICE.version,
  locale: 'en',
  textHash: NOTICE.textHash,
  labelHash: NOTICE.textHash,
  actor: null,
  room: BOOKING.room,
  stage: 'preContract',
  via: 'widget',
  assertedByKey: false,
  impressionId: null,
  bookingId: null,
  withdrawnAt: null,
  acknowledgedAt: GALLERY_NOW,
  prevHash: NOTICE.textHash,
  hash: NOTICE.textHash,
};

/** An incident as recorded, with what the terms allow then. */
export function incidentOf(more: Partial<RecordedIncident> = {}): Scripted {
  const incident: RecordedIncident = {
    id: 'inc_gallery',
    kind: 'callTrouble',
    bookingId: BOOKING.id,
    room: BOOKING.room,
    by: 'invitee',
    personId: null,
    note: null,
    at: GALLERY_NOW,
    fallback: NOTICE.fallback,
    fallbackLocations: ['link'],
    ...more,
  };
  return () => json(incident, 201);
}

function consentTo(text: string): SmsConsent {
  return {
    id: 'sms_gallery',
    personId: 'per_gallery',
    role: 'host',
    state: 'granted',
    text,
    locale: 'en',
    via: 'widget',
    bookingId: null,
    at: GALLERY_NOW,
  };
}

/** What is answered unless a state says otherwise. */
export const USUAL_ANSWERS: Readonly<Record<ScriptedCall, Scripted>> = {
  slots: slotsOf(),
  hold: ({ body }) => json({ ...HOLD, ...(typeof body['start'] === 'string' && { start: body['start'] }) } satisfies Hold, 201),
  release: () => ({ status: 204, type: 'application/json', text: '' }),
  acknowledge: () => json(ACKNOWLEDGEMENT, 201),
  book: bookingOf(),
  managed: managedOf(),
  bookings: () => json({ data: [BOOKING], nextCursor: null }),
  cancel: bookingOf({ status: 'cancelled', cancelledAt: GALLERY_NOW, cancelledBy: 'invitee' }),
  reschedule: bookingOf({ sequence: 1, rescheduleCount: 1 }),
  decide: bookingOf(),
  guests: bookingOf(),
  place: bookingOf({ location: { type: 'link', url: 'https://calls.example/mira' } }),
  eventType: () => json(EVENT_TYPE),
  proposals: () => json({ data: [], nextCursor: null }),
  pick: bookingOf(),
  notices: () => json({ data: [NOTICE] }),
  impression: () => json({ id: 'imp_gallery', noticeVersionId: NOTICE.noticeVersionId, at: GALLERY_NOW }, 201),
  incident: incidentOf(),
  schedules: () => json({ data: [SCHEDULE], nextCursor: null }),
  eventTypes: () => json({ data: [OWN_EVENT_TYPE], nextCursor: null }),
  host: () => json(HOST),
  connections: () => json({ data: [CONNECTION], nextCursor: null }),
  authorize: () => json({ url: 'https://provider.example/consent', scopes: ['busy'], stored: 'Start, end and kind of busy times.' }),
  simulate: ({ body }) => json({ timeZone: HOST.timeZone, ...simulatedChange(body) }),
  changeSchedule: ({ body }) => json({ ...SCHEDULE, ...body, updatedAt: GALLERY_NOW }),
  changeEventType: ({ body }) => json({ ...OWN_EVENT_TYPE, ...body, updatedAt: GALLERY_NOW }),
  smsConsent: ({ body }) => json(consentTo(String(body['text'])), 201),
};
