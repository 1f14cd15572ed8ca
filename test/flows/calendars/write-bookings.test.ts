import { describe, expect, test } from 'vitest';
import { deleteEvent, moveEvent } from '../../../server/adapters/calendars/simulated/simulated-calendar.ts';
import { type TestApp, withApp } from '../../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../../helpers/world.ts';
import { withMessages } from '../messages/with-messages.ts';
import { connectSimulated } from './connect-simulated.ts';

const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const NOON = '2026-11-24T17:00:00Z';
const HALF_HOUR_MS = 1_800_000;
const CLEO = { name: 'Cleo Client', email: 'cleo@client.example', phone: '+1 415 555 0123' };

describe('a booking in the host’s calendar', () => {
  test('appears, moves and goes with the meeting, as one event', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      const [first] = await calendar.events();
      expect(first).toMatchObject({ startMs: Date.parse(TEN), endMs: Date.parse(TEN) + HALF_HOUR_MS, tentative: false });
      expect(first?.summary).toContain('Cleo Client');
      await act(given, world, id, 'reschedule', { start: ELEVEN });
      await calendar.settle();
      expect(await calendar.events()).toMatchObject([{ eventId: first?.eventId, startMs: Date.parse(ELEVEN) }]);
      await act(given, world, id, 'cancel');
      await calendar.settle();
      expect(await calendar.events()).toEqual([]);
      expect(await stateOf(given, world, id)).toBe('cancelled');
    });
  });

  test('is not written again by what changes nothing the host may read there', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { tenant: { defaultStage: 'preContract' } });
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      // The calendar tells of our own writing too, with the next look or the one after.
      for (let i = 0; i < 3; i += 1) await calendar.settle();
      const [first] = await calendar.events();
      await act(given, world, id, 'guests', { add: [{ email: 'guest@friend.example' }] });
      for (let i = 0; i < 3; i += 1) await calendar.settle();
      expect(await calendar.events()).toEqual([first]);
    });
  });

  test('is made for what was booked before the calendar was connected', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      await book(given, world, TEN);
      const calendar = await connectSimulated(given, world);
      await calendar.settle();
      expect(await calendar.events()).toHaveLength(1);
    });
  });

  test('no longer names an invitee who was erased, before the meeting and after it; the event itself stays', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const bookAs = (externalId: string, start: string) =>
        given.call('POST', '/v1/bookings', {
          key: world.secretKey,
          body: { eventTypeId: world.eventTypeId, start, invitee: { ...CLEO, externalId } },
        });
      await bookAs('past', TEN);
      await bookAs('future', '2026-11-25T15:00:00Z');
      await calendar.settle();
      given.clock.setTime('2026-11-24T18:00:00Z');
      for (const externalId of ['past', 'future']) {
        expect(JSON.stringify(await calendar.events())).toContain('Cleo');
        expect((await given.call('DELETE', `/v1/people/${externalId}`, { key: world.secretKey })).status).toBe(204);
        await calendar.settle();
      }
      const events = await calendar.events();
      expect(events.map(({ startMs }) => startMs)).toEqual([Date.parse(TEN), Date.parse('2026-11-25T15:00:00Z')]);
      for (const trace of ['Cleo', CLEO.email, CLEO.phone]) expect(JSON.stringify(events)).not.toContain(trace);
    });
  });

  test('is tentative while it is asked for, and firm once confirmed', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { eventType: { confirmation: 'request' } });
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      expect(await calendar.events()).toMatchObject([{ tentative: true }]);
      await act(given, world, id, 'confirm');
      await calendar.settle();
      expect(await calendar.events()).toMatchObject([{ tentative: false }]);
    });
  });

  test('says how to reach the other side only once the room is under contract', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { tenant: { requireRoomToken: true, defaultStage: 'preContract' } });
      const calendar = await connectSimulated(given, world);
      const nowMs = given.clock.nowMs();
      const roomToken = await signRoomToken(world, nowMs, { email: CLEO.email, phone: CLEO.phone });
      await given.call('POST', '/v1/bookings', {
        key: world.publishableKey,
        roomToken,
        body: { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'x' } },
      });
      await calendar.settle();
      expect(JSON.stringify(await calendar.events())).not.toContain('cleo@client');
      await given.call('PUT', '/v1/rooms/room-1', { key: world.secretKey, body: { stage: 'contract' } });
      await calendar.settle();
      expect(JSON.stringify(await calendar.events())).toContain('cleo@client');
    });
  });

  test('waits out a calendar that is down, and is shown in the history', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.change((state) => ({
        ...state,
        fault: { ok: false, reason: 'unavailable', retryAfterMs: null, detail: 'it is down' },
      }));
      await calendar.settle();
      expect(await lineOf(given, world, id)).toMatchObject({ state: 'waiting', detail: 'it is down', channel: 'calendar' });
      await calendar.change((state) => ({ ...state, fault: null }));
      given.clock.advanceMinutes(2);
      await calendar.settle();
      expect(await calendar.events()).toHaveLength(1);
      expect(await lineOf(given, world, id)).toMatchObject({ state: 'sent', detail: null });
    });
  });

  test('is reported once when the calendar refuses it for good', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.change((state) => ({ ...state, fault: { ok: false, reason: 'forbidden', detail: 'not allowed' } }));
      await calendar.settle();
      await calendar.settle();
      expect(await lineOf(given, world, id)).toMatchObject({ state: 'failed', detail: 'not allowed' });
      const events = await given.db.selectFrom('events').select('data').where('type', '=', 'calendar.error').execute();
      expect(events.map(({ data }) => data)).toMatchObject([{ bookingId: id, reason: 'forbidden', connectionId: calendar.connectionId }]);
    });
  });

  test('needs no invitation by mail, which a host without such a calendar gets', async () => {
    await withMessages(async (given) => {
      const { postman, mails } = given;
      const world = await makeWorld(given);
      const invitationsTo = (address: string) => mails.caught.filter(({ to, invitation }) => to.address === address && invitation !== null);
      await book(given, world, TEN);
      await postman.drain();
      expect(invitationsTo('ana@host.example')).toHaveLength(1);
      await connectSimulated(given, world);
      await book(given, world, ELEVEN);
      await postman.drain();
      expect(invitationsTo('ana@host.example')).toHaveLength(1);
      expect(invitationsTo(CLEO.email)).toHaveLength(2);
    });
  });
});

