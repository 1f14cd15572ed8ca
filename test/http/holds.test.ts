import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { NOW, type TestApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00 and 11:00 in New York. */
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const visitor = { name: 'Vi Visitor', email: 'vi@visitor.example' };

const shared = shareApp();

describe('holds', () => {
  test('keep a slot for everybody but the one who names it, in listing and in booking', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const held = await hold(test, world, TEN);
      expect(held).toMatchObject({ status: 201, body: { start: TEN, expiresAt: '2026-11-23T12:05:00Z' } });
      expect(await starts(test, world)).not.toContain(TEN);
      expect(await starts(test, world, held.body.id)).toContain(TEN);
      expect(await book(test, world, TEN)).toMatchObject({ status: 409, body: { code: 'slot_unavailable' } });
      expect((await book(test, world, TEN, held.body.id)).status).toBe(201);
      expect(await book(test, world, TEN, held.body.id)).toMatchObject({ status: 409 });
    });
  });

  test('end by themselves at the very instant, with no job at work, and are told of once a sweep has come by', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { tenant: { holdMinutes: 1 } });
      const held = await hold(test, world, TEN);
      test.clock.setTime(Date.parse(held.body.expiresAt) - 1);
      expect(await starts(test, world)).not.toContain(TEN);
      test.clock.setTime(held.body.expiresAt);
      expect(await starts(test, world)).toContain(TEN);
      expect(await events(test, world)).toEqual([]);
      await sweep(test.deps);
      await sweep(test.deps);
      expect(await events(test, world)).toEqual(['hold.expired']);
    });
  });

  test('that have run out are ignored while the start is free, and named as the reason when it is not', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const [first, second] = [await hold(test, world, TEN), await holdAs(test, world, 'client-2', ELEVEN)];
      test.clock.advanceMinutes(6);
      expect((await book(test, world, TEN, first.body.id)).status).toBe(201);
      await book(test, world, ELEVEN);
      const late = await bookAs(test, world, 'client-2', ELEVEN, second.body.id);
      expect(late).toMatchObject({ status: 409, body: { code: 'hold_expired' } });
      expect(late.body.alternatives).toHaveLength(3);
    });
  });

  test('are one a person: a new one ends the one before, and a refused one leaves it', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      await holdAs(test, world, 'client-1', TEN);
      await holdAs(test, world, 'client-1', ELEVEN);
      expect(await starts(test, world)).toContain(TEN);
      expect(await starts(test, world)).not.toContain(ELEVEN);
      expect((await holdAs(test, world, 'client-2', ELEVEN)).status).toBe(409);
      await holdAs(test, world, 'client-2', TEN);
      expect((await holdAs(test, world, 'client-2', ELEVEN)).status).toBe(409);
      expect(await starts(test, world)).not.toContain(TEN);
      const { rows } = await liveHolds(test, world);
      expect(rows).toBe(2);
    });
  });

  test('of somebody else, or of another start, are of no use in a booking, and cannot be released', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const held = await holdAs(test, world, 'client-1', TEN);
      expect((await bookAs(test, world, 'client-2', TEN, held.body.id)).status).toBe(409);
      expect((await bookAs(test, world, 'client-1', ELEVEN, held.body.id)).status).toBe(201);
      expect(await starts(test, world)).not.toContain(TEN);
      const roomToken = await signRoomToken(world, test.clock.nowMs(), { sub: 'client-2' });
      const release = (token: string) => test.call('DELETE', `/v1/holds/${held.body.id}`, { key: world.publishableKey, roomToken: token });
      expect((await release(roomToken)).status).toBe(404);
      expect((await release(await signRoomToken(world, test.clock.nowMs(), { sub: 'client-1' }))).status).toBe(204);
      expect(await starts(test, world)).toContain(TEN);
    });
  });

  test('are judged once: the minimum notice that passes while a form is open does not take the slot away', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { minimumNoticeMinutes: 60 * 27 - 2 }, tenant: { holdMinutes: 10 } });
      const held = await hold(test, world, TEN);
      test.clock.advanceMinutes(5);
      expect(await starts(test, world)).not.toContain(TEN);
      expect((await book(test, world, TEN)).status).toBe(409);
      expect((await book(test, world, TEN, held.body.id)).status).toBe(201);
    });
  });

  test('keep the new time of a meeting too, also one that overlaps the old', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { slotIntervalMinutes: 15 } });
      const { body } = await book(test, world, TEN);
      const start = '2026-11-24T15:15:00Z';
      const held = await test.call('POST', '/v1/holds', {
        key: body.manageToken,
        body: { eventTypeId: world.eventTypeId, start, rescheduleOf: body.id },
      });
      expect(held.status).toBe(201);
      expect((await book(test, world, '2026-11-24T15:30:00Z')).status).toBe(409);
      const moved = await test.call('POST', `/v1/bookings/${body.id}/reschedule`, {
        key: body.manageToken,
        body: { start, holdId: held.body.id },
      });
      expect(moved).toMatchObject({ status: 200, body: { start } });
      test.clock.advanceMinutes(10);
      await sweep(test.deps);
      expect(await starts(test, world)).not.toContain(start);
      expect(await starts(test, world)).toContain('2026-11-24T15:45:00Z');
    });
  });
});

async function liveHolds({ db }: TestApp, { tenantId }: World): Promise<{ rows: number }> {
  const rows = await db.selectFrom('holds').select('hold_id').where('tenant_id', '=', tenantId).where('status', '=', 'live').execute();
  return { rows: rows.length };
}

async function events({ db }: TestApp, { tenantId }: World): Promise<string[]> {
  return (await db.selectFrom('events').select('type').where('tenant_id', '=', tenantId).orderBy('event_id').execute()).map(
    ({ type }) => type,
  );
}

function hold({ call }: TestApp, world: World, start: string) {
  return call('POST', '/v1/holds', { key: world.publishableKey, body: { eventTypeId: world.eventTypeId, start } });
}

async function holdAs(test: TestApp, world: World, sub: string, start: string) {
  const roomToken = await signRoomToken(world, test.clock.nowMs(), { sub });
  return test.call('POST', '/v1/holds', { key: world.publishableKey, roomToken, body: { eventTypeId: world.eventTypeId, start } });
}

function book({ call }: TestApp, world: World, start: string, holdId?: string) {
  return call('POST', '/v1/bookings', {
    key: world.publishableKey,
    body: { eventTypeId: world.eventTypeId, start, invitee: visitor, ...(holdId && { holdId }) },
  });
}

async function bookAs(test: TestApp, world: World, sub: string, start: string, holdId: string) {
  const roomToken = await signRoomToken(world, test.clock.nowMs(), { sub });
  return test.call('POST', '/v1/bookings', {
    key: world.publishableKey,
    roomToken,
    body: { eventTypeId: world.eventTypeId, start, holdId },
  });
}

async function starts({ call }: TestApp, world: World, holdId?: string): Promise<string[]> {
  const url = `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-24&timeZone=UTC${holdId === undefined ? '' : `&holdId=${holdId}`}`;
  const { body } = await call('GET', url, { key: world.publishableKey });
  return body.days.flatMap((day: { slots: { start: string }[] }) => day.slots.map((slot) => slot.start));
}

/** One application for the whole file; each test has a tenant of its own and begins at the same instant. */
async function inApp(use: (test: TestApp) => Promise<void>): Promise<void> {
  const test = shared();
  test.clock.setTime(NOW);
  await use(test);
}
