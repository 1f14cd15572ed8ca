import { createServer, type AddressInfo } from 'node:net';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { deliverWebhook, type WebhookDelivery } from '../../../server/adapters/webhooks/deliver-webhook.ts';
import { newWebhookSecret } from '../../../server/adapters/webhooks/new-webhook-secret.ts';
import { withHttpServer } from '../with-http-server.ts';

const CURRENT = newWebhookSecret(new Uint8Array(32).fill(1));
const PREVIOUS = newWebhookSecret(new Uint8Array(32).fill(2));
const STRANGE = newWebhookSecret(new Uint8Array(32).fill(3));
const body = JSON.stringify({ type: 'booking.confirmed', data: { title: 'はじめて — مكالمة' } });
// The library that receivers use checks the time by the system clock.
const nowMs = Date.now();
const sender = { fetch, timeoutMs: 300 };
const delivery = (url: string): WebhookDelivery => ({ url: `${url}/hook?x=1`, id: 'whe_1', body, nowMs, secrets: [CURRENT, PREVIOUS] });

describe('deliverWebhook', () => {
  it('sends what the standardwebhooks library verifies with either live secret, and with no other', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, seen) => {
        expect(await deliverWebhook(sender, delivery(url))).toEqual({ status: 204, detail: 'http 204', retryAfterMs: null });
        const [request] = seen;
        if (request === undefined) throw new Error('nothing came');
        const headers = request.headers as Record<string, string>;
        for (const secret of [CURRENT, PREVIOUS]) expect(new Webhook(secret).verify(request.body, headers)).toEqual(JSON.parse(body));
        expect(() => new Webhook(STRANGE).verify(request.body, headers)).toThrow(WebhookVerificationError);
        expect(() => new Webhook(CURRENT).verify(`${request.body} `, headers)).toThrow(WebhookVerificationError);
        expect(request.path).toBe('/hook?x=1');
        expect(headers['webhook-id']).toBe('whe_1');
        expect(headers['content-type']).toBe('application/json; charset=utf-8');
      },
    );
  });

  it('keeps the id over attempts, while the timestamp moves on', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(500).end(),
      async (url, seen) => {
        await deliverWebhook(sender, delivery(url));
        await deliverWebhook(sender, { ...delivery(url), nowMs: nowMs + 5000 });
        expect(seen.map((request) => request.headers['webhook-id'])).toEqual(['whe_1', 'whe_1']);
        expect(new Set(seen.map((request) => request.headers['webhook-timestamp'])).size).toBe(2);
      },
    );
  });

  it('does not follow a redirect, wherever it points', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      async (url, seen) => {
        expect(await deliverWebhook(sender, delivery(url))).toMatchObject({ status: 302 });
        expect(seen).toHaveLength(1);
      },
    );
  });

  it.each([
    ['120', 120_000],
    [new Date(Math.floor(nowMs / 1000) * 1000 + 60_000).toUTCString(), 60_000],
    ['soon', null],
    ['-5', null],
    ['Thu, 01 Jan 1970 00:00:00 GMT', null],
  ])('reads Retry-After: %s', async (value, expected) => {
    await withHttpServer(
      (_request, response) => response.writeHead(429, { 'retry-after': value }).end(),
      async (url) => {
        const { retryAfterMs } = await deliverWebhook(sender, delivery(url));
        if (expected === null) expect(retryAfterMs).toBeNull();
        else expect(Math.abs((retryAfterMs ?? 0) - expected)).toBeLessThan(1000);
      },
    );
  });

  it('gives up a receiver that hangs after the time-out', async () => {
    await withHttpServer(
      () => undefined,
      async (url) => {
        expect(await deliverWebhook(sender, delivery(url))).toEqual({ status: null, detail: 'TimeoutError', retryAfterMs: null });
      },
    );
  });

  it('does not wait for an endless answer', async () => {
    await withHttpServer(
      (_request, response) => void response.writeHead(200).write('a'),
      async (url) => {
        expect(await deliverWebhook(sender, delivery(url))).toMatchObject({ status: 200 });
      },
    );
  });

  it('survives a receiver that closes early, one that is not there, and a refusal by the guard', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await deliverWebhook(sender, delivery(url))).toMatchObject({ status: null });
    await new Promise((resolve) => {
      server.close(resolve);
    });
    expect(await deliverWebhook(sender, delivery(url))).toMatchObject({ status: null, detail: 'ECONNREFUSED' });
    const guard = (): never => {
      throw Object.assign(new Error('10.0.0.1 is private'), { code: 'address_refused' });
    };
    expect(await deliverWebhook({ ...sender, fetch: guard }, delivery(url))).toMatchObject({ status: null, detail: 'address_refused' });
  });

  it('signs with nothing only by mistake', async () => {
    await expect(deliverWebhook(sender, { ...delivery('http://127.0.0.1:1'), secrets: [] })).rejects.toThrow('no secret');
    expect(() => newWebhookSecret(new Uint8Array(23))).toThrow(RangeError);
  });
});