describe('what the host does in the calendar', () => {
  test('moves the meeting here, once, and both sides are told', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      const [event] = await calendar.events();
      await calendar.change((state) => moveEvent(state, event?.eventId ?? '', Date.parse(NOON), Date.parse(NOON) + HALF_HOUR_MS));
      for (let i = 0; i < 3; i += 1) await calendar.settle();
      const { body } = await given.call('GET', `/v1/bookings/${id}`, { key: world.secretKey });
      expect(body).toMatchObject({ start: NOON, sequence: 1, rescheduleCount: 1 });
      expect(await calendar.events()).toMatchObject([{ startMs: Date.parse(NOON) }]);
      const told = await given.db.selectFrom('outgoing_messages').select(['kind', 'party']).where('kind', '=', 'rescheduled').execute();
      expect(told.map(({ party }) => party).sort()).toEqual(['host', 'invitee']);
    });
  });

  test('cancels the meeting when the event is deleted', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      const [event] = await calendar.events();
      await calendar.settle();
      await calendar.change((state) => deleteEvent(state, event?.eventId ?? ''));
      await calendar.settle();
      const { body } = await given.call('GET', `/v1/bookings/${id}`, { key: world.secretKey });
      expect(body).toMatchObject({ status: 'cancelled', cancelledBy: 'host' });
    });
  });

  test('is reported, and leaves the meeting, where the rules do not allow it', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      const [event] = await calendar.events();
      const night = Date.parse('2026-11-24T08:00:00Z');
      await calendar.change((state) => moveEvent(state, event?.eventId ?? '', night, night + HALF_HOUR_MS));
      for (let i = 0; i < 3; i += 1) await calendar.settle();
      expect((await given.call('GET', `/v1/bookings/${id}`, { key: world.secretKey })).body.start).toBe(TEN);
      const events = await given.db.selectFrom('events').select('data').where('type', '=', 'calendar.error').execute();
      expect(events.map(({ data }) => data)).toMatchObject([
        { bookingId: id, reason: 'slot_unavailable', wantedStart: '2026-11-24T08:00:00.000Z' },
      ]);
    });
  });

  test('means nothing when the calendar is lost, forgets its history or is read anew', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const calendar = await connectSimulated(given, world);
      const id = await book(given, world, TEN);
      await calendar.settle();
      await calendar.settle();
      for (const reason of ['notFound', 'forbidden', 'authExpired', 'gone'] as const) {
        await calendar.change((state) => ({ ...state, fault: { ok: false, reason, detail: 'lost' } }));
        await calendar.settle();
      }
      // The calendar comes back empty and knows nothing of what was.
      await calendar.change((state) => ({ ...state, fault: null, events: [] }));
      await calendar.settle();
      await calendar.settle();
      expect(await stateOf(given, world, id)).toBe('confirmed');
    });
  });
});

async function book({ call }: TestApp, world: World, start: string): Promise<string> {
  const { body, text } = await call('POST', '/v1/bookings', {
    key: world.secretKey,
    body: { eventTypeId: world.eventTypeId, start, invitee: CLEO },
  });
  if (body.id === undefined) throw new Error(text);
  return body.id;
}

async function act({ call }: TestApp, world: World, id: string, verb: string, body: object = {}): Promise<void> {
  const answer = await call('POST', `/v1/bookings/${id}/${verb}`, { key: world.secretKey, body });
  expect(answer.status, answer.text).toBe(200);
}

async function stateOf({ call }: TestApp, world: World, id: string): Promise<string> {
  return (await call('GET', `/v1/bookings/${id}`, { key: world.secretKey })).body.status;
}

async function lineOf({ call }: TestApp, world: World, id: string) {
  const { body } = await call('GET', `/v1/bookings/${id}/history`, { key: world.secretKey });
  return body.messages.find((line: { channel: string }) => line.channel === 'calendar');
}
