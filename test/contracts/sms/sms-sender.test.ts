import { describe, expect, it } from 'vitest';
import { createGatewaySender } from '../../../server/adapters/sms/gateway-sender.ts';
import type { SmsSender } from '../../../server/adapters/sms/sms-sender.ts';
import { createTwilioSender } from '../../../server/adapters/sms/twilio-sender.ts';
import { withHttpServer } from '../with-http-server.ts';

const message = { id: 'sms_1', to: '+14155550123', text: 'Parley: Intro & plan, 8:30 PM' };
const twilio = (url: string): SmsSender =>
  createTwilioSender({ accountSid: 'AC1', authToken: 'secret', from: '+14155550100', apiUrl: url, timeoutMs: 300, fetch });
const gateway = (url: string): SmsSender => createGatewaySender({ url: `${url}/sms`, token: 'secret', timeoutMs: 300, fetch });

describe.each([
  ['Twilio', twilio],
  ['a gateway', gateway],
])('SMS by %s', (_name, create) => {
  it.each([
    [400, true],
    [422, true],
    [401, false],
    [403, false],
    [404, false],
    [429, false],
    [302, false],
    [500, false],
    [503, false],
  ])('answered with %d is permanent: %s', async (status, permanent) => {
    const answer = { code: 1, message: `bad number ${message.to}` };
    await withHttpServer(
      (_request, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(JSON.stringify(answer)),
      async (url, seen) => {
        const outcome = await create(url).send(message);
        expect(outcome).toMatchObject({ ok: false, permanent, optedOut: false });
        expect(JSON.stringify(outcome)).not.toMatch(/4155550123|secret|Intro/);
        expect(seen).toHaveLength(1);
      },
    );
  });

  it('is given up for now when nobody answers, and when nobody is there', async () => {
    let closed = '';
    await withHttpServer(
      () => undefined,
      async (url) => {
        closed = url;
        expect(await create(url).send(message)).toMatchObject({ ok: false, permanent: false, detail: 'no answer: TimeoutError' });
      },
    );
    expect(await create(closed).send(message)).toMatchObject({ ok: false, permanent: false, detail: 'no answer: ECONNREFUSED' });
  });

  it('counts as sent on 2xx, even with an answer that is no JSON', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(201).end('<ok/>'),
      async (url) => {
        expect(await create(url).send(message)).toEqual({ ok: true, providerId: null });
      },
    );
  });
});

describe('Twilio', () => {
  it('gets a form with basic authentication, and its sid is kept', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(201).end('{"sid":"SM1"}'),
      async (url, seen) => {
        expect(await twilio(`${url}/`).send(message)).toEqual({ ok: true, providerId: 'SM1' });
        const [request] = seen;
        expect(request?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
        expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:secret').toString('base64')}`);
        expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
          From: '+14155550100',
          To: message.to,
          Body: message.text,
        });
      },
    );
  });

  it('is asked by messaging service where the sender is one', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(201).end('{}'),
      async (url, seen) => {
        await createTwilioSender({ accountSid: 'AC1', authToken: 's', from: 'MG9', apiUrl: url, timeoutMs: 300, fetch }).send(message);
        expect(new URLSearchParams(seen[0]?.body).get('MessagingServiceSid')).toBe('MG9');
        expect(new URLSearchParams(seen[0]?.body).has('From')).toBe(false);
      },
    );
  });

  it('tells us when a number has said STOP to the carrier', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(400).end('{"code":21610}'),
      async (url) => {
        expect(await twilio(url).send(message)).toMatchObject({ ok: false, permanent: true, optedOut: true });
      },
    );
  });
});

describe('a gateway', () => {
  it('gets JSON with a bearer token and a key that is the same for every attempt', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(202).end('{"id":"g1"}'),
      async (url, seen) => {
        expect(await gateway(url).send(message)).toEqual({ ok: true, providerId: 'g1' });
        await gateway(url).send(message);
        expect(seen.map((request) => request.headers['idempotency-key'])).toEqual(['sms_1', 'sms_1']);
        expect(seen[0]?.headers.authorization).toBe('Bearer secret');
        expect(JSON.parse(seen[0]?.body ?? '')).toEqual(message);
      },
    );
  });

  it('may say that a number wants no more', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(422).end('{"optedOut":true}'),
      async (url) => {
        expect(await gateway(url).send(message)).toMatchObject({ ok: false, permanent: true, optedOut: true });
      },
    );
  });
});
