import { beforeAll, describe, expect, test } from 'vitest';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, type World } from '../helpers/world.ts';
import { SCHEDULE } from './requests.ts';

const app = shareApp();
let world: World;
beforeAll(async () => {
  world = await makeWorld(app());
});

const get = (url: string, key = world.secretKey) => app().call('GET', url, { key });
const send = (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: unknown, key = world.secretKey) =>
  app().call(method, url, { key, ...(body !== undefined && { body }) });
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);

describe('tenants', () => {
  test('one that says a part of what a setting holds keeps the defaults of the rest', async () => {
    const made = await send('POST', '/v1/tenants', { name: 'Plain', messages: { email: false } }, 'ak_test');
    expect(made.body).toMatchObject({ messages: { email: false, sms: false } });
  });

  test('a new one tells its keys once and has the defaults of the contract', async () => {
    const made = await send('POST', '/v1/tenants', { name: 'Plain' }, 'ak_test');
    const { secretKey, publishableKey, embedSecret, ...tenant } = made.body;
    expect([secretKey, publishableKey, embedSecret]).toEqual([
      expect.stringMatching(/^sk_live_/),
      expect.stringMatching(/^pk_/),
      expect.any(String),
    ]);
    expect(tenant).toEqual({
      id: expect.stringMatching(/^ten_/),
      name: 'Plain',
      allowedOrigins: [],
      locale: 'en',
      brand: {},
      requireRoomToken: false,
      defaultStage: 'contract',
      roomUrl: null,
      holdMinutes: 5,
      retentionDays: null,
      ipPolicy: 'truncated',
      emailVerification: 'off',
      messages: { email: true, sms: false },
      mail: {},
      quietHours: { start: '21:00', end: '08:00' },
      policy: {
        preContract: { locations: ['room'], fallbackLocations: [], screening: 'block', shareContactDetails: false },
        contract: {
          locations: ['room', 'link', 'phone', 'inPerson', 'googleMeet', 'teams'],
          fallbackLocations: [],
          screening: 'off',
          shareContactDetails: true,
        },
      },
      createdAt: instant,
      updatedAt: instant,
    });
    const read = await get('/v1/tenant', secretKey);
    expect(read.body).toEqual(tenant);
    expect(read.text).not.toContain(embedSecret);
  });

  test('a patch merges objects, replaces arrays, and null goes back to the default', async () => {
    const own = await makeWorld(app(), {
      tenant: { brand: { name: 'A', color: '#123456' }, allowedOrigins: ['https://a.example'], holdMinutes: 9 },
    });
    const patch = (body: unknown) => send('PATCH', '/v1/tenant', body, own.secretKey);
    expect((await patch({ brand: { color: '#fff' } })).body.brand).toEqual({ name: 'A', color: '#fff' });
    expect((await patch({ brand: { name: null } })).body.brand).toEqual({ color: '#fff' });
    expect((await patch({ brand: null })).body.brand).toEqual({});
    expect((await patch({ allowedOrigins: ['https://b.example'] })).body.allowedOrigins).toEqual(['https://b.example']);
    expect((await patch({ holdMinutes: null })).body.holdMinutes).toBe(5);
    const { body } = await patch({ policy: { preContract: { screening: { note: 'warn', '*': 'block' } } } });
    expect(body.policy.preContract).toEqual({
      locations: ['room'],
      fallbackLocations: [],
      screening: { note: 'warn', '*': 'block' },
      shareContactDetails: false,
    });
    expect((await patch({ policy: { preContract: { screening: 'off' } } })).body.policy.preContract.screening).toBe('off');
    expect((await patch({ name: null })).status).toBe(400);
    expect((await patch({})).body).toMatchObject({ name: 'Acme', allowedOrigins: ['https://b.example'] });
  });

  test('quiet hours that were switched off stay off when something else is changed', async () => {
    const own = await makeWorld(app());
    const patch = (body: unknown) => send('PATCH', '/v1/tenant', body, own.secretKey);
    expect((await patch({ quietHours: null })).body.quietHours).toBeNull();
    expect((await patch({ name: 'B' })).body.quietHours).toBeNull();
    expect((await patch({ quietHours: { start: '22:00', end: '07:00' } })).body.quietHours).toEqual({ start: '22:00', end: '07:00' });
    expect((await patch({ quietHours: { end: '06:30' } })).body.quietHours).toEqual({ start: '22:00', end: '06:30' });
  });
});

