import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { NOW, type TestApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00 to noon in New York. */
const TEN = '2026-11-24T15:00:00Z';
const HALF_PAST = '2026-11-24T15:30:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const NOON = '2026-11-24T17:00:00Z';
type Side = 'host' | 'invitee';

const shared = shareApp();

describe('proposals', () => {
  test('keep every offered time, touching ones too; the other side picks one and the others are free', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { bufferAfterMinutes: 15 } });
      const offered = await propose(test, world, 'host', [TEN, HALF_PAST, ELEVEN]);
      expect(offered).toMatchObject({
        status: 201,
        body: { status: 'open', by: 'host', starts: [TEN, HALF_PAST, ELEVEN], expiresAt: '2026-11-24T12:00:00.000Z' },
      });
      for (const start of [TEN, HALF_PAST, ELEVEN]) expect((await book(test, world, start)).status).toBe(409);
      expect((await accept(test, world, 'host', offered.body.id, TEN)).status).toBe(403);
      expect(await accept(test, world, 'invitee', offered.body.id, NOON)).toMatchObject({ status: 400 });
      const booked = await accept(test, world, 'invitee', offered.body.id, HALF_PAST);
      expect(booked).toMatchObject({
        status: 200,
        body: { status: 'confirmed', start: HALF_PAST, invitee: { name: 'Cleo Client' }, room: { id: 'room-1' } },
      });
      expect(booked.body.manageToken).toMatch(/^mt_/);
      expect((await accept(test, world, 'invitee', offered.body.id, HALF_PAST)).body.id).toBe(booked.body.id);
      expect(await accept(test, world, 'invitee', offered.body.id, TEN)).toMatchObject({
        status: 409,
        body: { code: 'invalid_state', state: 'accepted' },
      });
      expect((await book(test, world, NOON)).status).toBe(201);
      expect(await claims(test, world)).toBe(2);
    });
  });

  test('of the invitee are accepted by the host, who is not handed the invitee’s link; even a kind that is requested is then confirmed', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { confirmation: 'request' } });
      const offered = await propose(test, world, 'invitee', [TEN, NOON]);
      const booked = await accept(test, world, 'host', offered.body.id, NOON);
      expect(booked).toMatchObject({ status: 200, body: { status: 'confirmed', invitee: { name: 'Cleo Client' } } });
      expect(booked.body.manageToken).toBeUndefined();
      const mine = await test.call('GET', '/v1/bookings', { key: world.publishableKey, roomToken: await token(test, world, 'invitee') });
      expect(mine.body.data.map((one: { id: string }) => one.id)).toEqual([booked.body.id]);
    });
  });

  test('end by a counter-proposal, by being withdrawn from either side, and by time; each frees everything at once', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const first = await propose(test, world, 'host', [TEN, ELEVEN]);
      const counter = await propose(test, world, 'invitee', [ELEVEN, NOON]);
      expect(counter.status).toBe(201);
      expect(await accept(test, world, 'invitee', first.body.id, TEN)).toMatchObject({ status: 409, body: { state: 'withdrawn' } });
      const gone = await withdraw(test, world, 'host', counter.body.id, 'Mornings only, please');
      expect(gone).toMatchObject({ status: 200, body: { status: 'withdrawn', endedBy: 'host', reason: 'Mornings only, please' } });
      expect((await withdraw(test, world, 'host', counter.body.id)).status).toBe(200);
      expect(await claims(test, world)).toBe(0);
      const third = await propose(test, world, 'host', [TEN], 30);
      test.clock.advanceMinutes(30);
      expect((await book(test, world, TEN)).status).toBe(201);
      expect(await accept(test, world, 'invitee', third.body.id, TEN)).toMatchObject({ status: 409, body: { state: 'expired' } });
      await sweep(test.deps);
      await sweep(test.deps);
      const types = await test.db
        .selectFrom('events')
        .select('type')
        .where('tenant_id', '=', world.tenantId)
        .where('type', 'like', 'proposal.%')
        .orderBy('event_id')
        .execute();
      expect(types.map(({ type }) => type)).toEqual([
        'proposal.created',
        'proposal.withdrawn',
        'proposal.created',
        'proposal.withdrawn',
        'proposal.created',
        'proposal.expired',
      ]);
      const { data } = (
        await test.call('GET', '/v1/proposals?status=withdrawn', { key: world.publishableKey, roomToken: await token(test, world, 'host') })
      ).body;
      expect(data).toHaveLength(2);
    });
  });

  test('offer only what is bookable, and never more than ten', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      await book(test, world, TEN);
      expect(await propose(test, world, 'host', [ELEVEN, TEN])).toMatchObject({
        status: 409,
        body: { code: 'slot_unavailable', reason: 'booked' },
      });
      expect(await claims(test, world)).toBe(1);
      const eleven = Array.from({ length: 11 }, (_, i) => new Date(Date.parse(NOON) + i * 1_800_000).toISOString());
      expect((await propose(test, world, 'host', eleven)).status).toBe(400);
    });
  });

  test('are made and accepted only under the terms that bind each side', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      await test.call('POST', '/v1/notices', {
        key: world.secretKey,
        body: {
          key: 'terms',
          placements: ['messageRoom'],
          stages: ['contract'],
          roles: ['invitee'],
          severity: 'info',
          acknowledgement: 'oncePerRoom',
          text: { en: 'Stay here.' },
        },
      });
      const refused = await propose(test, world, 'invitee', [TEN]);
      expect(refused).toMatchObject({ status: 422, body: { code: 'acknowledgement_required' } });
      const offered = await propose(test, world, 'host', [TEN]);
      expect(offered.status).toBe(201);
      expect((await accept(test, world, 'invitee', offered.body.id, TEN)).status).toBe(422);
      await test.call('POST', '/v1/acknowledgements', {
        key: world.publishableKey,
        roomToken: await token(test, world, 'invitee'),
        body: { noticeVersionId: refused.body.notice.noticeVersionId },
      });
      expect((await accept(test, world, 'invitee', offered.body.id, TEN)).status).toBe(200);
    });
  });

  test('are listed with who ended them, by the key in the address too, and tagged: who has the list already is answered 304', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const offered = await propose(test, world, 'host', [TEN]);
      const roomToken = await token(test, world, 'invitee');
      const list = (tag?: string) =>
        test.call('GET', `/v1/proposals?key=${world.publishableKey}&limit=100`, {
          key: null,
          roomToken,
          ...(tag !== undefined && { headers: { 'if-none-match': tag } }),
        });
      const first = await list();
      expect(first.body.data).toMatchObject([{ id: offered.body.id, status: 'open', endedBy: null }]);
      expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: expect.stringContaining('X-Room-Token') });
      expect(await list(String(first.headers['etag']))).toMatchObject({ status: 304, text: '' });
      await withdraw(test, world, 'invitee', offered.body.id, 'Rather in the afternoon');
      const after = await list(String(first.headers['etag']));
      expect(after).toMatchObject({
        status: 200,
        body: { data: [{ status: 'withdrawn', endedBy: 'invitee', reason: 'Rather in the afternoon' }] },
      });
      const second = await propose(test, world, 'host', [TEN], 5);
      test.clock.advanceMinutes(5);
      expect((await list()).body.data[1]).toMatchObject({ id: second.body.id, status: 'expired', endedBy: 'time' });
    });
  });

  test('are not there for another room, and not for another invitee once they are somebody’s', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const offered = await propose(test, world, 'invitee', [TEN]);
      const other = await signRoomToken(world, test.clock.nowMs(), {
        sub: 'host-x',
        role: 'host',
        room: { id: 'room-2', stage: 'contract' },
      });
      const url = `/v1/proposals/${offered.body.id}/accept`;
      expect((await test.call('POST', url, { key: world.publishableKey, roomToken: other, body: { start: TEN } })).status).toBe(404);
      const stranger = await signRoomToken(world, test.clock.nowMs(), { sub: 'stranger', room: { id: 'room-1', stage: 'contract' } });
      expect(
        (await test.call('POST', `/v1/proposals/${offered.body.id}/withdraw`, { key: world.publishableKey, roomToken: stranger })).status,
      ).toBe(404);
      expect((await test.call('GET', '/v1/proposals', { key: world.publishableKey, roomToken: stranger })).body.data).toEqual([]);
      expect(
        (await test.call('POST', '/v1/proposals', { key: world.publishableKey, body: { eventTypeId: world.eventTypeId, starts: [NOON] } }))
          .status,
      ).toBe(403);
    });
  });
});

