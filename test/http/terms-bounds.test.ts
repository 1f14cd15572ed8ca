import { describe, expect, test } from 'vitest';
import { makeWorld } from '../helpers/world.ts';
import { ELEVEN, NOON, ROOM, TEN, TERMS, type Terms, withTerms } from './with-terms.ts';

const VISITOR = { name: 'Vi', email: 'vi@visitor.example' };

describe('an acknowledgement opens one thing only', () => {
  test('without a token it is spent once, though two hosts are booked with it at the same moment', async () => {
    await withTerms({}, async (terms) => {
      const { publish, acknowledge, post, given, world } = terms;
      const version = await publish();
      const others = await Promise.all(Array.from({ length: 5 }, (_, i) => anotherEventType(terms, `Host ${i}`)));
      const acknowledgementId = await acknowledge('visitor', version);
      const answers = await Promise.all(
        [world.eventTypeId, ...others].map((eventTypeId) =>
          post('/v1/bookings', 'visitor', { eventTypeId, start: TEN, invitee: VISITOR, acknowledgementId }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422, 422, 422, 422]);
      for (const { status, body } of answers) if (status === 422) expect(body.code).toBe('acknowledgement_required');
      const used = await given.db.selectFrom('acknowledgements').select('booking_id').where('kind', '=', 'used').execute();
      expect(used).toHaveLength(1);
      expect(await given.db.selectFrom('bookings').select('booking_id').execute()).toHaveLength(1);
      expect((await given.call('GET', '/v1/acknowledgements/verify', { key: world.secretKey })).body.valid).toBe(true);
    });
  });

  test('what the visitor acknowledged for a meeting lets the visitor move it, not the host', async () => {
    await withTerms({}, async ({ publish, acknowledge, post, given, world }) => {
      const version = await publish();
      const acknowledgementId = await acknowledge('visitor', version);
      const booked = await post('/v1/bookings', 'visitor', {
        eventTypeId: world.eventTypeId,
        start: TEN,
        invitee: VISITOR,
        acknowledgementId,
      });
      const move = `/v1/bookings/${booked.body.id}/reschedule`;
      const byHost = await post(move, 'host', { start: NOON });
      expect(byHost).toMatchObject({ status: 422, body: { code: 'acknowledgement_required' } });
      const replayed = await post(move, 'host', { start: NOON, acknowledgementId });
      expect(replayed).toMatchObject({ status: 422, body: { code: 'acknowledgement_required' } });
      const byVisitor = await given.call('POST', move, { key: booked.body.manageToken, body: { start: ELEVEN } });
      expect(byVisitor.status).toBe(200);
      const own = await acknowledge('host', version);
      expect((await post(move, 'host', { start: NOON, acknowledgementId: own })).status).toBe(200);
    });
  });

  test('for everyBooking each meeting asks anew, one acknowledgement never makes two, and a move rests on the one it was booked with', async () => {
    await withTerms({}, async (terms) => {
      const { acknowledge, post, world } = terms;
      const version = await publishNotice(terms, { acknowledgement: 'everyBooking' });
      const book = (start: string, acknowledgementId?: string) =>
        post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start, acknowledgementId });
      const first = await acknowledge('invitee', version);
      expect((await book(TEN)).body.code).toBe('acknowledgement_required');
      const booked = await book(TEN, first);
      expect(booked.status).toBe(201);
      expect((await book(ELEVEN, first)).body.code).toBe('acknowledgement_required');
      expect((await book(ELEVEN, await acknowledge('invitee', version))).status).toBe(201);
      expect((await post(`/v1/bookings/${booked.body.id}/reschedule`, 'invitee', { start: NOON })).status).toBe(200);
    });
  });

  test('one that backs an open proposal backs nothing else until the proposal ends', async () => {
    await withTerms({}, async (terms) => {
      const { acknowledge, post, world } = terms;
      const version = await publishNotice(terms, { acknowledgement: 'everyBooking', roles: ['invitee'] });
      const acknowledgementId = await acknowledge('invitee', version);
      const offered = await post('/v1/proposals', 'invitee', { eventTypeId: world.eventTypeId, starts: [TEN], acknowledgementId });
      expect(offered.status).toBe(201);
      const booked = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: ELEVEN, acknowledgementId });
      expect(booked.body.code).toBe('acknowledgement_required');
      expect((await post(`/v1/proposals/${offered.body.id}/withdraw`, 'invitee', {})).status).toBe(200);
      const free = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: ELEVEN, acknowledgementId });
      expect(free.status).toBe(201);
    });
  });

  test('for oncePerVersion it counts in every room, until the version changes', async () => {
    await withTerms({}, async (terms) => {
      const { acknowledge, post, world } = terms;
      const version = await publishNotice(terms, { acknowledgement: 'oncePerVersion' });
      await acknowledge('invitee', version);
      const book = (start: string, room: string) =>
        post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start }, { room: { id: room, stage: 'preContract' } });
      expect((await book(TEN, 'room-1')).status).toBe(201);
      expect((await book(ELEVEN, 'room-2')).status).toBe(201);
      await publishNotice(terms, { acknowledgement: 'oncePerVersion' });
      expect((await book(NOON, 'room-2')).body.code).toBe('acknowledgement_required');
    });
  });

  test('of another tenant, an unknown one and one taken back open nothing, for a booking and for a move from the manage page', async () => {
    await withTerms({}, async ({ publish, acknowledge, post, given, world }) => {
      const version = await publish();
      const elsewhere = await makeWorld(given, { tenant: { defaultStage: 'preContract' } });
      const { body: notice } = await given.call('POST', '/v1/notices', { key: elsewhere.secretKey, body: { key: 'terms', ...TERMS } });
      const { body: foreign } = await given.call('POST', '/v1/acknowledgements', {
        key: elsewhere.publishableKey,
        body: { noticeVersionId: notice.versions[0].id },
      });
      const book = (start: string, acknowledgementId?: string) =>
        post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start, acknowledgementId });
      for (const id of [foreign.id, 'ack_00000000000000000000000000', 'x'.repeat(60)])
        expect((await book(TEN, id)).body.code).toBe('acknowledgement_required');
      const mine = await acknowledge('invitee', version);
      const booked = await book(TEN, mine);
      expect(booked.status).toBe(201);
      await given.call('POST', `/v1/acknowledgements/${mine}/withdraw`, { key: world.secretKey });
      expect((await book(ELEVEN, mine)).body.code).toBe('acknowledgement_required');
      const moved = await given.call('POST', `/v1/bookings/${booked.body.id}/reschedule`, {
        key: booked.body.manageToken,
        body: { start: NOON },
      });
      expect(moved.body.code).toBe('acknowledgement_required');
      const again = await given.call('POST', '/v1/acknowledgements', { key: booked.body.manageToken, body: { noticeVersionId: version } });
      const allowed = await given.call('POST', `/v1/bookings/${booked.body.id}/reschedule`, {
        key: booked.body.manageToken,
        body: { start: NOON, acknowledgementId: again.body.id },
      });
      expect(allowed.status).toBe(200);
    });
  });
});

