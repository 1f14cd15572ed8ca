import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { NOW, type TestApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00, 11:00 and noon in New York. */
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';
const NOON = '2026-11-24T17:00:00Z';

const shared = shareApp();

describe('the rules of a change', () => {
  test('cut-offs for cancelling and for moving stand apart, say how long it is to the start, and do not bind the host', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { eventType: { cancelCutoffMinutes: 60, rescheduleCutoffMinutes: 120 } });
      const { body } = await book(given, world, TEN);
      given.clock.setTime('2026-11-24T13:00:00Z');
      expect(await verb(given, body, 'reschedule', { start: ELEVEN })).toMatchObject({ status: 200, body: { start: ELEVEN } });
      given.clock.setTime('2026-11-24T14:30:30Z');
      expect(await verb(given, body, 'reschedule', { start: NOON })).toMatchObject({
        status: 409,
        body: { code: 'change_not_allowed', minutesLeft: 89 },
      });
      const asHost = async (name: string, asked: object) => {
        const roomToken = await signRoomToken(world, given.clock.nowMs(), { role: 'host', sub: 'ana' });
        return given.call('POST', `/v1/bookings/${body.id}/${name}`, { key: world.publishableKey, roomToken, body: asked });
      };
      // Let through by the rules of the change, and then by those of any start.
      const moved = await asHost('reschedule', { start: TEN });
      expect(moved, moved.text).toMatchObject({ status: 409, body: { code: 'slot_unavailable' } });
      given.clock.setTime('2026-11-24T15:00:01Z');
      expect(await verb(given, body, 'cancel')).toMatchObject({ status: 409, body: { code: 'change_not_allowed', minutesLeft: 59 } });
      expect(await verb(given, body, 'reschedule', { start: ELEVEN })).toMatchObject({ status: 200, body: { start: ELEVEN } });
      expect(await asHost('cancel', {})).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      expect(await verb(given, body, 'cancel')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    });
  });

  test('after the last move allowed there is no other, and back to where it is counts as none', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { eventType: { maxReschedules: 1 } });
      const { body } = await book(given, world, TEN);
      expect((await verb(given, body, 'reschedule', { start: TEN })).body).toMatchObject({ rescheduleCount: 0, sequence: 0 });
      expect((await verb(given, body, 'reschedule', { start: ELEVEN })).body).toMatchObject({ rescheduleCount: 1, sequence: 1 });
      expect(await verb(given, body, 'reschedule', { start: NOON })).toMatchObject({ status: 409, body: { code: 'change_not_allowed' } });
      expect((await given.call('GET', `/v1/bookings/${body.id}`, { key: world.secretKey })).body.start).toBe(ELEVEN);
    });
  });

  test('where a reason is asked for, blanks are none', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { eventType: { reasonRequired: true } });
      const { body } = await book(given, world, TEN);
      for (const reason of [undefined, '', '  ']) {
        const refused = await verb(given, body, 'cancel', reason === undefined ? {} : { reason });
        expect(refused, refused.text).toMatchObject({ status: 400, body: { issues: [{ path: 'reason' }] } });
      }
      for (const reason of ['', '  '])
        expect(await verb(given, body, 'reschedule', { start: ELEVEN, reason })).toMatchObject({
          status: 400,
          body: { issues: [{ path: 'reason' }] },
        });
      expect(await verb(given, body, 'reschedule', { start: ELEVEN, reason: 'a train' })).toMatchObject({
        status: 200,
        body: { reason: 'a train' },
      });
      expect(await verb(given, body, 'cancel', { reason: 'ill' })).toMatchObject({ status: 200, body: { reason: 'ill' } });
    });
  });

  test('a request runs out at its start where that comes before its deadline', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { eventType: { confirmation: 'request', requestExpiresMinutes: 7 * 24 * 60 } });
      const { body } = await book(given, world, TEN);
      expect(Date.parse(body.requestExpiresAt)).toBe(Date.parse(TEN));
      given.clock.setTime(TEN);
      await sweep(given.deps);
      expect((await given.call('GET', `/v1/bookings/${body.id}`, { key: world.secretKey })).body.status).toBe('expired');
    });
  });

  test('a clock that jumps back ends nothing twice and brings nothing back', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { eventType: { confirmation: 'request', requestExpiresMinutes: 60 } });
      const { body } = await book(given, world, TEN);
      const hold = await given.call('POST', '/v1/holds', { key: world.secretKey, body: { eventTypeId: world.eventTypeId, start: NOON } });
      for (const at of ['2026-11-23T13:00:00Z', NOW, '2026-11-23T13:00:00Z', '2026-11-23T14:00:00Z', NOW]) {
        given.clock.setTime(at);
        await sweep(given.deps);
      }
      const facts = async (type: string) =>
        given.db.selectFrom('events').selectAll().where('tenant_id', '=', world.tenantId).where('type', '=', type).execute();
      expect(await facts('booking.expired')).toHaveLength(1);
      expect(await facts('hold.expired')).toHaveLength(1);
      const claims = await given.db.selectFrom('claims').selectAll().where('tenant_id', '=', world.tenantId).execute();
      expect(claims.filter(({ owner_id }) => owner_id === body.id || owner_id === hold.body.id)).toEqual([]);
      expect(await verb(given, body, 'cancel')).toMatchObject({ status: 409, body: { code: 'invalid_state', state: 'expired' } });
      expect((await book(given, world, TEN)).status).toBe(201);
    });
  });

  test('guests are written to only when the address of who invites them is verified', async () => {
    await inApp(async (given) => {
      const world = await makeWorld(given, { tenant: { emailVerification: 'code' } });
      const refused = await given.call('POST', '/v1/bookings', {
        key: world.publishableKey,
        body: {
          eventTypeId: world.eventTypeId,
          start: TEN,
          invitee: { name: 'Vi Visitor', email: 'vi@visitor.example' },
          guests: [{ name: 'Gus', email: 'gus@guest.example' }],
        },
      });
      expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: 'verificationCode' }] } });
      expect(await given.db.selectFrom('bookings').select('booking_id').where('tenant_id', '=', world.tenantId).execute()).toEqual([]);
      const told = await given.db.selectFrom('outgoing_messages').selectAll().where('tenant_id', '=', world.tenantId).execute();
      expect(told.map(({ kind, booking_id }) => [kind, booking_id])).toEqual([['verificationCode', null]]);
      expect(JSON.stringify(told)).not.toContain('gus@guest.example');
    });
  });
});

async function inApp(use: (given: TestApp) => Promise<void>): Promise<void> {
  shared().clock.setTime(NOW);
  await use(shared());
}

function book({ call }: TestApp, world: World, start: string) {
  return call('POST', '/v1/bookings', {
    key: world.publishableKey,
    body: { eventTypeId: world.eventTypeId, start, invitee: { name: 'Cleo Client', email: 'cleo@client.example' } },
  });
}

function verb({ call }: TestApp, booking: { readonly id: string; readonly manageToken: string }, name: string, body: object = {}) {
  return call('POST', `/v1/bookings/${booking.id}/${name}`, { key: booking.manageToken, body });
}
