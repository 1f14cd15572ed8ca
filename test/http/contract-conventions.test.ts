import { type AddressInfo, connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { withApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

const app = shareApp();
const call: ReturnType<typeof app>['call'] = (...args) => app().call(...args);

describe('lists', () => {
  const LISTS: [string, (world: World, i: number) => Promise<unknown>][] = [
    ['/v1/hosts', (world, i) => call('POST', '/v1/hosts', { key: world.secretKey, body: { name: `H${i}`, timeZone: 'UTC' } })],
    [
      '/v1/schedules',
      (world) => call('POST', '/v1/schedules', { key: world.secretKey, body: { hostId: world.hostId, timeZone: 'UTC', weeklyHours: [] } }),
    ],
    [
      '/v1/event-types',
      (world, i) =>
        call('POST', '/v1/event-types', { key: world.secretKey, body: { hostId: world.hostId, title: `E${i}`, durationsMinutes: [30] } }),
    ],
    ['/v1/api-keys', (world, i) => call('POST', '/v1/api-keys', { key: world.secretKey, body: { name: `K${i}` } })],
    ['/v1/notices', (world, i) => call('POST', '/v1/notices', { key: world.secretKey, body: { key: `terms-${i}` } })],
    [
      '/v1/bookings',
      // Seven at different times and two pairs of cancelled ones at one time each, so that the order needs more than the start.
      async (world, i) => {
        const start = new Date(Date.parse('2026-11-24T15:00:00Z') + (i % 5) * 86_400_000 * 7).toISOString();
        const booked = await call('POST', '/v1/bookings', {
          key: world.secretKey,
          body: { eventTypeId: world.eventTypeId, start, invitee: { name: 'A', email: 'a@a.example' } },
        });
        return call('POST', `/v1/bookings/${booked.body.id}/cancel`, { key: world.secretKey });
      },
    ],
    [
      '/v1/acknowledgements',
      async (world, i) => {
        const notice = await call('POST', '/v1/notices', {
          key: world.secretKey,
          body: { key: `n-${i}`, placements: ['a'], stages: ['contract'], acknowledgement: 'none', text: { en: 'A' } },
        });
        return call('POST', '/v1/acknowledgements', {
          key: world.secretKey,
          body: { noticeVersionId: notice.body.versions[0].id, actor: { externalId: 'c', role: 'invitee' } },
        });
      },
    ],
  ];

  test.each(LISTS)('%s is read page by page: every entry once, in one order, null at the end', async (url, make) => {
    const world = await makeWorld(app());
    for (let i = 0; i < 9; i++) await make(world, i);
    const whole = await call('GET', `${url}?limit=100`, { key: world.secretKey });
    expect(whole.body.nextCursor).toBeNull();
    const ids = whole.body.data.map(({ id }: { id: string }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(9);
    expect(new Set(ids).size).toBe(ids.length);

    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await call('GET', `${url}?limit=2${cursor}`, { key: world.secretKey });
      expect(page.body.data.length).toBeGreaterThan(0);
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      cursor = page.body.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.body.nextCursor)}`;
    } while (cursor !== '');
    expect(seen).toEqual(ids);
  });

  test.each(LISTS.map(([url]) => url))('%s refuses a cursor it did not write, and a limit outside 1 to 100', async (url) => {
    const world = await makeWorld(app());
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      'nonsense',
      encode([]),
      encode([1, 2, 3]),
      encode({ a: 1 }),
      encode([{}]),
      encode([null]),
      encode([9e15]),
      '%00',
      'x'.repeat(301),
    ])
      expect(await call('GET', `${url}?cursor=${cursor}`, { key: world.secretKey }), cursor).toMatchObject({
        status: 400,
        body: { code: 'validation_failed', issues: [{ path: 'cursor' }] },
      });
    for (const limit of ['0', '101', '-1', '1.5', 'all'])
      expect(await call('GET', `${url}?limit=${limit}`, { key: world.secretKey }), limit).toMatchObject({
        status: 400,
        body: { issues: [{ path: 'limit' }] },
      });
    expect(await call('GET', `${url}?colour=red`, { key: world.secretKey })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'colour', message: 'is not a known field' }] },
    });
  });
});

describe('Idempotency-Key', () => {
  const tuesday = (i: number) => new Date(Date.parse('2026-11-24T15:00:00Z') + i * 30 * 60_000).toISOString();
  const make = (world: World, key: string, idempotencyKey: string, body: object, roomToken?: string) =>
    call('POST', '/v1/bookings', {
      key,
      ...(roomToken !== undefined && { roomToken }),
      body: { eventTypeId: world.eventTypeId, ...body },
      headers: { 'idempotency-key': idempotencyKey },
    });
  const visitor = { name: 'A', email: 'a@a.example' };

  test('belongs to the credential: another key with the same words makes its own', async () => {
    const world = await makeWorld(app());
    const other = await call('POST', '/v1/api-keys', { key: world.secretKey, body: {} });
    const first = await make(world, world.secretKey, 'same', { start: tuesday(0), invitee: visitor });
    const second = await make(world, other.body.key, 'same', { start: tuesday(1), invitee: visitor });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test('belongs to the person of the room token', async () => {
    const world = await makeWorld(app());
    const nowMs = app().clock.nowMs();
    const [ann, bob] = await Promise.all(
      ['ann', 'bob'].map((sub) => signRoomToken(world, nowMs, { sub, room: { id: `room-${sub}`, stage: 'contract' } })),
    );
    const first = await make(world, world.publishableKey, 'same', { start: tuesday(0) }, ann);
    const second = await make(world, world.publishableKey, 'same', { start: tuesday(1) }, bob);
    expect([first.status, second.status]).toEqual([201, 201]);
    const fresh = await signRoomToken(world, nowMs, { sub: 'ann', room: { id: 'room-ann', stage: 'contract' }, jti: 'renewed' });
    const again = await make(world, world.publishableKey, 'same', { start: tuesday(0) }, fresh);
    expect(again.body.id).toBe(first.body.id);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  test('belongs to the route', async () => {
    const world = await makeWorld(app());
    const post = (url: string, body: object) => call('POST', url, { key: world.secretKey, body, headers: { 'idempotency-key': 'same' } });
    const host = await post('/v1/hosts', { name: 'A', timeZone: 'UTC' });
    const schedule = await post('/v1/schedules', { hostId: world.hostId, timeZone: 'UTC', weeklyHours: [] });
    expect([host.status, schedule.status]).toEqual([201, 201]);
    const again = await post('/v1/hosts', { name: 'A', timeZone: 'UTC' });
    expect(again).toMatchObject({ status: 201, body: { id: host.body.id }, headers: { 'idempotent-replayed': 'true' } });
  });

  test('is good for every POST that creates', async () => {
    const world = await makeWorld(app());
    const terms = { placements: ['a'], stages: ['contract'], acknowledgement: 'none', text: { en: 'A' } };
    const notice = await call('POST', '/v1/notices', { key: world.secretKey, body: { key: 'terms', ...terms } });
    const noticeVersionId = notice.body.versions[0].id;
    const requests: [string, object, string][] = [
      ['/v1/tenants', { name: 'Once' }, 'ak_test'],
      ['/v1/api-keys', {}, world.secretKey],
      ['/v1/hosts', { name: 'A', timeZone: 'UTC' }, world.secretKey],
      ['/v1/schedules', { hostId: world.hostId, timeZone: 'UTC', weeklyHours: [] }, world.secretKey],
      ['/v1/event-types', { hostId: world.hostId, title: 'A', durationsMinutes: [30] }, world.secretKey],
      ['/v1/notices', { key: 'more-terms' }, world.secretKey],
      ['/v1/notices/terms/versions', { ...terms, draft: true }, world.secretKey],
      ['/v1/impressions', { noticeVersionId }, world.secretKey],
      ['/v1/acknowledgements', { noticeVersionId, actor: { externalId: 'c', role: 'invitee' } }, world.secretKey],
    ];
    for (const [url, body, key] of requests) {
      const send = () => call('POST', url, { key, body, headers: { 'idempotency-key': `once-${url}` } });
      const first = await send();
      const again = await send();
      expect(first.status, `${url}: ${first.text}`).toBe(201);
      expect(again.body, url).toEqual(first.body);
      expect(again.headers['idempotent-replayed'], url).toBe('true');
    }
  });

  test('is 1 to 255 characters, and good for 24 hours', async () => {
    const world = await makeWorld(app());
    const send = (key: string) =>
      call('POST', '/v1/hosts', { key: world.secretKey, body: { name: 'A', timeZone: 'UTC' }, headers: { 'idempotency-key': key } });
    expect((await send('')).body.issues).toMatchObject([{ path: 'Idempotency-Key' }]);
    expect((await send('x'.repeat(256))).body.issues).toMatchObject([{ path: 'Idempotency-Key' }]);
    const first = await send('x'.repeat(255));
    const { clock } = app();
    const startMs = clock.nowMs();
    try {
      clock.advanceMinutes(24 * 60 - 1);
      expect((await send('x'.repeat(255))).body.id).toBe(first.body.id);
      clock.advanceMinutes(2);
      const fresh = await send('x'.repeat(255));
      expect(fresh.status).toBe(201);
      expect(fresh.body.id).not.toBe(first.body.id);
    } finally {
      clock.setTime(startMs);
    }
  });
});

describe('every answer', () => {
  test('carries an X-Request-Id of its own, the same as in the problem', async () => {
    const [one, two] = [await call('GET', '/healthz', { key: null }), await call('GET', '/v1/hosts/none', { key: null })];
    expect(one.headers['x-request-id']).toMatch(/^[\w-]{8,}$/);
    expect(two.headers['x-request-id']).not.toBe(one.headers['x-request-id']);
    expect(two.body.requestId).toBe(two.headers['x-request-id']);
  });

  test('that is no HTTP, or whose headers are too large, is a problem document too', async () => {
    await withApp(async ({ app: own }) => {
      await own.listen({ port: 0, host: '127.0.0.1' });
      const { port } = own.server.address() as AddressInfo;
      for (const [text, status, code] of [
        ['BREW /v1/tenant HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'validation_failed'],
        ['nonsense\r\n\r\n', 400, 'validation_failed'],
        [`GET /v1/tenant HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`, 413, 'payload_too_large'],
      ] as const) {
        const [head = '', body = ''] = (await sendRaw(port, text)).split('\r\n\r\n');
        expect(head.split('\r\n')).toContain('Content-Type: application/problem+json');
        const problem = JSON.parse(body);
        expect(problem).toMatchObject({ status, code, type: `urn:parley:problem:${code}` });
        expect(head.split('\r\n')).toEqual(expect.arrayContaining([`X-Request-Id: ${problem.requestId}`]));
        expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      }
    });
  });

  test.each([
    ['GET', '/v1/nothing', 404],
    ['DELETE', '/v1/tenants', 404],
    ['GET', '/v1/hosts/%', 400],
    ['GET', `/v1/hosts/${'x'.repeat(400)}`, 404],
    ['GET', '/v1/hosts/%00', 400],
    ['GET', '/v1/event-types/%E0%A4%A/slots', 400],
  ] as const)('that is an error is a problem document: %s %s', async (method, url, status) => {
    const { secretKey } = await makeWorld(app());
    const answer = await call(method, url, { key: secretKey });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toEqual({
      type: `urn:parley:problem:${answer.body.code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code: expect.any(String),
      requestId: expect.any(String),
      ...(answer.body.issues !== undefined && { issues: expect.any(Array) }),
    });
  });

  test('of a limited server says how many are left, and the one too many says when to come again', async () => {
    await withApp(
      async (test) => {
        const first = await test.call('GET', '/healthz', { key: null });
        expect(first.headers).toMatchObject({ 'ratelimit-limit': '3000', 'ratelimit-remaining': '2999' });
        expect(Number(first.headers['ratelimit-reset'])).toBeGreaterThan(0);
        for (let i = 0; i < 2999; i += 100)
          await Promise.all(Array.from({ length: Math.min(100, 2999 - i) }, () => test.app.inject({ url: '/healthz' })));
        const refused = await test.call('GET', '/healthz', { key: null });
        expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited', status: 429 } });
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
        expect(refused.headers['content-type']).toContain('application/problem+json');
        expect(refused.headers['x-request-id']).toBe(refused.body.requestId);
      },
      { rateLimit: true },
    );
  });
});

describe('health', () => {
  test('/healthz names versions and the edition of the time zone data, /readyz asks the database', async () => {
    const health = await call('GET', '/healthz', { key: null });
    expect(health).toMatchObject({
      status: 200,
      body: { status: 'ok', version: expect.any(String), node: process.versions.node, timeZoneData: process.versions.tz },
    });
    expect(await call('GET', '/readyz', { key: null })).toMatchObject({ status: 200, body: { status: 'ready' } });
  });
});

async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  return readText(socket);
}
