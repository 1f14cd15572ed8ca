import type { TestApp } from '../helpers/app.ts';
import type { World } from '../helpers/world.ts';

/** A tenant with everything the contract's examples name. */
export interface FullWorld extends World {
  readonly noticeVersionId: string;
}

/** One request of the contract with every field it may have, and which of them it must have. */
export interface Request {
  readonly name: string;
  readonly method: 'POST' | 'PATCH' | 'PUT';
  readonly status: number;
  readonly required: readonly string[];
  readonly keyOf: (world: FullWorld) => string;
  readonly urlOf: (world: FullWorld) => string;
  readonly bodyOf: (world: FullWorld) => Record<string, unknown>;
  /** Fields a wrong value of which another rule judges first. */
  readonly except?: readonly string[];
}

export async function makeFullWorld({ call }: TestApp, world: World): Promise<FullWorld> {
  const notice = await call('POST', '/v1/notices', {
    key: world.secretKey,
    body: { key: 'terms', ...NOTICE },
  });
  return { ...world, noticeVersionId: notice.body.versions[0].noticeVersionId };
}

const secret = (world: World) => world.secretKey;
const HOURS = [{ days: ['monday', 'tuesday'], start: '10:00', end: '16:00' }];

export const SCHEDULE = {
  timeZone: 'America/New_York',
  weeklyHours: HOURS,
  dateOverrides: [
    { date: '2026-08-07', intervals: [] },
    { from: '2026-12-24', to: '2026-12-31', intervals: [{ start: '10:00', end: '12:00' }], note: 'private' },
  ],
  travel: [{ from: '2026-09-01', to: '2026-09-10', timeZone: 'Europe/Berlin' }],
};

export const NOTICE = {
  placements: ['messageRoom'],
  stages: ['preContract'],
  roles: ['invitee', 'host'],
  severity: 'info',
  acknowledgement: 'oncePerRoom',
  text: { en: 'Keep it in this room.' },
  label: { en: 'I have read it' },
  fallback: { en: 'Report it here.' },
  effectiveFrom: null,
};

const RULES = {
  durationsMinutes: [30, 60],
  slotIntervalMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  minimumNoticeMinutes: 240,
  bookingWindow: { type: 'rolling', days: 14, businessDaysOnly: false },
  maxPerDay: 3,
  maxPerWeek: 9,
  maxPerMonth: 30,
  maxMinutesPerDay: 240,
  active: true,
};

const TENANT = {
  name: 'Acme',
  allowedOrigins: ['https://market.example', 'https://*.market.example'],
  locale: 'en',
  brand: { name: 'Acme', color: '#0a7', logoUrl: 'https://market.example/logo.svg' },
  requireRoomToken: false,
  defaultStage: 'contract',
  roomUrl: 'https://market.example/rooms/{roomId}',
  holdMinutes: 5,
  retentionDays: 400,
  ipPolicy: 'truncated',
  messages: { email: true, sms: false },
  mail: { fromName: 'Acme', replyTo: 'hello@market.example' },
  quietHours: { start: '21:00', end: '08:00' },
  policy: {
    preContract: { locations: ['room'], fallbackLocations: [], screening: { note: 'warn', '*': 'block' }, shareContactDetails: false },
    contract: { locations: ['room', 'link', 'phone', 'inPerson'], screening: 'off', shareContactDetails: true },
  },
};

const EVENT_TYPE = {
  assignment: 'single',
  scheduleId: null,
  slug: 'intro-call',
  title: 'Intro call',
  description: 'A first conversation.',
  ...RULES,
  maxOpenPerInvitee: 2,
  confirmation: 'instant',
  requestExpiresMinutes: 2880,
  locations: [
    { type: 'room' },
    { type: 'link', url: 'https://call.example/a' },
    { type: 'phone', number: null },
    { type: 'inPerson', address: 'Main St 1' },
  ],
  guestLimit: 5,
  questions: [{ key: 'goal', label: 'Your goal?', type: 'choice', required: true, options: ['a', 'b'] }],
  message: 'Bring tea.',
  reminders: [{ minutesBefore: 1440, channel: 'email', to: 'all' }],
  messages: { email: true },
  cancelCutoffMinutes: 0,
  rescheduleCutoffMinutes: 0,
  maxReschedules: 3,
  reasonRequired: false,
};

const HOST = {
  externalId: 'u_81',
  name: 'Bishal',
  email: 'bishal@host.example',
  phone: '+977 1 5970000',
  description: 'Mobile engineer',
  timeZone: 'Asia/Kathmandu',
  locale: 'en',
  maxMeetingsPerDay: 4,
  schedule: { timeZone: 'Asia/Kathmandu', weeklyHours: HOURS },
};
const { schedule: _schedule, ...HOST_SETTINGS } = HOST;

