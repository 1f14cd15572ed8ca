import { expect, test } from 'vitest';
import { makeWorld } from '../../helpers/world.ts';
import { type MessagesTest, withMessages } from './with-messages.ts';

const TEN = '2026-11-24T15:00:00Z';
const OFF = { messages: { email: false } };

test.each([
  ['the tenant', { tenant: { messages: { email: false, sms: false } } }],
  ['the event type', { eventType: OFF }],
])('mails that %s has switched off are not sent; reminders become events for the room', async (_who, options) => {
  await withMessages(async (given) => {
    const { history } = await bookIn(given, options);
    await walkTo(given, TEN);
    expect(given.mails.caught).toEqual([]);
    expect(await history()).toEqual([
      ['reminder', 'webhook', 'sent', null],
      ['reminder', 'webhook', 'sent', null],
      ['reminder', 'webhook', 'sent', null],
      ['reminder', 'webhook', 'sent', null],
    ]);
    expect(await countDue(given)).toBe(4);
  });
});

test('mails switched off after they were planned are dropped, and their reminders told to the marketplace', async () => {
  await withMessages(async (given) => {
    const { world, history } = await bookIn(given, {});
    await given.call('PATCH', '/v1/tenant', { key: world.secretKey, body: OFF });
    await walkTo(given, TEN);
    expect(given.mails.caught).toEqual([]);
    const lines = await history();
    expect(lines.slice(0, 2)).toEqual([
      ['confirmed', 'email', 'dropped', 'switchedOff'],
      ['confirmed', 'email', 'dropped', 'switchedOff'],
    ]);
    expect(lines.slice(2).map(([kind, , state]) => [kind, state])).toEqual(Array.from({ length: 4 }, () => ['reminder', 'sent']));
    expect(await countDue(given)).toBe(4);
  });
});

test('a mail that is refused for good is given up once, shown in the history and told as message.failed', async () => {
  await withMessages(async (given) => {
    given.mails.answers.push({ ok: false, permanent: true, detail: 'smtp EENVELOPE at RCPT TO: 550 no such user' });
    const { history } = await bookIn(given, { eventType: { reminders: [] } });
    await walkTo(given, TEN);
    expect(given.mails.caught).toHaveLength(1);
    expect(new Set((await history()).map(([, , state]) => state))).toEqual(new Set(['failed', 'sent']));
    const events = await given.db.selectFrom('events').select('data').where('type', '=', 'message.failed').execute();
    expect(events).toMatchObject([{ data: { kind: 'confirmed', channel: 'email', detail: expect.stringContaining('550') } }]);
  });
});

test('a new place is told as a new place, once to each, with the same time under a higher sequence', async () => {
  await withMessages(async (given) => {
    const locations = [{ type: 'room' }, { type: 'link', url: 'https://call.example/ana' }];
    const { world, bookingId } = await bookIn(given, { eventType: { locations, reminders: [] } });
    await given.postman.drain();
    given.mails.caught.length = 0;
    const body = { location: locations[1], actor: { role: 'host' } };
    const moved = await given.call('POST', `/v1/bookings/${bookingId}/location`, { key: world.secretKey, body });
    expect(moved.status, moved.text).toBe(200);
    await given.postman.drain();
    expect(given.mails.caught.map(({ to, subject }) => `${to.name}: ${subject.split(',')[0]}`).sort()).toEqual([
      'Ana Host: New place: Intro',
      'Vi: New place: Intro',
    ]);
    for (const { text, invitation } of given.mails.caught) {
      expect(text).toContain('https://call.example/ana');
      expect(invitation?.method).toBe('REQUEST');
      expect(invitation?.file).toMatch(/SEQUENCE:1\r\n/);
      expect(invitation?.file).toContain('DTSTART:20261124T150000Z');
    }
  });
});

async function bookIn(given: MessagesTest, options: object) {
  const world = await makeWorld(given, options);
  const body = { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'Vi', email: 'vi@visitor.example' } };
  // A day and a half before, so that both reminders still lie ahead.
  given.clock.setTime('2026-11-23T03:00:00Z');
  const booked = await given.call('POST', '/v1/bookings', { key: world.secretKey, body });
  expect(booked.status, booked.text).toBe(201);
  const history = async (): Promise<string[][]> => {
    const { body: told } = await given.call('GET', `/v1/bookings/${booked.body.id}/history`, { key: world.secretKey });
    return told.messages.map(({ kind, channel, state, detail }: Record<string, string>) => [kind, channel, state, detail]);
  };
  return { world, bookingId: booked.body.id as string, history };
}

async function walkTo(given: MessagesTest, until: string): Promise<void> {
  while (given.clock.nowMs() < Date.parse(until)) {
    await given.postman.drain();
    given.clock.advanceMinutes(60);
  }
}

async function countDue({ db }: MessagesTest): Promise<number> {
  return (await db.selectFrom('events').select('event_id').where('type', '=', 'reminder.due').execute()).length;
}
