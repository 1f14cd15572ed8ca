import { describe, expect, test } from 'vitest';
import { NOON, TEN, withTerms } from './with-terms.ts';

describe('screening', () => {
  const hidden = 'write to me at bob.roe@mailbox.example please';

  test.each([
    ['note', 'invitee', '/v1/bookings', { note: hidden }],
    ['answers.goal', 'invitee', '/v1/bookings', { answers: { goal: hidden } }],
    ['guests.0.name', 'invitee', '/v1/bookings', { guests: [{ name: 'bob.roe@mailbox.example', email: 'g@g.example' }] }],
    ['title', 'host', '/v1/event-types', { title: hidden }],
    ['description', 'host', '/v1/event-types', { title: 'T', description: hidden }],
    ['message', 'host', '/v1/event-types', { title: 'T', message: hidden }],
    ['questions.0.label', 'host', '/v1/event-types', { title: 'T', questions: [{ key: 'a', label: hidden, type: 'text' }] }],
    [
      'questions.0.options.0',
      'host',
      '/v1/event-types',
      { title: 'T', questions: [{ key: 'a', label: 'A', type: 'choice', options: [hidden] }] },
    ],
  ] as const)('%s is refused before a contract, names the field, and is told without the text', async (field, who, url, words) => {
    await withTerms({ eventType: { questions: [{ key: 'goal', label: 'Goal', type: 'text' }] } }, async ({ post, given, world }) => {
      const base =
        url === '/v1/bookings' ? { eventTypeId: world.eventTypeId, start: TEN } : { hostId: world.hostId, durationsMinutes: [30] };
      const refused = await post(url, who, { ...base, ...words });
      expect(refused).toMatchObject({ status: 422, body: { code: 'contact_details_detected', findings: [{ field, category: 'email' }] } });
      const events = await given.db.selectFrom('events').selectAll().where('type', '=', 'contactDetails.detected').execute();
      expect(events).toMatchObject([{ data: { verdict: 'block', stage: 'preContract', fields: [field], categories: ['email'], by: who } }]);
      expect(JSON.stringify(events)).not.toContain('mailbox');
    });
  });

  test.each([
    ['cancel', 'invitee', 'reason'],
    ['reschedule', 'invitee', 'reason'],
    ['decline', 'host', 'reason'],
    ['confirm', 'host', 'message'],
  ] as const)('what is said to %s is screened', async (verb, who, field) => {
    await withTerms({ eventType: { confirmation: 'request' } }, async ({ post, world }) => {
      const { id } = (await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN })).body;
      const refused = await post(`/v1/bookings/${id}/${verb}`, who, { [field]: hidden, ...(verb === 'reschedule' && { start: NOON }) });
      expect(refused).toMatchObject({ status: 422, body: { code: 'contact_details_detected', findings: [{ field }] } });
    });
  });

  test('names and descriptions of hosts are screened however they are set', async () => {
    await withTerms({}, async ({ given, world, post }) => {
      const asKey = (method: 'POST' | 'PUT' | 'PATCH', url: string, body: object) =>
        given.call(method, url, { key: world.secretKey, body });
      const made = await asKey('POST', '/v1/hosts', { name: 'H', timeZone: 'UTC', description: hidden });
      const put = await asKey('PUT', '/v1/hosts/ext:h2', { name: hidden, timeZone: 'UTC' });
      const patched = await asKey('PATCH', `/v1/hosts/${world.hostId}`, { description: hidden });
      for (const answer of [made, put, patched]) expect(answer.body.code).toBe('contact_details_detected');
      const named = await post(
        '/v1/bookings',
        'invitee',
        { eventTypeId: world.eventTypeId, start: TEN },
        { name: 'bob.roe@mailbox.example' },
      );
      expect(named.body.code).toBe('contact_details_detected');
    });
  });

  test('a field may be stricter or milder than the rest; a warning lets the text stand and tells the tenant', async () => {
    const screening = { note: 'warn', answers: 'off', '*': 'block' };
    await withTerms(
      { tenant: { policy: { preContract: { screening } } }, eventType: { questions: [{ key: 'goal', label: 'Goal', type: 'text' }] } },
      async ({ post, given, world }) => {
        const body = { eventTypeId: world.eventTypeId, start: TEN, note: hidden, answers: { goal: hidden } };
        const booked = await post('/v1/bookings', 'invitee', body);
        expect(booked).toMatchObject({ status: 201, body: { note: hidden } });
        const events = await given.db.selectFrom('events').select('data').where('type', '=', 'contactDetails.detected').execute();
        expect(events).toMatchObject([{ data: { verdict: 'warn', fields: ['note'] } }]);
      },
    );
  });

  test('links to the own sites of the tenant are no contact details', async () => {
    await withTerms({ tenant: { allowedOrigins: ['https://*.market.example'] } }, async ({ post, world }) => {
      const note = 'the brief is at https://www.market.example/jobs/12';
      const booked = await post('/v1/bookings', 'invitee', { eventTypeId: world.eventTypeId, start: TEN, note });
      expect(booked.status).toBe(201);
      const foreign = await post('/v1/bookings', 'invitee', {
        eventTypeId: world.eventTypeId,
        start: NOON,
        note: 'see https://my-own-site.example/me',
      });
      expect(foreign.body.code).toBe('contact_details_detected');
    });
  });

  test('POST /v1/screen answers by the stage, with the notice, finds split numbers, and keeps nothing of the text', async () => {
    await withTerms({}, async ({ publish, post, given }) => {
      await publish();
      const address = 'it is bob.roe@mailbox.example, thanks';
      const blocked = await post('/v1/screen', 'key', { text: address });
      expect(blocked).toMatchObject({
        status: 200,
        body: { verdict: 'block', findings: [{ category: 'email', confidence: 'high' }], notice: { key: 'terms' } },
      });
      expect(address.slice(blocked.body.findings[0].start, blocked.body.findings[0].end)).toBe('bob.roe@mailbox.example');
      expect((await post('/v1/screen', 'key', { text: hidden, stage: 'contract' })).body).toMatchObject({ verdict: 'allow' });
      const innocent = await post('/v1/screen', 'key', { text: 'Tuesday 24 November at 10:00, 30 minutes, 1500 USD?' });
      expect(innocent.body).toEqual({ verdict: 'allow', findings: [] });
      const split = await post('/v1/screen', 'invitee', { messages: ['my number is', '415 555', '0123'] });
      expect(split.body.verdict).toBe('block');
      expect((await post('/v1/screen', 'invitee', { text: 'x', stage: 'contract' })).status).toBe(403);
      expect((await post('/v1/screen', 'key', {})).body.code).toBe('validation_failed');
      const events = await given.db.selectFrom('events').selectAll().where('type', '=', 'contactDetails.detected').execute();
      expect(events).toHaveLength(2);
      expect(JSON.stringify(events)).not.toMatch(/mailbox|0123/);
    });
  });
});
