import { describe, expect, test } from 'vitest';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 24 November 2026, 10:00 in New York. */
const TEN = '2026-11-24T15:00:00Z';

describe('GET .../explain', () => {
  test('says for one instant the first rule that refuses it, with the booking in the way', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      expect((await explain(test, world, `at=${TEN}`)).body).toMatchObject({ bookable: true });
      const { body: booking } = await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'A', email: 'a@a.example' } },
      });
      const taken = await explain(test, world, `at=${TEN}&timeZone=Asia/Kolkata`);
      expect(taken.body).toMatchObject({ bookable: false, reason: 'booked', at: '2026-11-24T20:30:00+05:30' });
      expect(taken.text).toContain(booking.id);
    });
  });

  test('agrees with the listing on every start of a date', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test, { eventType: { slotIntervalMinutes: 15, bufferAfterMinutes: 10, maxPerDay: 3 } });
      await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'A', email: 'a@a.example' } },
      });
      const { body } = await explain(test, world, 'date=2026-11-24');
      const offered = body.starts.filter((start: { bookable: boolean }) => start.bookable).map((start: { start: string }) => start.start);
      const listed = await test.call('GET', `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-24`, {
        key: world.secretKey,
      });
      expect(offered).toEqual(listed.body.days[0].slots.map((slot: { start: string }) => slot.start));
      expect(offered.length).toBeGreaterThan(10);
      expect(body.starts.length).toBeGreaterThan(offered.length);
    });
  });

  test('is for the host and secret keys only, because a reason publishes the diary', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const url = `/v1/event-types/${world.eventTypeId}/explain?at=${TEN}`;
      const nowMs = test.clock.nowMs();
      const invitee = await signRoomToken(world, nowMs);
      const host = await signRoomToken(world, nowMs, { sub: 'host-1', role: 'host' });
      expect((await test.call('GET', url, { key: world.publishableKey })).status).toBe(403);
      expect((await test.call('GET', url, { key: world.publishableKey, roomToken: invitee })).status).toBe(403);
      expect((await test.call('GET', url, { key: world.publishableKey, roomToken: host })).status).toBe(200);
    });
  });

  test('asks for exactly one of at and date', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      expect(await explain(test, world, '')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
      expect(await explain(test, world, `at=${TEN}&date=2026-11-24`)).toMatchObject({ status: 400 });
    });
  });
});

describe('POST .../simulate', () => {
  test('tells gained and lost starts and the bookings that would fall outside, and changes nothing', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const { body: booking } = await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'A', email: 'a@a.example' } },
      });
      const schedule = { timeZone: 'America/New_York', weeklyHours: [{ days: ['tuesday'], start: '11:00', end: '18:00' }] };
      const { status, body } = await test.call('POST', `/v1/event-types/${world.eventTypeId}/simulate`, {
        key: world.secretKey,
        body: { schedule, weeks: 1 },
      });
      expect(status).toBe(200);
      expect(body.gained).toEqual([
        { start: '2026-11-24T17:00:00-05:00', end: '2026-11-24T17:30:00-05:00' },
        { start: '2026-11-24T17:30:00-05:00', end: '2026-11-24T18:00:00-05:00' },
      ]);
      expect(body.lost).toContainEqual({ start: '2026-11-24T09:00:00-05:00', end: '2026-11-24T09:30:00-05:00' });
      expect(body.outside).toMatchObject([{ bookingId: booking.id, start: '2026-11-24T10:00:00-05:00', reason: 'outside_hours' }]);
      expect((await explain(test, world, 'at=2026-11-24T14:00:00Z')).body.bookable).toBe(true);
    });
  });
});

describe('POST /v1/slots/search', () => {
  test('answers first slot and count of many event types at once, and leaves out what is not there', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const other = await makeWorld(test);
      const { status, body } = await test.call('POST', '/v1/slots/search', {
        key: world.publishableKey,
        body: {
          eventTypeIds: [world.eventTypeId, other.eventTypeId, 'evt_none'],
          from: '2026-11-24',
          to: '2026-11-24',
          timeZone: 'Europe/Berlin',
        },
      });
      expect(status).toBe(200);
      expect(body.data).toEqual([
        { eventTypeId: world.eventTypeId, first: { start: '2026-11-24T15:00:00+01:00', end: '2026-11-24T15:30:00+01:00' }, count: 16 },
      ]);
    });
  });
});

describe('several hosts', () => {
  test('collective offers what all have free and takes the time of all; roundRobin gives it to the one with fewer meetings', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const second = await test.call('POST', '/v1/hosts', {
        key: world.secretKey,
        body: {
          name: 'Bo',
          timeZone: 'America/New_York',
          schedule: { weeklyHours: [{ days: ['tuesday'], start: '12:00', end: '20:00' }] },
        },
      });
      const make = async (assignment: string) =>
        (
          await test.call('POST', '/v1/event-types', {
            key: world.secretKey,
            body: { hostId: world.hostId, hostIds: [world.hostId, second.body.id], assignment, title: assignment, durationsMinutes: [60] },
          })
        ).body;
      const collective = await make('collective');
      const roundRobin = await make('roundRobin');
      const slots = async (id: string) =>
        (
          await test.call('GET', `/v1/event-types/${id}/slots?from=2026-11-24&to=2026-11-24`, { key: world.secretKey })
        ).body.days[0].slots.map((slot: { start: string }) => slot.start.slice(11, 16));
      expect(await slots(collective.id)).toEqual(['12:00', '13:00', '14:00', '15:00', '16:00']);
      expect((await slots(roundRobin.id)).length).toBe(11);
      const book = async (id: string, start: string) =>
        test.call('POST', '/v1/bookings', {
          key: world.secretKey,
          body: { eventTypeId: id, start, invitee: { name: 'A', email: 'a@a.example' } },
        });
      const both = await book(collective.id, '2026-11-24T17:00:00Z');
      expect(both.body.hosts.length).toBe(2);
      const one = await book(roundRobin.id, '2026-11-24T18:00:00Z');
      const other = await book(roundRobin.id, '2026-11-24T18:00:00Z');
      expect(new Set([one.body.hosts[0].id, other.body.hosts[0].id]).size).toBe(2);
      expect((await book(roundRobin.id, '2026-11-24T18:00:00Z')).status).toBe(409);
    });
  });
});

function explain({ call }: TestApp, world: World, query: string) {
  return call('GET', `/v1/event-types/${world.eventTypeId}/explain?${query}`, { key: world.secretKey });
}
