import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { createInboundReaders } from '../../../server/adapters/sms/inbound-reader.ts';
import type { SmsMessage, SmsOutcome } from '../../../server/adapters/sms/sms-sender.ts';
import { makeWorld, signRoomToken, type World } from '../../helpers/world.ts';
import { type MessagesTest, withMessages } from './with-messages.ts';

/** Tuesday 10:00 in New York. */
const TEN = '2026-11-24T15:00:00Z';
const NUMBER = '+14155550123';
const TOKENS = { twilio: 'twilio-token', gateway: 'gateway-token' };
const SMS_WORLD = {
  tenant: { name: 'Acme', messages: { email: true, sms: true }, defaultStage: 'contract' },
  eventType: { reminders: [{ minutesBefore: 120, channel: 'sms', to: 'all' }] },
};

async function withSms(use: (test: MessagesTest & { sent: SmsMessage[]; answers: SmsOutcome[] }) => Promise<void>): Promise<void> {
  const sent: SmsMessage[] = [];
  const answers: SmsOutcome[] = [];
  const sms = {
    send: async (message: SmsMessage): Promise<SmsOutcome> => {
      sent.push(message);
      return answers.shift() ?? { ok: true, providerId: null };
    },
  };
  await withMessages((test) => use({ ...test, sent, answers }), { sms, inboundSms: createInboundReaders(TOKENS) });
}

describe('no number gets an SMS without consent', () => {
  test.each([
    ['a number alone', { phone: NUMBER }, 0],
    ['a number and an unticked box', { phone: NUMBER, smsConsent: false }, 0],
    ['a number and a ticked box', { phone: NUMBER, smsConsent: true }, 1],
  ])('%s', async (_name, invitee, expected) => {
    await withSms(async (test) => {
      const world = await makeWorld(test, { ...SMS_WORLD, host: { phone: '+14155550199' } });
      await book(test, world, invitee);
      await remind(test);
      expect(test.sent.map(({ to }) => to)).toEqual(expected === 0 ? [] : [NUMBER]);
      if (expected === 1) expect(test.sent[0]?.text).toBe('Acme: Intro, Tue, Nov 24, 10:00 AM GMT-5. Reply STOP to end.');
    });
  });

  test('a ticked box without a number in full is refused', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      for (const phone of [undefined, '415 555 0123']) {
        const refused = await book(test, world, { smsConsent: true, ...(phone && { phone }) });
        expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: 'invitee.phone' }] } });
      }
    });
  });

  test('a tenant that has switched SMS off sends none, consent or not', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, { ...SMS_WORLD, tenant: { defaultStage: 'contract' } });
      await book(test, world, { phone: NUMBER, smsConsent: true });
      await remind(test);
      expect(test.sent).toEqual([]);
    });
  });

  test('the consent is for the number it was given for, not for the next one', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      await book(test, world, { phone: NUMBER, smsConsent: true });
      await test.db.updateTable('people').set({ phone: '+14155550777' }).where('phone', '=', NUMBER).execute();
      await remind(test);
      expect(test.sent).toEqual([]);
    });
  });

  test('the host agrees separately, in words that are kept, and the ledger refuses to be changed', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      const roomToken = await signRoomToken(world, test.clock.nowMs(), { sub: 'ana', role: 'host', room: { id: 'r', stage: 'contract' } });
      const given = await test.call('POST', '/v1/sms-consents', {
        key: world.publishableKey,
        roomToken,
        body: { phone: '+14155550199', text: 'Yes, remind me by SMS.', locale: 'en' },
      });
      expect(given).toMatchObject({ status: 201, body: { role: 'host', state: 'granted', text: 'Yes, remind me by SMS.', via: 'widget' } });
      await book(test, world, {});
      await remind(test);
      expect(test.sent.map(({ to }) => to)).toEqual(['+14155550199']);
      await expect(test.db.updateTable('sms_consents').set({ text: 'else' }).execute()).rejects.toThrow('append-only');
      await expect(test.db.deleteFrom('sms_consents').execute()).rejects.toThrow('append-only');
      const listed = await test.call('GET', '/v1/sms-consents', { key: world.secretKey });
      expect(listed.body.data).toEqual([given.body]);
    });
  });
});

