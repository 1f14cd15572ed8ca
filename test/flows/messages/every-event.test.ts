import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WEBHOOK_EVENTS } from '../../../shared/contract/webhook.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import { sweep } from '../../../server/flows/sweep.ts';
import { makeWorld, signRoomToken } from '../../helpers/world.ts';
import { type MessagesTest, withMessages } from './with-messages.ts';

interface Told {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
}

/** The outside calendars tell these; their own tests show it. */
const BY_CALENDARS = ['calendar.error', 'calendar.recovered'];
const GUIDE = new URL('../../../docs/messages.md', import.meta.url);

test('every event of the contract is delivered when it happens, and looks as the guide shows it', async () => {
  await withMessages(async (given) => {
    const told: Told[] = [];
    await liveThroughEverything(given, told);
    const types = new Set(told.map(({ type }) => type));
    expect([...types].sort()).toEqual(WEBHOOK_EVENTS.filter((type) => !BY_CALENDARS.includes(type)).sort());

    const shown = examplesOfGuide();
    expect(shown.map(({ type }) => type).sort()).toEqual([...WEBHOOK_EVENTS].sort());
    for (const { type, data } of shown.filter((one) => types.has(one.type))) {
      const real = told.filter((one) => one.type === type).map((one) => Object.keys(one.data).sort());
      expect(real, `${type} as docs/messages.md shows it`).toContainEqual(Object.keys(data).sort());
    }
  });
});

function examplesOfGuide(): Told[] {
  const blocks = readFileSync(GUIDE, 'utf8').matchAll(/^```jsonl\n(\{ "type": .*?)^```$/gms);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .trim()
      .split(/\n(?=\{ "type")/)
      .map((text) => JSON.parse(text) as Told),
  );
}

async function liveThroughEverything(given: MessagesTest, told: Told[]): Promise<void> {
  const webhooks = {
    ...given.deps.webhooks,
    deliver: async ({ body }: { body: string }) => {
      told.push(JSON.parse(body) as Told);
      return { status: 204, detail: 'http 204', retryAfterMs: null };
    },
  };
  const postman = createPostman({ ...given.deps, webhooks }, (error) => {
    throw error;
  });
  const reminders = [{ minutesBefore: 60, channel: 'webhook', to: 'invitee' }];
  const world = await makeWorld(given, { tenant: { defaultStage: 'contract' }, eventType: { reminders } });
  const { secretKey, publishableKey, eventTypeId } = world;
  const post = async (url: string, body: object, roomToken?: string, isRefused = false) => {
    const key = roomToken === undefined ? secretKey : publishableKey;
    const answer = await given.call('POST', url, { key, body, ...(roomToken !== undefined && { roomToken }) });
    expect(answer.status >= 400, `${url} ${answer.text}`).toBe(isRefused);
    return answer.body;
  };
  const token = (role: 'invitee' | 'host') =>
    signRoomToken(world, given.clock.nowMs(), { role, ...(role === 'host' && { sub: 'ana', name: 'Ana Host' }) });
  const book = (time: string) =>
    post('/v1/bookings', {
      eventTypeId,
      start: at(time),
      invitee: { name: 'Vi', email: 'vi@visitor.example', externalId: 'c-7' },
      room: { id: 'r', stage: 'contract' },
    });
  const host = { actor: { role: 'host' } };
  await post('/v1/webhook-endpoints', { url: 'https://hooks.example/', events: ['*'] });

  const notice = await post('/v1/notices', {
    key: 'terms',
    placements: ['messageRoom', 'booking'],
    stages: ['preContract'],
    roles: ['invitee'],
    acknowledgement: 'oncePerRoom',
    text: { en: 'Stay here.' },
  });
  const noticeVersionId = notice.versions[0].id;
  await post('/v1/screen', { text: 'mail me at vi@visitor.example' }, await token('invitee'));
  const { id: acknowledgementId } = await post('/v1/acknowledgements', { noticeVersionId, locale: 'en' }, await token('invitee'));
  const inRoom = await post('/v1/bookings', { eventTypeId, start: at('14:00'), acknowledgementId }, await token('invitee'));
  await post(
    `/v1/bookings`,
    { eventTypeId, start: at('16:30'), acknowledgementId, note: 'mail vi@visitor.example' },
    await token('invitee'),
    true,
  );
  await post('/v1/incidents', { kind: 'callTrouble', bookingId: inRoom.id }, await token('invitee'));

  const moved = await book('15:00');
  await post(`/v1/bookings/${moved.id}/reschedule`, { start: at('15:30'), ...host });
  await post(`/v1/bookings/${moved.id}/guests`, { add: [{ name: 'Gus', email: 'gus@guest.example' }], actor: { role: 'invitee' } });
  const missed = await book('17:00');
  const cancelled = await book('18:00');
  await post(`/v1/bookings/${cancelled.id}/cancel`, { reason: 'Ill.', ...host });
  given.mails.answers.push({ ok: false, permanent: true, detail: 'smtp EENVELOPE' });
  await postman.drain();

  const byHost = async (time: string) =>
    post('/v1/proposals', { eventTypeId, starts: [at(time)], expiresMinutes: 60 }, await token('host'));
  await post(`/v1/proposals/${(await byHost('19:00')).id}/accept`, { start: at('19:00'), acknowledgementId }, await token('invitee'));
  await post(`/v1/proposals/${(await byHost('19:30')).id}/withdraw`, {}, await token('host'));
  await byHost('20:00');
  await post('/v1/holds', { eventTypeId, start: at('20:30') });

  await given.call('PATCH', `/v1/event-types/${eventTypeId}`, {
    key: secretKey,
    body: { confirmation: 'request', requestExpiresMinutes: 60 },
  });
  const refused = await book('21:00');
  await post(`/v1/bookings/${refused.id}/decline`, { reason: 'Away.', ...host });
  await book('21:30');
  for (const time of ['2026-11-23T16:00:00Z', at('13:00'), at('14:00'), at('17:10')]) {
    given.clock.setTime(time);
    await sweep(given.deps);
    await postman.drain();
  }
  await post(`/v1/bookings/${missed.id}/no-show`, host);
  given.clock.setTime('2026-11-24T23:00:00Z');
  await sweep(given.deps);
  await postman.drain();
}

function at(time: string): string {
  return `2026-11-24T${time}:00Z`;
}
