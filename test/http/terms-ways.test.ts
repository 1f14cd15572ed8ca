import { describe, expect, test } from 'vitest';
import type { Answer } from '../helpers/app.ts';
import { ELEVEN, NOON, ROOM, TEN, TERMS, type Terms, type Who, withTerms } from './with-terms.ts';

interface Way {
  readonly name: string;
  readonly who: Who;
  /** Makes what the way starts from, by somebody who has acknowledged. */
  readonly prepare?: (terms: Terms) => Promise<string>;
  readonly go: (terms: Terms, acknowledgementId: string | undefined, prepared: string) => Promise<Answer>;
  readonly eventType?: object;
  readonly status?: number;
}

const client = { name: 'Cleo Client', externalId: 'client-1' };

const WAYS: readonly Way[] = [
  {
    name: 'a booking with a room token',
    who: 'invitee',
    go: ({ post, world }, acknowledgementId) =>
      post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN, acknowledgementId }),
    status: 201,
  },
  {
    name: 'a booking through the API',
    who: 'key',
    go: ({ post, world }, acknowledgementId) =>
      post('/v1/bookings', 'key', { eventTypeId: world.eventTypeId, start: TEN, invitee: client, room: ROOM, acknowledgementId }),
    status: 201,
  },
  {
    name: 'a booking by a visitor',
    who: 'visitor',
    go: ({ post, world }, acknowledgementId) =>
      post('/v1/bookings', 'visitor', {
        eventTypeId: world.eventTypeId,
        start: TEN,
        invitee: { name: 'Vi', email: 'vi@visitor.example' },
        acknowledgementId,
      }),
    status: 201,
  },
  {
    name: 'a request',
    who: 'invitee',
    eventType: { confirmation: 'request' },
    go: ({ post, world }, acknowledgementId) =>
      post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN, acknowledgementId }),
    status: 201,
  },
  ...(['invitee', 'host', 'key'] as const).map((who): Way => ({
    name: `a proposal by ${who}`,
    who,
    go: ({ post, world }, acknowledgementId) =>
      post('/v1/proposals', who, {
        eventTypeId: world.eventTypeId,
        starts: [TEN, ELEVEN],
        acknowledgementId,
        ...(who === 'key' && { actor: { role: 'invitee', externalId: 'client-1' }, room: ROOM }),
      }),
    status: 201,
  })),
  {
    name: 'the invitee accepting the times of the host',
    who: 'invitee',
    prepare: (terms) => propose(terms, 'host'),
    go: ({ post }, acknowledgementId, id) => post(`/v1/proposals/${id}/accept`, 'invitee', { start: TEN, acknowledgementId }),
  },
  {
    name: 'the host accepting the times of the invitee',
    who: 'host',
    prepare: (terms) => propose(terms, 'invitee'),
    go: ({ post }, acknowledgementId, id) => post(`/v1/proposals/${id}/accept`, 'host', { start: TEN, acknowledgementId }),
  },
  ...(['invitee', 'host', 'key'] as const).map((who): Way => ({
    name: `a move by ${who}`,
    who,
    prepare: async (terms) => (await bookFirst(terms)).id,
    go: ({ post }, acknowledgementId, id) => post(`/v1/bookings/${id}/reschedule`, who, { start: NOON, acknowledgementId }),
  })),
  {
    name: 'a move from the manage page',
    who: 'invitee',
    prepare: async (terms) => {
      const { id, manageToken } = await bookFirst(terms);
      return `${id} ${manageToken}`;
    },
    go: ({ given }, acknowledgementId, prepared) => {
      const [id, key = ''] = prepared.split(' ');
      return given.call('POST', `/v1/bookings/${id}/reschedule`, { key, body: { start: NOON, acknowledgementId } });
    },
  },
];

