import { describe, expect, test } from 'vitest';
import type { TokenClaims } from '../helpers/world.ts';
import { ELEVEN, NOON, TEN, TERMS, withTerms } from './with-terms.ts';

describe('stages', () => {
  test('a booking follows its room: by PUT, by a newer token however it is used, and never back by an older token', async () => {
    await withTerms({ tenant: { policy: { preContract: { screening: 'off' } } } }, async ({ post, given, world, token }) => {
      const { id } = (await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN })).body;
      const stage = async () => (await given.call('GET', `/v1/bookings/${id}`, { key: world.secretKey })).body.stage;
      expect(await stage()).toBe('preContract');
      const old = await token('invitee');
      given.clock.advanceMinutes(1);
      const put = await given.call('PUT', '/v1/rooms/room-1', { key: world.secretKey, body: { stage: 'contract' } });
      expect(put.body).toMatchObject({ id: 'room-1', stage: 'contract', statedAt: '2026-11-23T12:01:00.000Z' });
      expect(await stage()).toBe('contract');
      await given.call('GET', '/v1/bookings', { key: world.publishableKey, roomToken: old });
      expect(await stage()).toBe('contract');
      given.clock.advanceMinutes(1);
      await given.call('GET', '/v1/bookings', { key: world.publishableKey, roomToken: await token('host') });
      expect(await stage()).toBe('preContract');
    });
  });

  test('a location of another kind is refused at its stage, until call trouble opens the fallback for this one booking', async () => {
    const tenant = { policy: { preContract: { locations: ['room'], fallbackLocations: ['link'] } } };
    await withTerms(
      { tenant, eventType: { minimumNoticeMinutes: 0, locations: [{ type: 'room' }, { type: 'phone', number: '+14155550123' }] } },
      async (terms) => {
        const { publish, acknowledge, post, given, world } = terms;
        await acknowledge('invitee', await publish());
        const body = { eventTypeId: world.eventTypeId, start: TEN };
        const phone = await post('/v1/bookings', 'invitee', { ...body, location: { type: 'phone' } });
        expect(phone).toMatchObject({ status: 422, body: { code: 'location_not_allowed' } });
        const booked = await post('/v1/bookings', 'invitee', body);
        const other = await post('/v1/bookings', 'invitee', { ...body, start: NOON });
        const link = { location: { type: 'link', url: 'https://calls.example/abc' } };
        const early = await post(`/v1/bookings/${booked.body.id}/location`, 'host', link);
        expect(early).toMatchObject({ status: 422, body: { code: 'location_not_allowed' } });
        const incident = await post('/v1/incidents', 'invitee', { bookingId: booked.body.id, kind: 'callTrouble', note: 'no sound' });
        expect(incident).toMatchObject({ status: 201, body: { by: 'invitee', fallback: TERMS.fallback.en, fallbackLocations: ['link'] } });
        const switched = await post(`/v1/bookings/${booked.body.id}/location`, 'host', link);
        expect(switched).toMatchObject({ status: 200, body: { location: link.location, sequence: 1, start: TEN } });
        const seen = await given.call('GET', `/v1/bookings/${booked.body.id}`, { key: booked.body.manageToken });
        expect(seen.body.location).toEqual(link.location);
        expect((await post(`/v1/bookings/${other.body.id}/location`, 'host', link)).body.code).toBe('location_not_allowed');
        const handle = { location: { type: 'link', url: 'https://wa.me/14155550123' } };
        expect((await post(`/v1/bookings/${booked.body.id}/location`, 'host', handle)).body.code).toBe('contact_details_detected');
        const moved = await post(`/v1/bookings/${booked.body.id}/reschedule`, 'invitee', { start: ELEVEN });
        expect(moved.status).toBe(200);
        const list = await given.call('GET', `/v1/incidents?bookingId=${booked.body.id}`, { key: world.secretKey });
        expect(list.body.data).toMatchObject([{ kind: 'callTrouble', note: 'no sound', room: { id: 'room-1' } }]);
      },
    );
  });

  test('a request to leave the platform is recorded without a booking, and the tenant hears of it without the words', async () => {
    await withTerms({}, async ({ post, given }) => {
      const incident = await post('/v1/incidents', 'host', { kind: 'offPlatformRequest', note: 'asked me for my number' });
      expect(incident).toMatchObject({ status: 201, body: { by: 'host', bookingId: null, fallbackLocations: [] } });
      const events = await given.db.selectFrom('events').selectAll().where('type', '=', 'incident.created').execute();
      expect(events).toHaveLength(1);
      expect(JSON.stringify(events)).not.toContain('number');
    });
  });
});