describe('STOP', () => {
  test('between planning and sending is honoured, answered once, and START brings it back', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      await book(test, world, { phone: NUMBER, smsConsent: true });
      const stopped = await fromTwilio(test, 'SM1', ' Stop. ');
      expect(stopped.status).toBe(200);
      expect(stopped.text).toContain('Acme: you will get no more text messages.');
      expect((await fromTwilio(test, 'SM1', 'STOP')).text).not.toContain('<Message>');
      await remind(test);
      expect(test.sent).toEqual([]);

      test.clock.setTime('2026-11-24T13:30:00Z');
      expect((await fromGateway(test, 'g1', 'START')).body.reply).toContain('text messages about your meetings again');
      await book(test, world, { phone: NUMBER }, '2026-11-24T17:00:00Z');
      const ledger = (await test.call('GET', '/v1/sms-consents', { key: world.secretKey })).body.data;
      expect(ledger.map(({ state, via, text }: Record<string, string>) => [state, via, text])).toEqual([
        ['granted', 'api', expect.stringContaining('Send me text messages')],
        ['withdrawn', 'sms', 'Stop.'],
        ['granted', 'sms', 'START'],
      ]);
    });
  });

  test('from a stranger, a wrong signature and other words change nothing', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      await book(test, world, { phone: NUMBER, smsConsent: true });
      expect((await fromTwilio(test, 'SM2', 'STOP', { token: 'wrong' })).status).toBe(401);
      expect((await fromTwilio(test, 'SM3', 'STOP', { from: '+14155559999' })).text).not.toContain('<Message>');
      expect((await fromTwilio(test, 'SM4', 'please stop by at 3')).text).not.toContain('<Message>');
      expect((await fromTwilio(test, 'SM5', 'HELP')).text).toContain('<Message>');
      await remind(test);
      expect(test.sent).toHaveLength(1);
    });
  });

  test('that the carrier knows of ends the consent too, and the message is given up', async () => {
    await withSms(async (test) => {
      const world = await makeWorld(test, SMS_WORLD);
      await book(test, world, { phone: NUMBER, smsConsent: true });
      test.answers.push({ ok: false, permanent: true, optedOut: true, detail: 'twilio 400 code 21610' });
      await remind(test);
      await book(test, world, { phone: NUMBER }, '2026-11-25T15:00:00Z');
      const ledger = (await test.call('GET', '/v1/sms-consents', { key: world.secretKey })).body.data;
      expect(ledger.at(-1)).toMatchObject({ state: 'withdrawn', via: 'carrier' });
      const failed = await test.db.selectFrom('events').select('data').where('type', '=', 'message.failed').execute();
      expect(failed).toMatchObject([{ data: { channel: 'sms', kind: 'reminder' } }]);
    });
  });
});

async function book(test: MessagesTest, world: World, invitee: object, start = TEN) {
  return test.call('POST', '/v1/bookings', {
    key: world.secretKey,
    body: {
      eventTypeId: world.eventTypeId,
      start,
      invitee: { name: 'Vi', email: 'vi@visitor.example', timeZone: 'America/New_York', ...invitee },
    },
  });
}

/** Two hours before, 08:00 in New York: the quiet hours have just ended. */
async function remind(test: MessagesTest): Promise<void> {
  test.clock.setTime('2026-11-24T13:00:00Z');
  await test.postman.drain();
}

function fromTwilio(test: MessagesTest, sid: string, text: string, { from = NUMBER, token = TOKENS.twilio } = {}) {
  const form = new URLSearchParams({ MessageSid: sid, From: from, Body: text });
  const signed = ['Body', 'From', 'MessageSid'].map((name) => name + (form.get(name) ?? '')).join('');
  const signature = createHmac('sha1', token).update(`http://127.0.0.1:3000/v1/sms/inbound/twilio${signed}`).digest('base64');
  return test.call('POST', '/v1/sms/inbound/twilio', {
    key: null,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: form.toString(),
  });
}

function fromGateway(test: MessagesTest, id: string, text: string) {
  const body = JSON.stringify({ id, from: NUMBER, text });
  const at = new Date(test.clock.nowMs());
  const signature = new Webhook(TOKENS.gateway, { format: 'raw' }).sign(id, at, body);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': signature };
  return test.call('POST', '/v1/sms/inbound/gateway', { key: null, headers: { 'content-type': 'application/json', ...headers }, body });
}