describe('API keys', () => {
  test('are told once, listed by their first characters, and gone at once when deleted', async () => {
    const made = await send('POST', '/v1/api-keys', { name: 'Reporting', scopes: ['read'], mode: 'test' });
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^key_/),
        kind: 'secret',
        name: 'Reporting',
        mode: 'test',
        scopes: ['read'],
        createdAt: instant,
        lastUsedAt: null,
      },
    });
    expect(made.body.key).toMatch(/^sk_test_/);
    const listed = await get('/v1/api-keys');
    expect(listed.text).not.toContain(made.body.key);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(made.body.id);
    expect((await get('/v1/tenant', made.body.key)).status).toBe(200);
    expect((await send('DELETE', `/v1/api-keys/${made.body.id}`)).status).toBe(204);
    expect((await get('/v1/tenant', made.body.key)).status).toBe(401);
    expect((await send('DELETE', `/v1/api-keys/${made.body.id}`)).status).toBe(404);
  });
});

describe('hosts', () => {
  test('a new one works Monday to Friday, 09:00 to 17:00, in the own zone', async () => {
    const made = await send('POST', '/v1/hosts', { name: ' Ana ', timeZone: 'Europe/Berlin' });
    expect(made.body).toEqual({
      id: expect.stringMatching(/^host_/),
      externalId: null,
      name: 'Ana',
      email: null,
      phone: null,
      description: null,
      timeZone: 'Europe/Berlin',
      locale: 'en',
      maxMeetingsPerDay: null,
      defaultScheduleId: expect.stringMatching(/^sch_/),
      createdAt: instant,
      updatedAt: instant,
    });
    const { body } = await get(`/v1/schedules/${made.body.defaultScheduleId}`);
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
    expect(body).toMatchObject({
      hostId: made.body.id,
      timeZone: 'Europe/Berlin',
      weeklyHours: [{ days, start: '09:00', end: '17:00' }],
      dateOverrides: [],
      travel: [],
    });
    expect((await get(`/v1/hosts/${made.body.id}`)).body).toEqual(made.body);
  });

  test('PUT ext:ID makes a host, then replaces its settings and keeps id and schedule; odd characters in the id hold', async () => {
    for (const externalId of ['u_9', 'a/b c?d=é%']) {
      const url = `/v1/hosts/ext:${encodeURIComponent(externalId)}`;
      const made = await send('PUT', url, { name: 'Bo', timeZone: 'Asia/Tokyo', email: 'bo@bo.example' });
      expect(made, made.text).toMatchObject({ status: 201, body: { externalId, name: 'Bo' } });
      const replaced = await send('PUT', url, { name: 'Bo B', timeZone: 'Asia/Seoul' });
      expect(replaced).toMatchObject({
        status: 200,
        body: {
          id: made.body.id,
          externalId,
          name: 'Bo B',
          email: null,
          timeZone: 'Asia/Seoul',
          defaultScheduleId: made.body.defaultScheduleId,
        },
      });
      expect((await get(url)).body).toEqual(replaced.body);
    }
    expect((await send('PUT', '/v1/hosts/ext:u_9', { name: 'Bo', timeZone: 'UTC', externalId: 'other' })).body.issues).toMatchObject([
      { path: 'externalId' },
    ]);
    expect((await send('PUT', '/v1/hosts/host_none', { name: 'Bo', timeZone: 'UTC' })).status).toBe(404);
    expect((await send('POST', '/v1/hosts', { name: 'Bo', timeZone: 'UTC', externalId: 'u_9' })).body.code).toBe('conflict');
  });

  test('two PUTs at once make one host', async () => {
    const body = { name: 'Twin', timeZone: 'UTC' };
    const both = await Promise.all(Array.from({ length: 6 }, () => send('PUT', '/v1/hosts/ext:twin', body)));
    expect(both.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(new Set(both.filter(({ status }) => status < 300).map(({ body: host }) => host.id)).size).toBe(1);
  });

  test('can be named by ext: wherever a host id stands', async () => {
    await send('PUT', '/v1/hosts/ext:named', { name: 'N', timeZone: 'UTC' });
    const eventType = await send('POST', '/v1/event-types', { hostId: 'ext:named', title: 'A', durationsMinutes: [30] });
    const schedule = await send('POST', '/v1/schedules', { hostId: 'ext:named', ...SCHEDULE });
    expect([eventType.status, schedule.status]).toEqual([201, 201]);
    for (const list of ['event-types', 'schedules', 'bookings']) expect((await get(`/v1/${list}?hostId=ext:named`)).status).toBe(200);
    expect((await get('/v1/event-types?hostId=ext:named')).body.data).toMatchObject([{ id: eventType.body.id }]);
  });

  test('a patch changes what it names only, and null goes back to the default', async () => {
    const { body } = await send('POST', '/v1/hosts', {
      name: 'P',
      timeZone: 'UTC',
      email: 'p@p.example',
      maxMeetingsPerDay: 3,
      locale: 'de',
    });
    const patched = await send('PATCH', `/v1/hosts/${body.id}`, {
      email: null,
      maxMeetingsPerDay: null,
      locale: null,
      timeZone: 'Asia/Tokyo',
    });
    expect(patched.body).toEqual({
      ...body,
      email: null,
      maxMeetingsPerDay: null,
      locale: 'en',
      timeZone: 'Asia/Tokyo',
      updatedAt: instant,
    });
    expect((await send('PATCH', `/v1/hosts/${body.id}`, { timeZone: null })).body.issues).toEqual([
      { path: 'timeZone', message: 'is required' },
    ]);
  });

  test('one in use is not deleted, another is', async () => {
    expect((await send('DELETE', `/v1/hosts/${world.hostId}`)).body.code).toBe('conflict');
    const { body } = await send('POST', '/v1/hosts', { name: 'D', timeZone: 'UTC' });
    expect((await send('DELETE', `/v1/hosts/${body.id}`)).status).toBe(204);
    expect((await get(`/v1/hosts/${body.id}`)).status).toBe(404);
  });
});

describe('schedules', () => {
  test('keep what they were given, and lists in a patch replace', async () => {
    const made = await send('POST', '/v1/schedules', { hostId: world.hostId, name: 'Summer', ...SCHEDULE });
    expect(made).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^sch_/), hostId: world.hostId, name: 'Summer', ...SCHEDULE },
    });
    const patched = await send('PATCH', `/v1/schedules/${made.body.id}`, {
      dateOverrides: null,
      travel: [],
      weeklyHours: [{ days: ['sunday'], start: '00:00', end: '24:00' }],
    });
    expect(patched.body).toMatchObject({
      name: 'Summer',
      dateOverrides: [],
      travel: [],
      weeklyHours: [{ days: ['sunday'], start: '00:00', end: '24:00' }],
    });
    expect((await send('DELETE', `/v1/schedules/${made.body.id}`)).status).toBe(204);
  });

  test('without any hours are accepted, and warned of', async () => {
    const made = await send('POST', '/v1/schedules', { hostId: world.hostId, timeZone: 'UTC', weeklyHours: [] });
    expect(made.body.warnings).toMatchObject([{ code: 'no_hours' }]);
  });

  test('in use or the only one are not deleted', async () => {
    const [only] = (await get(`/v1/schedules?hostId=${world.hostId}`)).body.data;
    const used = await send('POST', '/v1/schedules', { hostId: world.hostId, ...SCHEDULE });
    await send('POST', '/v1/event-types', { hostId: world.hostId, scheduleId: used.body.id, title: 'A', durationsMinutes: [30] });
    expect((await send('DELETE', `/v1/schedules/${used.body.id}`)).body.code).toBe('conflict');
    const lonely = await send('POST', '/v1/hosts', { name: 'L', timeZone: 'UTC' });
    expect((await send('DELETE', `/v1/schedules/${lonely.body.defaultScheduleId}`)).body.code).toBe('conflict');
    expect(only.hostId).toBe(world.hostId);
  });
});