describe('whom a notice binds', () => {
  test('only the roles and stages it names, and never with the rule none', async () => {
    await withTerms({}, async (terms) => {
      const { post, world } = terms;
      await publishNotice(terms, { key: 'hosts', roles: ['host'] });
      await publishNotice(terms, { key: 'later', stages: ['contract'] });
      await publishNotice(terms, { key: 'reading', acknowledgement: 'none' });
      const asInvitee = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN });
      expect(asInvitee.status).toBe(201);
      const asHost = await post('/v1/proposals', 'host', { eventTypeId: world.eventTypeId, starts: [ELEVEN] });
      expect(asHost.body).toMatchObject({ code: 'acknowledgement_required', notice: { key: 'hosts' } });
      const signed = await post(
        '/v1/bookings',
        'invitee',
        { eventTypeId: world.eventTypeId, start: NOON },
        { room: { id: 'room-1', stage: 'contract' } },
      );
      expect(signed.body).toMatchObject({ code: 'acknowledgement_required', notice: { key: 'later' } });
    });
  });

  test('a version dated later binds from its date, and a draft cannot be acknowledged', async () => {
    await withTerms({}, async (terms) => {
      const { acknowledge, post, given, world } = terms;
      const now = await publishNotice(terms, {});
      const later = await publishNotice(terms, { effectiveFrom: '2026-11-23T13:00:00Z' });
      const draft = await publishNotice(terms, { draft: true });
      for (const noticeVersionId of [later, draft]) {
        const refused = await post('/v1/acknowledgements', 'invitee', { noticeVersionId });
        expect(refused.body).toMatchObject({ code: 'validation_failed', issues: [{ path: 'noticeVersionId' }] });
      }
      await acknowledge('invitee', now);
      const book = (start: string) => post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start });
      expect((await book(TEN)).status).toBe(201);
      given.clock.setTime('2026-11-23T13:00:00Z');
      expect((await book(ELEVEN)).body).toMatchObject({ code: 'acknowledgement_required', notice: { noticeVersionId: later } });
      await acknowledge('invitee', later);
      expect((await book(ELEVEN)).status).toBe(201);
    });
  });

  test('the notice comes in the language asked for, its language without region, the tenant’s own, English, else the first', async () => {
    await withTerms({ tenant: { locale: 'pt-BR' } }, async (terms) => {
      const { given, world } = terms;
      await publishNotice(terms, { key: 'all', text: { fr: 'FR', en: 'EN', pt: 'PT', 'de-AT': 'AT' }, label: { de: 'Ja', en: 'Yes' } });
      await publishNotice(terms, { key: 'few', text: { ja: 'JA', en: 'EN' } });
      await publishNotice(terms, { key: 'one', text: { ja: 'JA' } });
      const read = async (locale: string) => {
        const { body } = await given.call('GET', `/v1/notices/current?locale=${locale}`, { key: world.publishableKey });
        return body.data.map((notice: { text: string }) => notice.text).join(' ');
      };
      expect(await read('fr-CA')).toBe('FR EN JA');
      expect(await read('de-AT')).toBe('AT EN JA');
      expect(await read('tr')).toBe('PT EN JA');
      expect(await read('JA')).toBe('PT JA JA');
    });
  });
});

