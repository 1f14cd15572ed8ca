import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { NOW, type TestApp } from '../helpers/app.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

/** Tuesday 10:00 and 11:00 in New York. */
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';

const shared = shareApp();

describe('the rest of a meeting’s life', () => {
  test('guests are added and removed within the limit, told apart by address, by the invitee only', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { guestLimit: 2 } });
      const { body } = await book(test, world, TEN);
      const guests = (given: object) => verb(test, body.id, 'guests', body.manageToken, given);
      const added = await guests({
        add: [{ name: 'Gil', email: 'gil@guest.example' }, { email: 'GIL@guest.example' }, { email: 'una@guest.example' }],
      });
      expect(added.body.guests).toHaveLength(2);
      expect(await guests({ add: [{ email: 'third@guest.example' }] })).toMatchObject({ status: 422, body: { code: 'guest_limit' } });
      const swapped = await guests({ remove: ['UNA@guest.example'], add: [{ email: 'third@guest.example' }] });
      expect(swapped.body.guests.map((guest: { email: string }) => guest.email)).toEqual(['GIL@guest.example', 'third@guest.example']);
      expect((await asHost(test, world, body.id, 'guests', { remove: [swapped.body.guests[0].id] })).status).toBe(403);
      await verb(test, body.id, 'cancel', body.manageToken);
      expect(await guests({ add: [] })).toMatchObject({ status: 409, body: { state: 'cancelled' } });
    });
  });

  test('a meeting past its end is completed by the clock, once; the host may say that nobody came and keep a note', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const { body } = await book(test, world, TEN);
      expect(await asHost(test, world, body.id, 'no-show')).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
      test.clock.setTime('2026-11-24T15:30:00Z');
      await sweep(test.deps);
      await sweep(test.deps);
      expect((await read(test, world, body.id)).body.status).toBe('completed');
      test.clock.setTime('2026-11-24T14:00:00Z');
      await sweep(test.deps);
      test.clock.setTime('2026-11-24T16:00:00Z');
      expect(await asHost(test, world, body.id, 'no-show', { hostNote: 'Waited ten minutes' })).toMatchObject({
        status: 200,
        body: { status: 'noShow', hostNote: 'Waited ten minutes' },
      });
      expect(await asHost(test, world, body.id, 'no-show')).toMatchObject({ status: 200, body: { status: 'noShow' } });
      const noted = await test.call('PATCH', `/v1/bookings/${body.id}`, { key: world.secretKey, body: { hostNote: null } });
      expect(noted).toMatchObject({ status: 200, body: { hostNote: null } });
      expect((await test.call('GET', `/v1/bookings/${body.id}`, { key: body.manageToken })).body.hostNote).toBeUndefined();
      const types = await test.db.selectFrom('events').select('type').where('tenant_id', '=', world.tenantId).orderBy('event_id').execute();
      expect(types.map(({ type }) => type)).toEqual(['booking.confirmed', 'booking.completed', 'booking.noShow']);
    });
  });

  test('a room’s list is tagged: who has it already is answered 304, until something in it changes', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      const { body } = await book(test, world, TEN);
      const roomToken = await signRoomToken(world, test.clock.nowMs(), { sub: 'ana', role: 'host', room: null });
      const list = (tag?: string) =>
        test.call('GET', `/v1/bookings?key=${world.publishableKey}`, {
          key: null,
          roomToken,
          ...(tag !== undefined && { headers: { 'if-none-match': tag } }),
        });
      const first = await list();
      expect(first.body.data).toMatchObject([{ id: body.id, status: 'confirmed' }]);
      expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: expect.stringContaining('X-Room-Token') });
      expect(await list(String(first.headers['etag']))).toMatchObject({ status: 304, text: '' });
      await verb(test, body.id, 'cancel', body.manageToken);
      expect(await list(String(first.headers['etag']))).toMatchObject({ status: 200, body: { data: [{ status: 'cancelled' }] } });
    });
  });

  test('an invitee has at most so many open meetings of a kind, and the next only when one is over', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { maxOpenPerInvitee: 1 } });
      const visitor = (email: string, start: string) =>
        test.call('POST', '/v1/bookings', {
          key: world.publishableKey,
          body: { eventTypeId: world.eventTypeId, start, invitee: { name: 'Vi', email } },
        });
      expect((await visitor('vi@visitor.example', TEN)).status).toBe(201);
      expect(await visitor('VI@visitor.example', ELEVEN)).toMatchObject({ status: 409, body: { code: 'conflict' } });
      expect((await visitor('other@visitor.example', ELEVEN)).status).toBe(201);
      test.clock.setTime('2026-11-24T15:30:00Z');
      expect((await visitor('vi@visitor.example', '2026-11-24T18:00:00Z')).status).toBe(201);
    });
  });

  test('erasing a person empties the booking and its links, and leaves it standing', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { eventType: { questions: [{ key: 'goal', label: 'Goal', type: 'text' }] } });
      const { body } = await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: {
          eventTypeId: world.eventTypeId,
          start: TEN,
          invitee: { externalId: 'c-9', name: 'Cleo', email: 'cleo@client.example' },
          answers: { goal: 'Secret' },
          note: 'Note',
        },
      });
      expect((await test.call('DELETE', '/v1/people/nobody', { key: world.secretKey })).status).toBe(404);
      expect((await test.call('DELETE', '/v1/people/c-9', { key: world.secretKey })).status).toBe(204);
      const after = await read(test, world, body.id);
      expect(after.body).toMatchObject({
        status: 'confirmed',
        start: TEN,
        answers: {},
        note: null,
        invitee: { name: '', email: null, externalId: null },
      });
      expect((await test.call('GET', `/v1/bookings/${body.id}`, { key: body.manageToken })).status).toBe(401);
      const dump = JSON.stringify(
        await Promise.all(
          (['people', 'bookings', 'booking_history', 'events'] as const).map((table) =>
            test.db.selectFrom(table).selectAll().where('tenant_id', '=', world.tenantId).execute(),
          ),
        ),
      );
      for (const trace of ['Cleo', 'cleo@', 'c-9', 'Secret', 'Note']) expect(dump).not.toContain(trace);
    });
  });

  test('the database refuses to change or delete history', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test);
      await book(test, world, TEN);
      await expect(test.db.deleteFrom('booking_history').execute()).rejects.toThrow('append-only');
      await expect(test.db.updateTable('booking_history').set({ action: 'x' }).execute()).rejects.toThrow('append-only');
    });
  });
});

