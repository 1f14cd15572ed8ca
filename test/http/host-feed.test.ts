import ical from 'ical.js';
import { describe, expect, test } from 'vitest';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const CLEO = { name: 'Cleo Client', email: 'cleo@client.example' };

describe('the feed of a host', () => {
  test('is read by any calendar program under its own address, and follows every change', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const booked = await book(given, world, TEN);
      const url = await rotate(given, world);
      const events = await read(given, url);
      expect(events).toMatchObject([{ uid: `${booked}@parley`, start: TEN, status: 'CONFIRMED' }]);
      expect(events[0]?.summary).toContain('Cleo Client');
      await given.call('POST', `/v1/bookings/${booked}/reschedule`, { key: world.secretKey, body: { start: ELEVEN } });
      expect(await read(given, url)).toMatchObject([{ uid: `${booked}@parley`, start: ELEVEN }]);
      await given.call('POST', `/v1/bookings/${booked}/cancel`, { key: world.secretKey });
      expect(await read(given, url)).toEqual([]);
    });
  });

  test('tells the host nothing of how to reach the other side while that is not shared', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { tenant: { defaultStage: 'preContract' } });
      await book(given, world, TEN);
      const { text } = await given.call('GET', pathOf(await rotate(given, world)), { key: null });
      expect(text).toContain('Cleo Client');
      expect(text).not.toContain('cleo@client');
      expect(text).not.toMatch(/ATTENDEE|ORGANIZER/);
    });
  });

  test('has one address: a new one makes the old one useless', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const before = await rotate(given, world);
      const after = await rotate(given, world);
      expect(await given.call('GET', pathOf(before), { key: null })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect((await given.call('GET', pathOf(after), { key: null })).status).toBe(200);
    });
  });

  test('opens to its token, its host and a secret key only', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const booked = await given.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: CLEO },
      });
      const feed = `/v1/hosts/${world.hostId}/feed.ics`;
      const other = await makeWorld(given);
      const nowMs = given.clock.nowMs();
      const host = { key: world.publishableKey, roomToken: await signRoomToken(world, nowMs, { role: 'host' }) };
      const invitee = { key: world.publishableKey, roomToken: await signRoomToken(world, nowMs) };
      const stranger = { key: other.publishableKey, roomToken: await signRoomToken(other, nowMs, { role: 'host' }) };
      const get = async (url: string, who: object) => (await given.call('GET', url, who)).status;
      expect(await get(feed, { key: world.secretKey })).toBe(200);
      expect(await get(feed, host)).toBe(200);
      expect(await get(feed, invitee)).toBe(403);
      expect(await get(feed, stranger)).toBe(404);
      expect(await get(feed, { key: null })).toBe(401);
      const token = new URL(await rotate(given, world)).search;
      expect(await get(`/v1/hosts/${other.hostId}/feed.ics${token}`, { key: null })).toBe(404);
      // A file token of one meeting is none of the feed, and the feed's is none of a meeting.
      expect(await get(`${feed}${new URL(booked.body.links.ics).search}`, { key: null })).toBe(401);
      expect(await get(`/v1/bookings/${booked.body.id}/calendar.ics${token}`, { key: null })).toBe(401);
      expect((await given.call('POST', `/v1/hosts/${world.hostId}/feed/rotate`, invitee)).status).toBe(403);
    });
  });
});

async function book({ call }: TestApp, world: World, start: string): Promise<string> {
  const body = { eventTypeId: world.eventTypeId, start, invitee: CLEO };
  const { body: booking, text } = await call('POST', '/v1/bookings', { key: world.secretKey, body });
  if (booking.id === undefined) throw new Error(text);
  return booking.id;
}

async function rotate({ call }: TestApp, world: World): Promise<string> {
  return (await call('POST', `/v1/hosts/${world.hostId}/feed/rotate`, { key: world.secretKey })).body.url;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

async function read({ call }: TestApp, url: string) {
  const answer = await call('GET', pathOf(url), { key: null });
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
  const calendar = new ical.Component(ical.parse(answer.text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ical.Event(component);
    const start = event.startDate.toJSDate().toISOString().replace('.000Z', 'Z');
    return { uid: event.uid, start, summary: event.summary, status: component.getFirstPropertyValue('status') };
  });
}
