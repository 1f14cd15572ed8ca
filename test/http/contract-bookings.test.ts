import { beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../server/adapters/crypto.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, type World } from '../helpers/world.ts';
import { COMPUTE } from './requests.ts';

const app = shareApp();
let world: World;
beforeAll(async () => {
  world = await makeWorld(app());
});

const call: ReturnType<typeof app>['call'] = (...args) => app().call(...args);
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
const visitor = { name: 'Vi Visitor', email: 'vi@visitor.example', timeZone: 'Asia/Calcutta', locale: 'de' };
const book = (own: World, start: string, more: object = {}) =>
  call('POST', '/v1/bookings', { key: own.secretKey, body: { eventTypeId: own.eventTypeId, start, invitee: visitor, ...more } });

describe('slots', () => {
  const list = (query: string, key = world.publishableKey) => call('GET', `/v1/event-types/${world.eventTypeId}/slots?${query}`, { key });

  test('lists every date of the viewer’s range, with starts in the viewer’s offset', async () => {
    const { body } = await list('from=2026-11-24&to=2026-11-29&timeZone=Asia/Kolkata');
    expect(body).toMatchObject({ timeZone: 'Asia/Kolkata', hostTimeZone: 'America/New_York', durationMinutes: 30, warnings: [] });
    expect(body.days.map(({ date, available }: { date: string; available: boolean }) => [date, available])).toEqual([
      ['2026-11-24', true],
      ['2026-11-25', true],
      ['2026-11-26', true],
      ['2026-11-27', true],
      ['2026-11-28', true],
      ['2026-11-29', false],
    ]);
    // Monday's afternoon in New York is Tuesday's first hours in Kolkata; Friday's runs into Saturday there.
    expect(body.days[0].slots[0]).toEqual({ start: '2026-11-24T00:00:00+05:30', end: '2026-11-24T00:30:00+05:30' });
    expect(body.days[4].slots.at(-1)).toEqual({ start: '2026-11-28T03:00:00+05:30', end: '2026-11-28T03:30:00+05:30' });
    expect(body.days[5].slots).toEqual([]);
  });

  test('every viewer sees the same instants', async () => {
    const range = 'from=2026-11-24T00:00:00Z&to=2026-11-28T00:00:00Z';
    const instants = async (timeZone: string) =>
      (await list(`${range}&timeZone=${timeZone}`)).body.days.flatMap(({ slots }: { slots: { start: string }[] }) =>
        slots.map(({ start }) => Date.parse(start)),
      );
    const expected = await instants('UTC');
    expect(expected).toHaveLength(16 * 4);
    for (const timeZone of ['Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Niue', 'Australia/Lord_Howe'])
      expect(await instants(timeZone)).toEqual(expected);
  });

  test('adds what a widget needs when asked, and calendars for secret keys only', async () => {
    const asked = 'from=2026-11-24&to=2026-11-24&include=eventType,notice,brand';
    const widget = await list(asked);
    expect(widget.body).toMatchObject({
      eventType: { id: world.eventTypeId, title: 'Intro' },
      notice: null,
      brand: {},
      calendarStatus: 'fresh',
    });
    expect(widget.body.calendars).toBeUndefined();
    expect((await list(asked, world.secretKey)).body.calendars).toEqual([]);
    expect((await list('from=2026-11-24&to=2026-11-24&include=secrets')).status).toBe(400);
  });

  test('of an event type nobody knows are 404', async () => {
    expect(await call('GET', '/v1/event-types/evt_none/slots?from=2026-11-24&to=2026-11-24', { key: world.publishableKey })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  test('of a stateless question need nothing stored, and keep to busy times, buffers and caps', async () => {
    const body = { ...COMPUTE, busy: [], bookings: [], rules: { durationsMinutes: [30] }, timeZone: 'America/New_York' };
    const startsWith = async (more: object) => {
      const answer = await call('POST', '/v1/slots/compute', { key: world.publishableKey, body: { ...body, ...more } });
      expect(answer.status, answer.text).toBe(200);
      return answer.body.days[0].slots.map(({ start }: { start: string }) => start.slice(11, 16));
    };
    const open = ['10:00', '10:30', '11:00', '11:30', '12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00', '15:30'];
    expect(await startsWith({})).toEqual(open);
    const busy = [{ start: '2026-08-03T11:15:00-04:00', end: '2026-08-03T12:00:00-04:00' }];
    expect(await startsWith({ busy })).toEqual(open.filter((start) => start !== '11:00' && start !== '11:30'));
    const bookings = [{ start: '2026-08-03T12:00:00-04:00', end: '2026-08-03T12:30:00-04:00', bufferAfterMinutes: 15 }];
    expect(await startsWith({ bookings })).toEqual(open.filter((start) => start !== '12:00' && start !== '12:30'));
    expect(await startsWith({ bookings, rules: { durationsMinutes: [30], maxPerDay: 1 } })).toEqual([]);
    const explained = await call('POST', '/v1/slots/compute', { key: world.secretKey, body: { ...body, busy, explain: true } });
    expect(explained.body.explain).toContainEqual(
      expect.objectContaining({ start: '2026-08-03T11:00:00-04:00', bookable: false, reason: 'busy' }),
    );
  });
});

describe('a booking', () => {
  test('is answered as the contract shows it', async () => {
    const own = await makeWorld(app(), { tenant: { name: 'T' } });
    const made = await book(own, '2026-11-24T10:00:00-05:00', {
      guests: [{ name: 'Gus', email: 'gus@guest.example' }],
      note: 'Hello',
      metadata: { a: { b: [1] } },
    });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^bkg_/),
      status: 'confirmed',
      eventTypeId: own.eventTypeId,
      title: 'Intro',
      start: expect.stringMatching(/^2026-11-24T15:00:00(\.000)?Z$/),
      end: expect.stringMatching(/^2026-11-24T15:30:00(\.000)?Z$/),
      durationMinutes: 30,
      hosts: [expect.objectContaining({ id: own.hostId, name: 'Ana Host' })],
      invitee: expect.objectContaining({ name: 'Vi Visitor', email: 'vi@visitor.example', timeZone: 'Asia/Kolkata', locale: 'de' }),
      guests: [{ id: expect.any(String), name: 'Gus', email: 'gus@guest.example' }],
      answers: {},
      note: 'Hello',
      hostNote: null,
      location: { type: 'room' },
      room: null,
      stage: 'contract',
      sequence: 0,
      rescheduleCount: 0,
      rescheduleTo: null,
      acknowledgementId: null,
      requestExpiresAt: null,
      links: {
        manage: expect.stringContaining('/m#mt_'),
        ics: expect.stringContaining(`/v1/bookings/${made.body.id}/calendar.ics?t=`),
        google: expect.stringMatching(/^https:\/\/calendar\.google\.com\//),
        outlook: expect.stringMatching(/^https:\/\/outlook\.live\.com\//),
        office365: expect.stringMatching(/^https:\/\/outlook\.office\.com\//),
        yahoo: expect.stringMatching(/^https:\/\/calendar\.yahoo\.com\//),
      },
      manageToken: expect.stringMatching(/^mt_/),
      metadata: { a: { b: [1] } },
      createdAt: instant,
      updatedAt: instant,
      cancelledAt: null,
      cancelledBy: null,
      reason: null,
    });
    const { manageToken: _told, ...kept } = made.body;
    const read = await call('GET', `/v1/bookings/${made.body.id}`, { key: own.secretKey });
    expect(read.body.manageToken).toBeUndefined();
    expect(read.body).toMatchObject({ ...kept, links: expect.any(Object) });
  });

  test('needs a name, and a mail address where no token vouches for the person', async () => {
    for (const [invitee, path] of [
      [undefined, 'invitee.name'],
      [{ email: 'a@a.example' }, 'invitee.name'],
      [{ name: 'A' }, 'invitee.email'],
      [{ name: 'A', email: 'a@a.example, b@b.example' }, 'invitee.email'],
      [{ name: 'A', email: 'A <a@a.example>' }, 'invitee.email'],
      [{ name: ' ', email: 'a@a.example' }, 'invitee.name'],
    ] as const) {
      const body = { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', ...(invitee !== undefined && { invitee }) };
      expect((await call('POST', '/v1/bookings', { key: world.publishableKey, body })).body.issues).toMatchObject([{ path }]);
    }
  });

  test('refuses what the event type does not offer, by field', async () => {
    const own = await makeWorld(app(), {
      eventType: { guestLimit: 1, questions: [{ key: 'goal', label: 'Goal', type: 'choice', required: true, options: ['a', 'b'] }] },
    });
    const at = '2026-11-24T15:00:00Z';
    const answers = { goal: 'a' };
    expect((await book(own, at)).body.issues).toMatchObject([{ path: 'answers.goal' }]);
    expect((await book(own, at, { answers: { goal: 'c' } })).body.issues).toMatchObject([{ path: 'answers.goal' }]);
    expect((await book(own, at, { answers: { goal: 'a', other: 'x' } })).body.issues).toMatchObject([{ path: 'answers.other' }]);
    expect((await book(own, at, { answers, durationMinutes: 45 })).body.issues).toMatchObject([{ path: 'durationMinutes' }]);
    expect(await book(own, at, { answers, location: { type: 'inPerson', address: 'Here' } })).toMatchObject({
      status: 422,
      body: { code: 'location_not_allowed' },
    });
    const guests = ['a', 'b'].map((name) => ({ name, email: `${name}@g.example` }));
    expect(await book(own, at, { answers, guests })).toMatchObject({ status: 422, body: { code: 'guest_limit' } });
    expect((await call('GET', '/v1/bookings', { key: own.secretKey })).body.data).toEqual([]);
    expect((await book(own, at, { answers })).status).toBe(201);
  });

  test('can be found by host, person, room, status and time', async () => {
    const own = await makeWorld(app());
    const tuesday = await book(own, '2026-11-24T15:00:00Z', {
      invitee: { ...visitor, externalId: 'c1' },
      room: { id: 'room-a', stage: 'contract' },
    });
    const wednesday = await book(own, '2026-11-25T15:00:00Z', {
      invitee: { ...visitor, externalId: 'c2' },
      room: { id: 'room-b', stage: 'contract' },
    });
    const thursday = await book(own, '2026-11-26T15:00:00Z', { invitee: { ...visitor, externalId: 'c1' } });
    await call('POST', `/v1/bookings/${thursday.body.id}/cancel`, { key: own.secretKey });
    const ids: Record<string, string> = { [tuesday.body.id]: 'tue', [wednesday.body.id]: 'wed', [thursday.body.id]: 'thu' };
    const find = async (query: string) =>
      (await call('GET', `/v1/bookings?${query}`, { key: own.secretKey })).body.data.map(({ id }: { id: string }) => ids[id]).toSorted();
    expect(await find('')).toEqual(['thu', 'tue', 'wed']);
    expect(await find(`hostId=${own.hostId}`)).toEqual(['thu', 'tue', 'wed']);
    expect(await find('hostId=host_none')).toEqual([]);
    expect(await find('inviteeExternalId=c1')).toEqual(['thu', 'tue']);
    expect(await find('roomId=room-b')).toEqual(['wed']);
    expect(await find('status=cancelled')).toEqual(['thu']);
    expect(await find('status=confirmed,cancelled&inviteeExternalId=c1')).toEqual(['thu', 'tue']);
    expect(await find('from=2026-11-25T00:00:00Z&to=2026-11-26T00:00:00Z')).toEqual(['wed']);
    for (const query of ['status=gone', 'from=2026-11-25', 'from=2026-02-30T00:00:00Z'])
      expect((await call('GET', `/v1/bookings?${query}`, { key: own.secretKey })).status, query).toBe(400);
  });

  test('that moves onto a taken time is refused with alternatives and stays where it was', async () => {
    const own = await makeWorld(app());
    const first = await book(own, '2026-11-24T15:00:00Z');
    await book(own, '2026-11-24T16:00:00Z');
    const moved = await call('POST', `/v1/bookings/${first.body.id}/reschedule`, {
      key: first.body.manageToken,
      body: { start: '2026-11-24T16:00:00Z' },
    });
    expect(moved).toMatchObject({ status: 409, body: { code: 'slot_unavailable' } });
    expect(moved.body.alternatives).toHaveLength(3);
    expect(moved.body.alternatives[0].start).toMatch(/\+05:30$/);
    expect((await call('GET', `/v1/bookings/${first.body.id}`, { key: own.secretKey })).body).toMatchObject({
      start: first.body.start,
      sequence: 0,
    });
  });

  test('keeps a history of what happened to it', async () => {
    const own = await makeWorld(app());
    const { body } = await book(own, '2026-11-24T15:00:00Z');
    await call('POST', `/v1/bookings/${body.id}/reschedule`, { key: body.manageToken, body: { start: '2026-11-24T17:00:00Z' } });
    await call('POST', `/v1/bookings/${body.id}/cancel`, { key: own.secretKey, body: { reason: 'ill' } });
    const { data } = (await call('GET', `/v1/bookings/${body.id}/history`, { key: own.secretKey })).body;
    expect(data.map(({ action }: { action: string }) => action).toSorted()).toEqual(['cancelled', 'confirmed', 'rescheduled']);
    for (const entry of data) expect(entry).toMatchObject({ at: instant, actor: { kind: expect.any(String) } });
    expect(JSON.stringify(data)).not.toContain('visitor.example');
  });

  test('comes as a calendar file by its link, and by nothing else', async () => {
    const own = await makeWorld(app());
    const { body } = await book(own, '2026-11-24T15:00:00Z');
    const link = new URL(body.links.ics);
    const file = await call('GET', link.pathname + link.search, { key: null });
    expect(file.status).toBe(200);
    expect(file.headers['content-type']).toContain('text/calendar');
    expect(file.text).toContain('DTSTART:20261124T150000Z');
    const fileToken = link.searchParams.get('t') ?? '';
    const elsewhere = { asManage: fileToken.replace('ft_', 'mt_'), asFile: body.manageToken.replace('mt_', 'ft_') };
    for (const search of ['', '?t=', '?t=wrong', `?t=${body.manageToken}`, `?t=${elsewhere.asFile}`])
      expect((await call('GET', link.pathname + search, { key: null })).status, search).toBeGreaterThanOrEqual(400);
    for (const key of [fileToken, elsewhere.asManage, elsewhere.asFile])
      expect((await call('GET', `/v1/bookings/${body.id}`, { key })).status, key).toBe(401);
    expect((await call('GET', `/v1/bookings/${body.id}`, { key: body.manageToken })).status).toBe(200);
  });

  test('is reached by the links of a time when every token had a row of its own', async () => {
    const own = await makeWorld(app());
    const { body } = await book(own, '2026-11-24T15:00:00Z');
    const { db, deps } = app();
    const tokens = { manage: `mt_${own.tenantId.slice(4)}${'m'.repeat(32)}`, file: `ft_${own.tenantId.slice(4)}${'f'.repeat(32)}` };
    const [row] = await db
      .deleteFrom('booking_tokens')
      .where('booking_id', '=', body.id)
      .where('party', '=', 'invitee')
      .returningAll()
      .execute();
    for (const kind of ['manage', 'file'] as const) {
      const token = deps.vault.seal(tokens[kind], `token:${own.tenantId}:${body.id}`);
      await db
        .insertInto('booking_tokens')
        .values({ ...row!, kind, token_hash: sha256(tokens[kind]), token })
        .execute();
    }
    const read = await call('GET', `/v1/bookings/${body.id}`, { key: tokens.manage });
    expect(read.body.links.manage).toContain(tokens.manage);
    expect(read.body.links.ics).toContain(tokens.file);
    expect((await call('GET', `/v1/bookings/${body.id}/calendar.ics?t=${tokens.file}`, { key: null })).status).toBe(200);
    expect((await call('GET', `/v1/bookings/${body.id}`, { key: body.manageToken })).status).toBe(401);
  });
});