describe('mail addresses by code', () => {
  test('a visitor books with the code that was sent; five wrong ones end it, and it is good for ten minutes and one booking', async () => {
    await inApp(async (test) => {
      const world = await makeWorld(test, { tenant: { emailVerification: 'code' } });
      const ask = (start: string, verificationCode?: string) =>
        test.call('POST', '/v1/bookings', {
          key: world.publishableKey,
          body: {
            eventTypeId: world.eventTypeId,
            start,
            invitee: { name: 'Vi', email: 'vi@visitor.example' },
            ...(verificationCode && { verificationCode }),
          },
        });
      const first = await ask(TEN);
      expect(first).toMatchObject({ status: 400, body: { code: 'validation_failed', issues: [{ path: 'verificationCode' }] } });
      const code = await sentCode(test, world);
      const wrong = code === '000000' ? '000001' : '000000';
      for (let i = 0; i < 5; i += 1) expect((await ask(TEN, wrong)).status).toBe(400);
      expect((await ask(TEN, code)).status).toBe(400);
      test.clock.advanceMinutes(2);
      await ask(TEN);
      const next = await sentCode(test, world);
      test.clock.advanceMinutes(10);
      expect((await ask(TEN, next)).status).toBe(400);
      expect((await ask(TEN, await sentCode(test, world))).status).toBe(201);
      expect((await ask(ELEVEN, next)).status).toBe(400);
      const stored = JSON.stringify(await test.db.selectFrom('email_codes').select(['address_hash', 'code_hash']).execute());
      expect(stored).not.toContain('visitor.example');
    });
  });
});

async function sentCode({ db, deps }: TestApp, { tenantId }: World): Promise<string> {
  const row = await db.selectFrom('email_codes').selectAll().where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
  const letter = JSON.parse(deps.vault.open(row.letter ?? Buffer.from(''), `email-code:${row.tenant_id}:${row.address_hash}`)) as {
    to: string;
    code: string;
  };
  expect(letter.to).toBe('vi@visitor.example');
  return letter.code;
}

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

function read({ call }: TestApp, world: World, id: string) {
  return call('GET', `/v1/bookings/${id}`, { key: world.secretKey });
}

/** One application for the whole file; each test has a tenant of its own and begins at the same instant. */
async function inApp(use: (test: TestApp) => Promise<void>): Promise<void> {
  const test = shared();
  test.clock.setTime(NOW);
  await use(test);
}