function token(test: TestApp, world: World, side: Side) {
  const who = side === 'host' ? { sub: 'ana', name: 'Ana Host' } : { sub: 'client-1', name: 'Cleo Client' };
  return signRoomToken(world, test.clock.nowMs(), { ...who, role: side, room: { id: 'room-1', stage: 'contract' } });
}

async function propose(test: TestApp, world: World, side: Side, starts: string[], expiresMinutes?: number) {
  const body = { eventTypeId: world.eventTypeId, starts, ...(expiresMinutes && { expiresMinutes }) };
  return test.call('POST', '/v1/proposals', { key: world.publishableKey, roomToken: await token(test, world, side), body });
}

async function accept(test: TestApp, world: World, side: Side, id: string, start: string) {
  return test.call('POST', `/v1/proposals/${id}/accept`, {
    key: world.publishableKey,
    roomToken: await token(test, world, side),
    body: { start },
  });
}

async function withdraw(test: TestApp, world: World, side: Side, id: string, reason?: string) {
  return test.call('POST', `/v1/proposals/${id}/withdraw`, {
    key: world.publishableKey,
    roomToken: await token(test, world, side),
    body: reason === undefined ? {} : { reason },
  });
}

function book({ call }: TestApp, world: World, start: string) {
  return call('POST', '/v1/bookings', {
    key: world.publishableKey,
    body: { eventTypeId: world.eventTypeId, start, invitee: { name: 'Vi', email: 'vi@visitor.example' } },
  });
}

async function claims({ db }: TestApp, { tenantId }: World): Promise<number> {
  return (await db.selectFrom('claims').select('owner_id').where('tenant_id', '=', tenantId).execute()).length;
}

/** One application for the whole file; each test has a tenant of its own and begins at the same instant. */
async function inApp(use: (test: TestApp) => Promise<void>): Promise<void> {
  const test = shared();
  test.clock.setTime(NOW);
  await use(test);
}