describe('event types', () => {
  test('a new one has the defaults of the contract', async () => {
    const made = await send('POST', '/v1/event-types', { hostId: world.hostId, title: 'Plain', durationsMinutes: [45, 30] });
    expect(made.body).toEqual({
      id: expect.stringMatching(/^evt_/),
      hostId: world.hostId,
      hostIds: [world.hostId],
      assignment: 'single',
      scheduleId: null,
      slug: null,
      title: 'Plain',
      description: '',
      durationsMinutes: [45, 30],
      slotIntervalMinutes: null,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      minimumNoticeMinutes: 120,
      bookingWindow: { type: 'rolling', days: 60, businessDaysOnly: false },
      maxPerDay: null,
      maxPerWeek: null,
      maxPerMonth: null,
      maxMinutesPerDay: null,
      maxOpenPerInvitee: null,
      confirmation: 'instant',
      requestExpiresMinutes: 2880,
      locations: [{ type: 'room' }],
      guestLimit: 5,
      questions: [],
      message: null,
      reminders: [1440, 120].map((minutesBefore) => ({ minutesBefore, channel: 'email', to: 'all' })),
      messages: { email: true },
      cancelCutoffMinutes: 0,
      rescheduleCutoffMinutes: 0,
      maxReschedules: null,
      reasonRequired: false,
      active: true,
      createdAt: instant,
      updatedAt: instant,
    });
  });

  test('a patch of the window merges within its type, replaces it by another type, and null goes back to 60 days', async () => {
    const { body } = await send('POST', '/v1/event-types', {
      hostId: world.hostId,
      title: 'W',
      durationsMinutes: [30],
      bookingWindow: { type: 'rolling', days: 10, businessDaysOnly: true },
    });
    const patch = async (bookingWindow: unknown) =>
      (await send('PATCH', `/v1/event-types/${body.id}`, { bookingWindow })).body.bookingWindow;
    expect(await patch({ days: 12 })).toEqual({ type: 'rolling', days: 12, businessDaysOnly: true });
    expect(await patch({ type: 'rolling', days: 14 })).toEqual({ type: 'rolling', days: 14, businessDaysOnly: true });
    expect(await patch({ type: 'range', from: '2026-12-01', to: '2026-12-31' })).toEqual({
      type: 'range',
      from: '2026-12-01',
      to: '2026-12-31',
    });
    expect(await patch({ to: '2027-01-31' })).toEqual({ type: 'range', from: '2026-12-01', to: '2027-01-31' });
    expect(await patch({ type: 'unlimited' })).toEqual({ type: 'unlimited' });
    expect(await patch(null)).toEqual({ type: 'rolling', days: 60, businessDaysOnly: false });
  });

  test('null goes back to the default, an empty list stays empty, the rest stays as it was', async () => {
    const { body } = await send('POST', '/v1/event-types', {
      hostId: world.hostId,
      title: 'N',
      durationsMinutes: [30],
      minimumNoticeMinutes: 0,
      maxPerDay: 2,
      guestLimit: 1,
      slug: 'nn',
    });
    const patched = await send('PATCH', `/v1/event-types/${body.id}`, {
      minimumNoticeMinutes: null,
      maxPerDay: null,
      guestLimit: null,
      slug: null,
      reminders: [],
    });
    expect(patched.body).toEqual({
      ...body,
      minimumNoticeMinutes: 120,
      maxPerDay: null,
      guestLimit: 5,
      slug: null,
      reminders: [],
      updatedAt: instant,
    });
    expect((await send('PATCH', `/v1/event-types/${body.id}`, { reminders: null })).body.reminders).toHaveLength(2);
    expect((await send('PATCH', `/v1/event-types/${body.id}`, { title: null })).body.issues).toEqual([
      { path: 'title', message: 'is required' },
    ]);
  });

  test('rules that can never yield a slot are accepted, and warned of', async () => {
    const made = await send('POST', '/v1/event-types', { hostId: world.hostId, title: 'N', durationsMinutes: [600] });
    expect(made).toMatchObject({ status: 201, body: { warnings: [{ code: 'duration_exceeds_hours', message: expect.any(String) }] } });
  });

  test('everybody else sees no diary rules', async () => {
    const { body } = await get(`/v1/event-types/${world.eventTypeId}`, world.publishableKey);
    expect(Object.keys(body).toSorted()).toEqual(
      [
        'active',
        'confirmation',
        'description',
        'durationsMinutes',
        'guestLimit',
        'hosts',
        'id',
        'locations',
        'message',
        'questions',
        'reasonRequired',
        'title',
      ].toSorted(),
    );
  });

  test('one that was booked stays, another is deleted', async () => {
    const { body } = await send('POST', '/v1/event-types', { hostId: world.hostId, title: 'D', durationsMinutes: [30] });
    expect((await send('DELETE', `/v1/event-types/${body.id}`)).status).toBe(204);
    expect((await get(`/v1/event-types/${body.id}`)).status).toBe(404);
  });
});

