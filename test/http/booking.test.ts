import { describe, expect, test } from 'vitest';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, type World } from '../helpers/world.ts';

/** Tuesday 10:00 in New York. */
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const visitor = { name: 'Vi Visitor', email: 'vi@visitor.example', timeZone: 'Asia/Kolkata' };

describe('POST /v1/bookings', () => {
  test('books a start that the listing offers, and the start is gone for everybody', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      expect(await starts(test, world)).toContain(TEN);
      const booked = await book(test, world, TEN);
      expect(booked.status).toBe(201);
      expect(booked.body).toMatchObject({
        status: 'confirmed',
        start: '2026-11-24T15:00:00Z',
        sequence: 0,
        invitee: { name: 'Vi Visitor' },
      });
      expect(booked.body.manageToken).toMatch(/^mt_/);
      expect(await starts(test, world)).not.toContain(TEN);
    });
  });

  test('refuses the second of two with the nearest alternatives in the zone of the invitee, and tells the reason to the secret key only', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      await book(test, world, TEN);
      const second = await book(test, world, TEN);
      expect(second.status).toBe(409);
      expect(second.body.code).toBe('slot_unavailable');
      expect(second.body.reason).toBeUndefined();
      expect(second.body.alternatives).toEqual([
        { start: '2026-11-24T20:00:00+05:30', end: '2026-11-24T20:30:00+05:30' },
        { start: '2026-11-24T21:00:00+05:30', end: '2026-11-24T21:30:00+05:30' },
        { start: '2026-11-24T19:30:00+05:30', end: '2026-11-24T20:00:00+05:30' },
      ]);
      const asOperator = await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: visitor },
      });
      expect(asOperator.body.reason).toBe('booked');
    });
  });

  test.each([
    ['in the past', '2026-11-20T15:00:00Z', 'past'],
    ['within the minimum notice', '2026-11-23T13:30:00Z', 'minimum_notice'],
    ['off the grid', '2026-11-24T15:10:00Z', 'off_grid'],
    ['outside the hours', '2026-11-24T23:00:00Z', 'outside_hours'],
    ['beyond the window', '2027-06-01T15:00:00Z', 'beyond_window'],
  ])('refuses a start %s and writes nothing', async (_name, start, reason) => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const refused = await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start, invitee: visitor },
      });
      expect(refused).toMatchObject({ status: 409, body: { code: 'slot_unavailable', reason } });
      const { rows } = await test.db
        .selectFrom('bookings')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .execute()
        .then((counted) => ({ rows: counted }));
      expect(Number(rows[0]?.count)).toBe(0);
    });
  });
});

describe('reschedule and cancel', () => {
  test('moving keeps the id, raises the sequence and never blocks itself; the manage token of the answer is enough', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test, { eventType: { slotIntervalMinutes: 15 } });
      const { body } = await book(test, world, TEN);
      const moved = await test.call('POST', `/v1/bookings/${body.id}/reschedule`, {
        key: body.manageToken,
        body: { start: '2026-11-24T15:15:00Z' },
      });
      expect(moved).toMatchObject({
        status: 200,
        body: { id: body.id, sequence: 1, rescheduleCount: 1, start: '2026-11-24T15:15:00Z' },
      });
      const again = await test.call('POST', `/v1/bookings/${body.id}/reschedule`, {
        key: body.manageToken,
        body: { start: '2026-11-24T15:15:00Z' },
      });
      expect(again).toMatchObject({ status: 200, body: { sequence: 1 } });
      expect(await starts(test, world)).toContain('2026-11-24T14:30:00Z');
    });
  });

  test('cancelling frees the slot at once, without a body too, and twice is answered unchanged', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const { body } = await book(test, world, TEN);
      const cancelled = await test.call('POST', `/v1/bookings/${body.id}/cancel`, { key: body.manageToken });
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', sequence: 1 } });
      expect(await starts(test, world)).toContain(TEN);
      const again = await test.call('POST', `/v1/bookings/${body.id}/cancel`, { key: world.secretKey, body: { reason: 'twice' } });
      expect(again).toMatchObject({ status: 200, body: { status: 'cancelled', sequence: 1, reason: null } });
      const moved = await test.call('POST', `/v1/bookings/${body.id}/reschedule`, { key: body.manageToken, body: { start: ELEVEN } });
      expect(moved).toMatchObject({ status: 409, body: { code: 'invalid_state', state: 'cancelled' } });
    });
  });
});

describe('Idempotency-Key', () => {
  test('replays the same answer for the same body, refuses another body, and a refused request keeps no key', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const first = await book(test, world, TEN, 'key-1');
      const replay = await book(test, world, TEN, 'key-1');
      expect(replay.status).toBe(201);
      expect(replay.headers['idempotent-replayed']).toBe('true');
      expect(replay.body).toEqual(first.body);
      expect(await book(test, world, ELEVEN, 'key-1')).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
      expect(await book(test, world, TEN, 'key-2')).toMatchObject({ status: 409, body: { code: 'slot_unavailable' } });
      await test.call('POST', `/v1/bookings/${first.body.id}/cancel`, { key: world.secretKey });
      expect((await book(test, world, TEN, 'key-2')).status).toBe(201);
    });
  });

  test('takes a body with its members in another order for the same one', async () => {
    await withApp(async (test) => {
      const { call } = test;
      const { publishableKey: key, eventTypeId } = await makeWorld(test);
      const headers = { 'idempotency-key': 'key-1' };
      const { name, email } = visitor;
      const first = await call('POST', '/v1/bookings', { key, headers, body: { eventTypeId, start: TEN, invitee: { name, email } } });
      const again = await call('POST', '/v1/bookings', { key, headers, body: { invitee: { email, name }, start: TEN, eventTypeId } });
      expect(again.headers['idempotent-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
    });
  });

  test('two identical requests at once make one booking; the other one is told to wait or gets the same answer', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const both = await Promise.all([book(test, world, TEN, 'same'), book(test, world, TEN, 'same')]);
      const made = both.filter(({ status, headers }) => status === 201 && headers['idempotent-replayed'] === undefined);
      expect(made).toHaveLength(1);
      // The other one comes while the first is at work, or just after it.
      const other = both.find((one) => one !== made[0]);
      if (other?.status === 409) expect(other.body.code).toBe('request_in_progress');
      else expect(other).toMatchObject({ status: 201, body: made[0]?.body });
      expect(await book(test, world, TEN, 'same')).toMatchObject({ headers: { 'idempotent-replayed': 'true' }, body: made[0]?.body });
      expect(await test.db.selectFrom('bookings').select('booking_id').execute()).toHaveLength(1);
    });
  });
});

function book({ call }: TestApp, world: World, start: string, key?: string) {
  return call('POST', '/v1/bookings', {
    key: world.publishableKey,
    body: { eventTypeId: world.eventTypeId, start, invitee: visitor },
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
}

async function starts({ call }: TestApp, world: World): Promise<string[]> {
  const { body } = await call(
    'GET',
    `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-24&timeZone=America/New_York&key=${world.publishableKey}`,
    { key: null },
  );
  return body.days.flatMap((day: { slots: { start: string }[] }) =>
    day.slots.map((slot) => new Date(slot.start).toISOString().replace('.000Z', 'Z')),
  );
}