export const COMPUTE = {
  now: '2026-08-01T12:00:00Z',
  from: '2026-08-03',
  to: '2026-08-04',
  timeZone: 'Asia/Kolkata',
  durationMinutes: 30,
  schedule: SCHEDULE,
  rules: { ...RULES, maxMeetingsPerDay: 5 },
  busy: [{ start: '2026-08-03T14:00:00Z', end: '2026-08-03T15:00:00Z' }],
  bookings: [{ start: '2026-08-03T16:00:00Z', end: '2026-08-03T16:30:00Z', bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }],
  explain: false,
};

const BOOKING = {
  start: '2026-11-24T15:00:00Z',
  durationMinutes: 30,
  invitee: {
    externalId: 'c_1',
    name: 'Vi Visitor',
    email: 'vi@visitor.example',
    timeZone: 'Asia/Calcutta',
    locale: 'en',
    phone: '+14155550123',
    smsConsent: true,
  },
  guests: [{ name: 'Gus', email: 'gus@guest.example' }],
  answers: {},
  note: 'Looking forward to it',
  location: { type: 'room' },
  room: { id: 'room-9', stage: 'contract' },
  metadata: { campaign: { id: 7 } },
};

/** Every request of the contract that carries a body and needs nothing made before it but the world. */
export const REQUESTS: readonly Request[] = [
  post(
    'POST /v1/tenants',
    () => TENANT,
    ['name'],
    () => 'ak_test',
  ),
  post('POST /v1/api-keys', () => ({ kind: 'secret', name: 'Reporting', mode: 'live', scopes: ['read'] }), []),
  post('POST /v1/hosts', () => HOST, ['name', 'timeZone']),
  post('POST /v1/schedules', (world) => ({ hostId: world.hostId, name: 'Weekdays', ...SCHEDULE }), ['hostId', 'timeZone', 'weeklyHours']),
  post('POST /v1/event-types', (world) => ({ hostId: world.hostId, hostIds: [world.hostId], ...EVENT_TYPE }), [
    'hostId',
    'title',
    'durationsMinutes',
  ]),
  { ...post('POST /v1/slots/compute', () => COMPUTE, ['now', 'from', 'to', 'schedule', 'rules']), status: 200 },
  post('POST /v1/bookings', (world) => ({ eventTypeId: world.eventTypeId, ...BOOKING }), ['eventTypeId', 'start']),
  post('POST /v1/notices', () => ({ key: 'other-terms', ...NOTICE, draft: false }), ['key']),
  {
    ...post('POST /v1/notices/{key}/versions', () => ({ ...NOTICE, draft: true }), ['placements', 'stages', 'acknowledgement', 'text']),
    urlOf: () => '/v1/notices/terms/versions',
  },
  post('POST /v1/impressions', (world) => ({ noticeVersionId: world.noticeVersionId, placement: 'messageRoom', locale: 'en' }), [
    'noticeVersionId',
  ]),
  post(
    'POST /v1/acknowledgements',
    (world) => ({
      noticeVersionId: world.noticeVersionId,
      locale: 'en',
      impressionId: null,
      timeZone: 'Asia/Kolkata',
      actor: { externalId: 'c_1', role: 'invitee' },
      room: { id: 'room-9', stage: 'preContract' },
    }),
    ['noticeVersionId'],
  ),
  { ...post('PATCH /v1/tenant', () => TENANT, []), method: 'PATCH', status: 200, urlOf: () => '/v1/tenant' },
  { ...post('PATCH /v1/hosts/{id}', () => HOST_SETTINGS, []), method: 'PATCH', status: 200, urlOf: (world) => `/v1/hosts/${world.hostId}` },
  {
    ...post('PATCH /v1/event-types/{id}', (world) => ({ hostId: world.hostId, hostIds: [world.hostId], ...EVENT_TYPE }), []),
    method: 'PATCH',
    status: 200,
    urlOf: (world) => `/v1/event-types/${world.eventTypeId}`,
  },
  { ...post('PUT /v1/hosts/ext:ID', () => HOST, ['name', 'timeZone']), method: 'PUT', urlOf: () => '/v1/hosts/ext:u_81' },
];

function post(name: string, bodyOf: Request['bodyOf'], required: readonly string[], keyOf: Request['keyOf'] = secret): Request {
  const [, path = ''] = name.split(' ');
  return { name, method: 'POST', status: 201, required, keyOf, bodyOf, urlOf: () => path };
}