describe('another tenant', () => {
  test.each([
    ['GET', '/v1/hosts/HOST'],
    ['PATCH', '/v1/hosts/HOST'],
    ['DELETE', '/v1/hosts/HOST'],
    ['GET', '/v1/hosts/ext:shared'],
    ['GET', '/v1/schedules/SCHEDULE'],
    ['PATCH', '/v1/schedules/SCHEDULE'],
    ['DELETE', '/v1/schedules/SCHEDULE'],
    ['GET', '/v1/event-types/EVENT_TYPE'],
    ['PATCH', '/v1/event-types/EVENT_TYPE'],
    ['DELETE', '/v1/event-types/EVENT_TYPE'],
    ['GET', '/v1/event-types/EVENT_TYPE/slots?from=2026-11-24&to=2026-11-24'],
    ['GET', '/v1/bookings/BOOKING'],
    ['GET', '/v1/bookings/BOOKING/history'],
    ['GET', '/v1/bookings/BOOKING/calendar.ics'],
    ['POST', '/v1/bookings/BOOKING/cancel'],
    ['GET', '/v1/acknowledgements/ACK'],
    ['POST', '/v1/acknowledgements/ACK/withdraw'],
    ['POST', '/v1/notices/terms/versions/VERSION/publish'],
    ['DELETE', '/v1/api-keys/KEY'],
  ] as const)('%s %s is 404, as if it were not there', async (method, path) => {
    const theirs = await makeTheirs();
    const url = path.replace(/HOST|SCHEDULE|EVENT_TYPE|BOOKING|ACK|VERSION|KEY/, (name) => theirs[name] ?? '');
    const foreign = await makeWorld(app());
    const body = method === 'PATCH' ? { name: 'Mine now' } : undefined;
    const asked = path.startsWith('/v1/event-types') && method === 'PATCH' ? { title: 'Mine now' } : body;
    const answer = await send(method as 'POST', url, asked, foreign.secretKey);
    expect(answer, answer.text).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(answer.text).not.toContain('Ana Host');
  });

  test('its ids inside a body name nothing', async () => {
    const foreign = await makeWorld(app());
    const refused = await Promise.all([
      send('POST', '/v1/schedules', { hostId: world.hostId, ...SCHEDULE }, foreign.secretKey),
      send('POST', '/v1/event-types', { hostId: world.hostId, title: 'A', durationsMinutes: [30] }, foreign.secretKey),
      send(
        'POST',
        '/v1/event-types',
        { hostId: foreign.hostId, hostIds: [foreign.hostId, world.hostId], assignment: 'collective', title: 'A', durationsMinutes: [30] },
        foreign.secretKey,
      ),
      send(
        'POST',
        '/v1/bookings',
        { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', invitee: { name: 'A', email: 'a@a.example' } },
        foreign.secretKey,
      ),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});

let theirs: Promise<Record<string, string>> | null = null;
function makeTheirs(): Promise<Record<string, string>> {
  theirs ??= (async () => {
    const own = await makeWorld(app(), { host: { externalId: 'shared' } });
    const post = (url: string, body: unknown) => send('POST', url, body, own.secretKey);
    const booking = await post('/v1/bookings', {
      eventTypeId: own.eventTypeId,
      start: '2026-11-24T15:00:00Z',
      invitee: { name: 'A', email: 'a@a.example' },
    });
    const notice = await post('/v1/notices', {
      key: 'terms',
      placements: ['messageRoom'],
      stages: ['contract'],
      acknowledgement: 'none',
      text: { en: 'A' },
    });
    const draft = await post('/v1/notices/terms/versions', {
      placements: ['messageRoom'],
      stages: ['contract'],
      acknowledgement: 'none',
      text: { en: 'B' },
      draft: true,
    });
    const ack = await post('/v1/acknowledgements', {
      noticeVersionId: notice.body.versions[0].id,
      actor: { externalId: 'c', role: 'invitee' },
    });
    const key = await post('/v1/api-keys', {});
    const { body: host } = await get(`/v1/hosts/${own.hostId}`, own.secretKey);
    const ids = {
      HOST: own.hostId,
      SCHEDULE: host.defaultScheduleId,
      EVENT_TYPE: own.eventTypeId,
      BOOKING: booking.body.id,
      ACK: ack.body.id,
      VERSION: draft.body.id,
      KEY: key.body.id,
    };
    for (const [name, id] of Object.entries(ids)) if (typeof id !== 'string') throw new Error(`${name} was not made`);
    return ids;
  })();
  return theirs;
}