describe('first contact', () => {
  test('an invitee who has never acknowledged is sent the notice once, by whichever comes first: people or room token', async () => {
    await withTerms({}, async ({ publish, given, world, token, acknowledge }) => {
      const version = await publish();
      const look = async (claims: TokenClaims = {}) =>
        given.call('GET', '/v1/notices/current', { key: world.publishableKey, roomToken: await token('invitee', claims) });
      await look();
      given.clock.advanceMinutes(1);
      await look();
      const known = await given.call('POST', '/v1/people', {
        key: world.secretKey,
        body: { externalId: 'p-1', role: 'invitee', email: 'p@p.example' },
      });
      await look({ sub: 'p-1' });
      await given.call('POST', '/v1/people', { key: world.secretKey, body: { externalId: 'h-1', role: 'host' } });
      const events = await given.db
        .selectFrom('events')
        .selectAll()
        .where('type', '=', 'notice.firstContact')
        .orderBy('event_id')
        .execute();
      expect(events.map(({ data }) => [data['channel'], data['noticeVersionId'], data['roomId']])).toEqual([
        ['webhook', version, 'room-1'],
        ['email', version, null],
      ]);
      expect(events[1]?.data['personId']).toBe(known.body.id);
      await acknowledge('invitee', await publish(), { sub: 'fresh' });
      expect(await given.db.selectFrom('first_contacts').selectAll().execute()).toHaveLength(3);
    });
  });
});

describe('notices', () => {
  test('a draft is seen by nobody but in its preview; once published it counts from its date, and never changes again', async () => {
    await withTerms({}, async ({ publish, given, world }) => {
      await publish();
      const asKey = (method: 'GET' | 'POST', url: string, body?: object) => given.call(method, url, { key: world.secretKey, body });
      const body = {
        ...TERMS,
        text: { en: '**New** <b>terms</b>\n\n- [ours](https://market.example)\n- [evil](javascript:alert(1))' },
        draft: true,
      };
      const draft = await asKey('POST', '/v1/notices/terms/versions', { ...body, effectiveFrom: '2026-11-25T00:00:00Z' });
      expect(draft.body).toMatchObject({ status: 'draft', version: null });
      const preview = await asKey('GET', `/v1/notices/terms/versions/${draft.body.id}/preview?locale=de`);
      expect(preview.body).toMatchObject({ status: 'draft', locale: 'en', effectiveFrom: '2026-11-25T00:00:00.000Z' });
      expect(preview.body.html).toBe(
        '<p><strong>New</strong> &#60;b&#62;terms&#60;/b&#62;</p>\n<ul><li><a href="https://market.example" rel="noopener noreferrer">ours</a></li><li>[evil](javascript:alert(1))</li></ul>',
      );
      const current = async () => (await asKey('GET', '/v1/notices/current?placement=booking')).body.data[0].version;
      expect(await current()).toBe(1);
      const published = await asKey('POST', `/v1/notices/terms/versions/${draft.body.id}/publish`);
      expect(published.body).toMatchObject({ status: 'published', version: 2 });
      expect(await current()).toBe(1);
      given.clock.setTime('2026-11-25T00:00:00Z');
      expect(await current()).toBe(2);
    });
  });

  test('the current notices are tagged, so a reader who has them is answered 304', async () => {
    await withTerms({}, async ({ publish, given, world }) => {
      await publish();
      const url = `/v1/notices/current?placement=messageRoom&locale=de-AT&key=${world.publishableKey}`;
      const first = await given.call('GET', url, { key: null });
      expect(first.body.data).toMatchObject([{ locale: 'de', text: TERMS.text.de }]);
      expect(first.headers['cache-control']).toBe('public, no-cache');
      const again = await given.call('GET', url, { key: null, headers: { 'if-none-match': String(first.headers['etag']) } });
      expect(again).toMatchObject({ status: 304, text: '' });
      await publish();
      expect((await given.call('GET', url, { key: null, headers: { 'if-none-match': String(first.headers['etag']) } })).status).toBe(200);
    });
  });

  test('with a room or manage token each notice says whether this person has acknowledged it, per room and version', async () => {
    await withTerms({}, async ({ publish, acknowledge, post, given, world, token }) => {
      const look = async (claims: TokenClaims = {}) => {
        const answer = await given.call('GET', '/v1/notices/current', {
          key: world.publishableKey,
          roomToken: await token('invitee', claims),
        });
        return [answer.body.data[0].acknowledged, answer.headers['cache-control']];
      };
      const version = await publish();
      expect(await look()).toEqual([false, 'private, no-cache']);
      await acknowledge('invitee', version);
      expect((await look())[0]).toBe(true);
      expect((await look({ room: { id: 'room-2', stage: 'preContract' } }))[0]).toBe(false);
      const booked = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN });
      const managed = async () =>
        (await given.call('GET', '/v1/notices/current', { key: booked.body.manageToken })).body.data[0].acknowledged;
      expect(await managed()).toBe(true);
      await publish();
      expect((await look())[0]).toBe(false);
      expect(await managed()).toBe(false);
    });
  });
});