test('the stage and the room come from the signed token, a secret key or the tenant; nobody else may state them', async () => {
  await withTerms({}, async ({ publish, post, given, world }) => {
    const noticeVersionId = await publish();
    const base = { eventTypeId: world.eventTypeId, start: TEN, invitee: VISITOR };
    const tries: [string, object][] = [
      ['/v1/bookings', { ...base, stage: 'contract' }],
      ['/v1/bookings', { ...base, room: { id: 'room-1', stage: 'contract' } }],
      ['/v1/acknowledgements', { noticeVersionId, room: ROOM }],
      ['/v1/acknowledgements', { noticeVersionId, actor: { externalId: 'client-1', role: 'invitee' } }],
      ['/v1/screen', { text: 'x', stage: 'contract' }],
    ];
    for (const [url, body] of tries) {
      for (const who of ['visitor', 'invitee', 'host'] as const) {
        const answer = await post(url, who, body);
        expect([url, who, answer.status, answer.body.code]).toEqual([url, who, 403, 'forbidden']);
      }
    }
    const put = await given.call('PUT', '/v1/rooms/room-1', { key: world.publishableKey, body: { stage: 'contract' } });
    expect(put.status).toBe(403);
    expect(await given.db.selectFrom('bookings').select('booking_id').execute()).toEqual([]);
    expect(await given.db.selectFrom('acknowledgements').select('entry').execute()).toEqual([]);
  });
});

async function publishNotice({ given, world }: Terms, { key = 'terms', ...more }: Record<string, unknown>): Promise<string> {
  const as = (url: string, body: object) => given.call('POST', url, { key: world.secretKey, body });
  const made = await as('/v1/notices', { key, ...TERMS, ...more });
  if (made.status === 201) return made.body.versions[0].id;
  const { body } = await as(`/v1/notices/${key as string}/versions`, { ...TERMS, ...more });
  return body.id;
}

async function anotherEventType({ given, world }: Terms, name: string): Promise<string> {
  const as = (url: string, body: object) => given.call('POST', url, { key: world.secretKey, body });
  const host = await as('/v1/hosts', { name, timeZone: 'America/New_York' });
  return (await as('/v1/event-types', { hostId: host.body.id, title: 'Intro', durationsMinutes: [30] })).body.id;
}