describe('every way to make or move a meeting asks for the terms', () => {
  test.each(WAYS.map((way) => [way.name, way] as const))(
    '%s: refused without, refused with an old version, accepted and linked with the right one',
    async (_name, way) => {
      await withTerms({ eventType: way.eventType ?? {} }, async (terms) => {
        const { publish, acknowledge, given, world } = terms;
        const before = way.prepare === undefined ? '' : await way.prepare(terms);
        const first = await publish();
        const none = await way.go(terms, undefined, before);
        expect(none).toMatchObject({
          status: 422,
          body: { code: 'acknowledgement_required', notice: { key: 'terms', version: 1, text: TERMS.text.en } },
        });
        const old = await acknowledge(way.who, first);
        const second = await publish();
        const outdated = await way.go(terms, old, before);
        expect(outdated).toMatchObject({
          status: 422,
          body: { code: 'acknowledgement_required', notice: { noticeVersionId: second, version: 2 } },
        });
        const right = await acknowledge(way.who, second);
        const done = await way.go(terms, right, before);
        expect(done.status).toBe(way.status ?? 200);
        const [booking] = await given.db.selectFrom('bookings').select('acknowledgement_id').execute();
        const [proposal] = await given.db.selectFrom('proposals').select('acknowledgement_ids').where('status', '=', 'open').execute();
        const history = await given.db.selectFrom('booking_history').select('after').orderBy('entry', 'desc').execute();
        const links = [booking?.acknowledgement_id, ...(proposal?.acknowledgement_ids ?? []), history[0]?.after?.['acknowledgementId']];
        const used = await given.db.selectFrom('acknowledgements').select('acknowledgement_id').where('kind', '=', 'used').execute();
        expect([...links, ...used.map((row) => row.acknowledgement_id)]).toContain(right);
        const chain = await given.call('GET', '/v1/acknowledgements/verify', { key: world.secretKey });
        expect(chain.body.valid).toBe(true);
      });
    },
  );

  test('without a token it is good for one booking, within the hour, and the invitee of that booking becomes its actor', async () => {
    await withTerms({}, async (terms) => {
      const { publish, acknowledge, post, given, world } = terms;
      const version = await publish();
      const book = (start: string, acknowledgementId: string) =>
        post('/v1/bookings', 'visitor', {
          eventTypeId: world.eventTypeId,
          start,
          invitee: { name: 'Vi', email: 'vi@visitor.example' },
          acknowledgementId,
        });
      const good = await acknowledge('visitor', version);
      const booked = await book(TEN, good);
      expect(booked.status).toBe(201);
      const kept = await given.call('GET', `/v1/acknowledgements/${good}`, { key: world.secretKey });
      expect(kept.body).toMatchObject({ bookingId: booked.body.id, actor: { role: 'invitee' }, via: 'widget', assertedByKey: false });
      expect((await book(ELEVEN, good)).body.code).toBe('acknowledgement_required');
      const late = await acknowledge('visitor', version);
      given.clock.advanceMinutes(61);
      expect((await book(ELEVEN, late)).body.code).toBe('acknowledgement_required');
    });
  });

  test('what somebody else acknowledged, or in another room, opens nothing', async () => {
    await withTerms({}, async (terms) => {
      const { publish, acknowledge, post, world } = terms;
      const version = await publish();
      const theirs = await acknowledge('invitee', version, { sub: 'client-2' });
      const elsewhere = await acknowledge('invitee', version, { room: { id: 'room-2', stage: 'preContract' } });
      for (const acknowledgementId of [theirs, elsewhere]) {
        const refused = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN, acknowledgementId });
        expect(refused.body.code).toBe('acknowledgement_required');
      }
    });
  });
});

async function bookFirst({ post, world }: Terms): Promise<{ id: string; manageToken: string }> {
  return (await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN })).body;
}

async function propose({ post, world }: Terms, who: 'invitee' | 'host'): Promise<string> {
  return (await post('/v1/proposals', who, { eventTypeId: world.eventTypeId, starts: [TEN, ELEVEN] })).body.id;
}
