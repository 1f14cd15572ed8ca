import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { NOW, type TestApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00, 11:00 and noon in New York. */
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const NOON = '2026-11-24T17:00:00Z';
const ASKS = { eventType: { confirmation: 'request', requestExpiresMinutes: 60 } };

const shared = shareApp();

describe('requests', () => {
  test('block their time while pending, and only the host decides', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const { body } = await book(test, world, TEN);
      expect(body).toMatchObject({ status: 'requested', requestExpiresAt: '2026-11-23T13:00:00.000Z' });
      expect((await book(test, world, TEN)).status).toBe(409);
      expect((await verb(test, body.id, 'confirm', body.manageToken)).status).toBe(403);
      expect(
        (await test.call('POST', `/v1/bookings/${body.id}/confirm`, { key: world.publishableKey, roomToken: await invitee(test, world) }))
          .status,
      ).toBe(403);
      const confirmed = await asHost(test, world, body.id, 'confirm', { message: 'Looking forward to it' });
      expect(confirmed).toMatchObject({ status: 200, body: { status: 'confirmed', requestExpiresAt: null } });
      test.clock.advanceMinutes(120);
      await sweep(test.deps);
      expect((await read(test, world, body.id)).body.status).toBe('confirmed');
      expect((await book(test, world, TEN)).status).toBe(409);
    });
  });

  test('are decided once: twice, after a cancel or after the deadline answers the state they are in', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const first = await book(test, world, TEN);
      expect(await asHost(test, world, first.body.id, 'decline', { reason: 'Away that day' })).toMatchObject({
        status: 200,
        body: { status: 'declined', reason: 'Away that day' },
      });
      expect(await asHost(test, world, first.body.id, 'confirm')).toMatchObject({
        status: 409,
        body: { code: 'invalid_state', state: 'declined' },
      });
      const second = await book(test, world, TEN);
      await verb(test, second.body.id, 'cancel', second.body.manageToken);
      expect(await asHost(test, world, second.body.id, 'confirm')).toMatchObject({
        status: 409,
        body: { code: 'invalid_state', state: 'cancelled' },
      });
      const third = await book(test, world, TEN);
      test.clock.advanceMinutes(60);
      expect(await asHost(test, world, third.body.id, 'confirm')).toMatchObject({
        status: 409,
        body: { code: 'invalid_state', state: 'expired' },
      });
      expect(await verb(test, third.body.id, 'cancel', third.body.manageToken)).toMatchObject({ status: 409, body: { state: 'expired' } });
      expect((await book(test, world, TEN)).status).toBe(201);
    });
  });

  test('expire at their deadline, once, and free their time at that very instant', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const { body } = await book(test, world, TEN);
      test.clock.setTime(Date.parse(body.requestExpiresAt) - 1);
      await sweep(test.deps);
      expect((await read(test, world, body.id)).body.status).toBe('requested');
      test.clock.setTime(body.requestExpiresAt);
      expect((await read(test, world, body.id)).body.status).toBe('expired');
      await sweep(test.deps);
      await sweep(test.deps);
      const { data } = (await test.call('GET', `/v1/bookings/${body.id}/history`, { key: world.secretKey })).body;
      expect(data.map((entry: { action: string; actor: { kind: string } }) => [entry.action, entry.actor.kind])).toEqual([
        ['requested', 'operator'],
        ['expired', 'time'],
      ]);
      expect((await book(test, world, TEN)).status).toBe(201);
    });
  });

  test('the invitee moving a confirmed one asks again and keeps the old time until that is decided', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const { body } = await book(test, world, TEN);
      await asHost(test, world, body.id, 'confirm');
      const asked = await verb(test, body.id, 'reschedule', body.manageToken, { start: ELEVEN });
      expect(asked).toMatchObject({ status: 200, body: { status: 'confirmed', start: TEN, sequence: 0, rescheduleTo: { start: ELEVEN } } });
      expect((await book(test, world, TEN)).status).toBe(409);
      expect((await book(test, world, ELEVEN)).status).toBe(409);
      const moved = await asHost(test, world, body.id, 'confirm');
      expect(moved).toMatchObject({
        status: 200,
        body: { status: 'confirmed', start: ELEVEN, sequence: 1, rescheduleTo: null, rescheduleCount: 1 },
      });
      expect((await book(test, world, TEN)).status).toBe(201);
      expect(await asHost(test, world, body.id, 'confirm')).toMatchObject({ status: 409, body: { state: 'confirmed' } });
    });
  });

  test('a new time that is declined or runs out leaves the meeting where it was', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const { body } = await book(test, world, TEN);
      await asHost(test, world, body.id, 'confirm');
      await verb(test, body.id, 'reschedule', body.manageToken, { start: ELEVEN });
      expect(await asHost(test, world, body.id, 'decline', { reason: 'No' })).toMatchObject({
        status: 200,
        body: { status: 'confirmed', start: TEN, rescheduleTo: null },
      });
      expect((await book(test, world, ELEVEN)).status).toBe(201);
      await verb(test, body.id, 'reschedule', body.manageToken, { start: NOON });
      test.clock.advanceMinutes(60);
      expect((await read(test, world, body.id)).body).toMatchObject({ status: 'confirmed', start: TEN, rescheduleTo: null });
      expect((await book(test, world, NOON)).status).toBe(201);
      await sweep(test.deps);
      expect(await asHost(test, world, body.id, 'confirm')).toMatchObject({ status: 409, body: { state: 'confirmed' } });
    });
  });

  test('the host moving one does not ask', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, ASKS);
      const { body } = await book(test, world, TEN);
      await asHost(test, world, body.id, 'confirm');
      await verb(test, body.id, 'reschedule', body.manageToken, { start: NOON });
      const moved = await asHost(test, world, body.id, 'reschedule', { start: ELEVEN });
      expect(moved).toMatchObject({ status: 200, body: { start: ELEVEN, rescheduleTo: null } });
      expect((await book(test, world, NOON)).status).toBe(201);
    });
  });
});

function book({ call }: TestApp, world: World, start: string) {
  return call('POST', '/v1/bookings', {
    key: world.secretKey,
    body: {
      eventTypeId: world.eventTypeId,
      start,
      invitee: { externalId: 'client-1', name: 'Cleo Client', email: 'cleo@client.example' },
      room: { id: 'room-1', stage: 'contract' },
    },
  });
}

function verb({ call }: TestApp, id: string, name: string, key: string, body: object = {}) {
  return call('POST', `/v1/bookings/${id}/${name}`, { key, body });
}

async function asHost(test: TestApp, world: World, id: string, name: string, body: object = {}) {
  const roomToken = await signRoomToken(world, test.clock.nowMs(), {
    sub: 'ana',
    role: 'host',
    name: 'Ana Host',
    room: { id: 'room-1', stage: 'contract' },
  });
  return test.call('POST', `/v1/bookings/${id}/${name}`, { key: world.publishableKey, roomToken, body });
}

function invitee(test: TestApp, world: World) {
  return signRoomToken(world, test.clock.nowMs(), { room: { id: 'room-1', stage: 'contract' } });
}

function read({ call }: TestApp, world: World, id: string) {
  return call('GET', `/v1/bookings/${id}`, { key: world.secretKey });
}

/** One application for the whole file; each test has a tenant of its own and begins at the same instant. */
async function inApp(use: (test: TestApp) => Promise<void>): Promise<void> {
  const test = shared();
  test.clock.setTime(NOW);
  await use(test);
}
