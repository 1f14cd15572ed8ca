import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00 in New York; every test books another time of that week. */
const TEN = '2026-11-24T15:00:00Z';
const app = shareApp();
let world: World;
beforeAll(async () => {
  world = await makeWorld(app(), {
    tenant: { allowedOrigins: ['https://market.example', 'https://*.shops.example', 'http://localhost:5173'] },
  });
});

const call: ReturnType<typeof app>['call'] = (...args) => app().call(...args);
const currentNotices = (roomToken: string) => call('GET', '/v1/notices/current', { key: world.publishableKey, roomToken });

describe('room tokens', () => {
  const claims = () => ({ sub: 'client-1', name: 'Cleo', role: 'invitee', hostId: world.hostId, room: { id: 'r', stage: 'preContract' } });
  const nowSeconds = () => Math.floor(app().clock.nowMs() / 1000);
  const sign = (payload: Record<string, unknown>, { secret = world.embedSecret, alg = 'HS256' } = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
  const good = () => ({ ...claims(), exp: nowSeconds() + 900 });

  test('a good one is let in', async () => {
    expect((await currentNotices(await sign(good()))).status).toBe(200);
    expect((await currentNotices(await sign({ ...good(), exp: nowSeconds() + 3600 }))).status).toBe(200);
    expect((await currentNotices(await sign({ ...good(), aud: 'parley', jti: '1', nbf: nowSeconds() }))).status).toBe(200);
  });

  test('30 seconds of skew are forgiven, more is token_expired', async () => {
    expect((await currentNotices(await sign({ ...good(), exp: nowSeconds() - 25 }))).status).toBe(200);
    const expired = await currentNotices(await sign({ ...good(), exp: nowSeconds() - 31 }));
    expect(expired).toMatchObject({ status: 401, body: { code: 'token_expired' } });
    expect(expired.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each<[string, () => Promise<string> | string]>([
    ['another secret', () => sign(good(), { secret: 'es_another_secret_of_some_length_0000000' })],
    ['another tenant’s secret', async () => sign(good(), { secret: (await makeWorld(app())).embedSecret })],
    ['no signature (alg none)', () => new UnsecuredJWT(good()).encode()],
    ['HS512 instead of HS256', () => sign(good(), { alg: 'HS512' })],
    ['an hour and a minute to live', () => sign({ ...good(), exp: nowSeconds() + 3661 })],
    ['no end', () => sign(claims())],
    ['an end that is text', async () => tamper(await sign(good()), { ...good(), exp: String(nowSeconds() + 900) })],
    ['a payload changed after signing', async () => tamper(await sign(good()), { ...good(), sub: 'somebody-else' })],
    ['no sub', () => sign({ ...good(), sub: undefined })],
    ['no name', () => sign({ ...good(), name: undefined })],
    ['a role nobody has', () => sign({ ...good(), role: 'admin' })],
    ['no host', () => sign({ ...good(), hostId: undefined })],
    ['a host that is not there', () => sign({ ...good(), hostId: 'host_none' })],
    ['another tenant’s host', async () => sign({ ...good(), hostId: (await makeWorld(app())).hostId })],
    ['a stage nobody knows', () => sign({ ...good(), room: { id: 'r', stage: 'signed' } })],
    ['a javascript: address of the room', () => sign({ ...good(), room: { id: 'r', stage: 'contract', url: 'javascript:alert(1)' } })],
    ['NUL in the name', () => sign({ ...good(), name: 'a\0b' })],
    ['NUL in the sub', () => sign({ ...good(), sub: 'a\0b' })],
    ['NUL in the id of the room', () => sign({ ...good(), room: { id: 'a\0b', stage: 'contract' } })],
    ['half a surrogate pair in the name', () => sign({ ...good(), name: 'a\ud800b' })],
    ['not yet valid', () => sign({ ...good(), nbf: nowSeconds() + 600 })],
    ['no token at all', () => 'nonsense'],
    ['nothing', () => ''],
  ])('%s is refused', async (_name, token) => {
    const answer = await currentNotices(await token());
    expect(answer, answer.text).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  test('is sent beside a publishable key: alone it is nothing', async () => {
    const answer = await call('GET', '/v1/notices/current', { key: null, roomToken: await sign(good()) });
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  test('the secret before the last rotation is good for 24 hours and no longer', async () => {
    const own = await makeWorld(app());
    const rotated = await call('POST', '/v1/tenant/rotate-embed-secret', { key: own.secretKey });
    expect(rotated).toMatchObject({
      status: 200,
      body: { embedSecret: expect.any(String), previousValidUntil: '2026-11-24T12:00:00.000Z' },
    });
    const ask = async (secret: string, nowMs: number) =>
      (
        await call('GET', '/v1/notices/current', {
          key: own.publishableKey,
          roomToken: await signRoomToken({ ...own, embedSecret: secret }, nowMs),
        })
      ).status;
    const { clock } = app();
    const startMs = clock.nowMs();
    try {
      expect([await ask(own.embedSecret, startMs), await ask(rotated.body.embedSecret, startMs)]).toEqual([200, 200]);
      clock.advanceMinutes(24 * 60 + 1);
      expect([await ask(own.embedSecret, clock.nowMs()), await ask(rotated.body.embedSecret, clock.nowMs())]).toEqual([401, 200]);
    } finally {
      clock.setTime(startMs);
    }
  });

  test('opens one host only: the others are not there, neither their event types nor their times', async () => {
    const other = await call('POST', '/v1/hosts', { key: world.secretKey, body: { name: 'Other', timeZone: 'UTC' } });
    const eventType = await call('POST', '/v1/event-types', {
      key: world.secretKey,
      body: { hostId: other.body.id, title: 'A', durationsMinutes: [30] },
    });
    const asked = { key: world.publishableKey, roomToken: await sign(good()) };
    const refused = await Promise.all([
      call('GET', `/v1/event-types/${eventType.body.id}`, asked),
      call('GET', `/v1/event-types/${eventType.body.id}/slots?from=2026-11-24&to=2026-11-24`, asked),
      call('POST', '/v1/bookings', { ...asked, body: { eventTypeId: eventType.body.id, start: TEN } }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  test('shows the own meetings of its room only, and never another room’s', async () => {
    const mine = {
      key: world.publishableKey,
      roomToken: await signRoomToken(world, app().clock.nowMs(), { sub: 'mine', room: { id: 'room-mine', stage: 'contract' } }),
    };
    const theirs = {
      key: world.publishableKey,
      roomToken: await signRoomToken(world, app().clock.nowMs(), { sub: 'theirs', room: { id: 'room-theirs', stage: 'contract' } }),
    };
    const booked = await call('POST', '/v1/bookings', { ...mine, body: { eventTypeId: world.eventTypeId, start: '2026-11-25T15:00:00Z' } });
    expect(booked.status, booked.text).toBe(201);
    expect((await call('GET', `/v1/bookings/${booked.body.id}`, mine)).status).toBe(200);
    expect((await call('GET', `/v1/bookings/${booked.body.id}`, theirs)).status).toBe(404);
    expect((await call('POST', `/v1/bookings/${booked.body.id}/cancel`, theirs)).status).toBe(404);
    expect((await call('GET', '/v1/bookings', mine)).body.data).toHaveLength(1);
    expect((await call('GET', '/v1/bookings?roomId=room-mine', theirs)).body.data ?? []).toEqual([]);
  });

  test('its identity wins over what is typed into the form', async () => {
    const roomToken = await signRoomToken(world, app().clock.nowMs(), { sub: 'real', name: 'Real Name', email: 'real@real.example' });
    const booked = await call('POST', '/v1/bookings', {
      key: world.publishableKey,
      roomToken,
      body: {
        eventTypeId: world.eventTypeId,
        start: '2026-11-25T16:00:00Z',
        invitee: { name: 'Typed', email: 'typed@typed.example', externalId: 'other' },
      },
    });
    expect(booked.status, booked.text).toBe(201);
    const seen = await call('GET', `/v1/bookings/${booked.body.id}`, { key: world.secretKey });
    expect(seen.body.invitee).toMatchObject({ externalId: 'real', name: 'Real Name', email: 'real@real.example' });
  });
});

describe('who may call', () => {
  const keyWith = async (scopes: string[]) =>
    (await call('POST', '/v1/api-keys', { key: world.secretKey, body: { scopes } })).body.key as string;

  test('a read key reads, a write key writes too, an admin key makes keys', async () => {
    const [read, write, admin] = await Promise.all([keyWith(['read']), keyWith(['write']), keyWith(['admin'])]);
    const status = async (key: string | undefined) => [
      (await call('GET', '/v1/hosts', { key: key ?? null })).status,
      (await call('POST', '/v1/hosts', { key: key ?? null, body: { name: 'S', timeZone: 'UTC' } })).status,
      (await call('GET', '/v1/api-keys', { key: key ?? null })).status,
      (await call('PATCH', '/v1/tenant', { key: key ?? null, body: {} })).status,
    ];
    expect(await status(read)).toEqual([200, 403, 403, 403]);
    expect(await status(write)).toEqual([200, 201, 403, 403]);
    expect(await status(admin)).toEqual([200, 201, 200, 200]);
  });

  test('a publishable key never reads or lists bookings, hosts, keys or the ledger', async () => {
    for (const url of [
      '/v1/bookings',
      '/v1/bookings/bkg_x',
      '/v1/hosts',
      '/v1/schedules',
      '/v1/event-types',
      '/v1/tenant',
      '/v1/api-keys',
      '/v1/acknowledgements',
      '/v1/notices',
      '/v1/tenants',
    ])
      expect(await call('GET', url, { key: world.publishableKey }), url).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('tenants are the operator’s, and the operator’s key opens no tenant', async () => {
    expect((await call('GET', '/v1/tenants', { key: world.secretKey })).status).toBe(403);
    expect((await call('POST', '/v1/tenants', { key: world.secretKey, body: { name: 'A' } })).status).toBe(403);
    expect((await call('GET', '/v1/hosts')).status).toBe(403);
  });

  test('a page that demands room tokens lets nothing be made without one', async () => {
    const strict = await makeWorld(app(), { tenant: { requireRoomToken: true } });
    const body = { eventTypeId: strict.eventTypeId, start: TEN, invitee: { name: 'A', email: 'a@a.example' } };
    expect((await call('POST', '/v1/bookings', { key: strict.publishableKey, body })).status).toBe(403);
    const roomToken = await signRoomToken(strict, app().clock.nowMs());
    expect((await call('POST', '/v1/bookings', { key: strict.publishableKey, roomToken, body })).status).toBe(201);
  });

  test('stage, room and actor are stated by secret keys only', async () => {
    const body = { eventTypeId: world.eventTypeId, start: '2026-11-26T15:00:00Z', invitee: { name: 'A', email: 'a@a.example' } };
    for (const stated of [{ stage: 'contract' }, { room: { id: 'r', stage: 'contract' } }])
      expect((await call('POST', '/v1/bookings', { key: world.publishableKey, body: { ...body, ...stated } })).status).toBe(403);
    const room = { id: 'room-stated', stage: 'preContract' };
    expect((await call('POST', '/v1/bookings', { key: world.secretKey, body: { ...body, room } })).body).toMatchObject({
      room,
      stage: 'preContract',
    });
  });

  test('a manage token opens its one booking and nothing else, until 30 days after its end', async () => {
    const own = await makeWorld(app());
    const book = (start: string) =>
      call('POST', '/v1/bookings', {
        key: own.publishableKey,
        body: { eventTypeId: own.eventTypeId, start, invitee: { name: 'A', email: 'a@a.example' } },
      });
    const [first, second] = [await book(TEN), await book('2026-11-24T16:00:00Z')];
    const key = first.body.manageToken;
    expect((await call('GET', `/v1/bookings/${first.body.id}`, { key })).status).toBe(200);
    expect((await call('GET', '/v1/bookings/current', { key })).body.id).toBe(first.body.id);
    expect((await call('GET', `/v1/bookings/${second.body.id}`, { key })).status).toBe(404);
    expect((await call('POST', `/v1/bookings/${second.body.id}/cancel`, { key })).status).toBe(404);
    for (const url of ['/v1/bookings', '/v1/hosts', '/v1/tenant', `/v1/bookings/${first.body.id}/history`])
      expect((await call('GET', url, { key })).status, url).toBe(403);
    const { clock } = app();
    const startMs = clock.nowMs();
    try {
      clock.setTime(Date.parse(TEN) + 31 * 86_400_000);
      expect(await call('GET', `/v1/bookings/${first.body.id}`, { key })).toMatchObject({ status: 401, body: { code: 'token_expired' } });
    } finally {
      clock.setTime(startMs);
    }
  });

  test.each(['Basic dTpw', 'Bearer', 'Bearer ', 'bearer  ', 'sk_live_x', 'Bearer a b', `Bearer ${'x'.repeat(7000)}`, 'Bearer \u00e9'])(
    'the header "%s" opens nothing',
    async (authorization) => {
      const answer = await call('GET', '/v1/tenant', { key: null, headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    },
  );
});

describe('other sites', () => {
  const slots = () => `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-24`;
  const from = (origin: string, key = world.publishableKey) => call('GET', slots(), { key, headers: { origin } });

  test.each([
    ['https://market.example', 200],
    ['https://market.example:443', 200],
    ['https://MARKET.example', 200],
    ['http://localhost:5173', 200],
    ['http://127.0.0.1:3000', 200],
    ['https://a.shops.example', 200],
    ['https://a.b.shops.example', 200],
    ['https://shops.example', 403],
    ['https://evilshops.example', 403],
    ['https://a.shops.example.evil.example', 403],
    ['http://a.shops.example', 403],
    ['http://market.example', 403],
    ['https://market.example:8443', 403],
    ['https://sub.market.example', 403],
    ['http://localhost:5174', 403],
    ['https://evil.example', 403],
    ['null', 403],
  ])('a page of %s is answered %i', async (origin, status) => {
    const answer = await from(origin);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('origin_not_allowed');
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['access-control-expose-headers']).toContain('X-Request-Id');
  });

  test('a server without an Origin is no page, and secret keys are not asked for theirs', async () => {
    expect((await call('GET', slots(), { key: world.publishableKey })).status).toBe(200);
    expect((await from('https://evil.example', world.secretKey)).status).toBe(200);
  });

  test('the preflight passes everybody, without credentials, and is kept for two hours', async () => {
    for (const origin of ['https://market.example', 'https://evil.example', 'null']) {
      const answer = await call('OPTIONS', '/v1/bookings', {
        key: null,
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-room-token,idempotency-key',
        },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-max-age': '7200' });
      expect(answer.headers['access-control-allow-headers']).toContain('x-room-token');
      expect(answer.headers['access-control-allow-methods']).toContain('POST');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  test('a GET takes the publishable key in its address, so that it needs no preflight; nothing else does', async () => {
    expect((await call('GET', `${slots()}&key=${world.publishableKey}`, { key: null })).status).toBe(200);
    expect((await call('GET', `${slots()}&key=${world.secretKey}`, { key: null })).status).toBe(401);
    expect(
      (await call('GET', `${slots()}&key=${world.publishableKey}`, { key: null, headers: { origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect((await call('POST', `/v1/bookings?key=${world.publishableKey}`, { key: null, body: {} })).status).toBe(401);
  });
});

function tamper(token: string, payload: object): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
}
