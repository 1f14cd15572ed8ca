import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { outboundFetch } from '../../../server/adapters/outbound/outbound-fetch.ts';
import { createWebhookSender } from '../../../server/adapters/webhooks/webhook-sender.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import { type SeenRequest, withHttpServer } from '../../contracts/with-http-server.ts';
import { makeWorld, type World } from '../../helpers/world.ts';
import { type MessagesTest, withMessages } from './with-messages.ts';

const TEN = '2026-11-24T15:00:00Z';
const TIMEOUT_MS = 2000;

afterEach(() => {
  vi.useRealTimers();
});

/** Lets deliveries reach this machine, as `OUTBOUND_ALLOW=127.0.0.0/8` does. */
function senderFor(allow: readonly string[], timeoutMs = TIMEOUT_MS) {
  const limits = { timeoutMs, maxBytes: 10_000, maxRedirects: 0 };
  const outbound = createOutbound({ allow });
  return createWebhookSender({ fetch: outboundFetch(outbound, limits), timeoutMs, mayReach: outbound.mayReach });
}
const LOCAL = { webhooks: senderFor(['127.0.0.0/8']) };
const PATIENT = { webhooks: senderFor(['127.0.0.0/8'], 30_000) };

describe('a receiver in trouble', () => {
  test('that answers 500, hangs, redirects and closes early, then recovers, gets every event under one id, each attempt verified', async () => {
    const troubles = ['500', 'hangs', 'redirects', 'closes'];
    await withHttpServer(
      (request, response) => {
        if (request.path === '/elsewhere') throw new Error('a redirect was followed');
        switch (troubles.shift()) {
          case '500':
            response.writeHead(500).end('no');
            break;
          case 'hangs':
            break;
          case 'redirects':
            response.writeHead(302, { location: '/elsewhere' }).end();
            break;
          case 'closes':
            response.destroy();
            break;
          default:
            response.writeHead(204).end();
        }
      },
      async (url, seen) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test);
          const endpoint = await makeEndpoint(test, world, { url: `${url}/hooks`, events: ['booking.*'] });
          await book(test, world, TEN);
          const seconds = [0, 5, 300, 1800, 7200];
          for (const wait of seconds) {
            test.clock.setTime(test.clock.nowMs() + wait * 1000);
            await test.postman.drain();
          }
          expect(seen).toHaveLength(5);
          expect(new Set(seen.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
          for (const request of seen) expect(verify(endpoint.secret, request).type).toBe('booking.confirmed');
          const log = await deliveries(test, world, endpoint.id);
          expect(log).toMatchObject([{ type: 'booking.confirmed', status: 'delivered', attempts: 5, lastStatusCode: 204 }]);
          expect(log[0].id).toBe(seen[0]?.headers['webhook-id']);
        }, LOCAL);
      },
    );
  });

  test('that is slow delays nobody else', async () => {
    const held: ServerResponse[] = [];
    await withHttpServer(
      (_request, response) => held.push(response),
      async (slowUrl) => {
        await withHttpServer(
          (_request, response) => response.writeHead(204).end(),
          async (url, seen) => {
            await withMessages(async (test) => {
              const world = await makeWorld(test);
              await makeEndpoint(test, world, { url: slowUrl, events: ['*'] });
              await makeEndpoint(test, world, { url, events: ['*'] });
              const starts = Array.from({ length: 12 }, (_, i) =>
                new Date(Date.parse('2026-11-24T14:00:00Z') + i * 1_800_000).toISOString(),
              );
              for (const start of starts) await book(test, world, start);
              await test.postman.round();
              while (seen.length < starts.length) {
                // Those that are done may be done already: then only slow ones are left to wait for.
                await Promise.race([test.postman.oneDone(), wait(10)]);
                await test.postman.round();
              }
              // Everybody else has everything, and the slow one still owes its first answers.
              expect(held.length).toBeGreaterThan(0);
              expect(held.length).toBeLessThan(starts.length);
              for (const response of held) response.writeHead(204).end();
              await test.postman.allDone();
            }, PATIENT);
          },
        );
      },
    );
  });

  test('on a private address is refused when it is made or changed', async () => {
    await withMessages(
      async (test) => {
        const world = await makeWorld(test);
        const key = { key: world.secretKey };
        const given = await makeEndpoint(test, world, { url: 'https://hooks.example/', events: ['*'] });
        const inside = ['127.0.0.1', 'localhost:8080', '[::1]', '10.1.2.3', '169.254.169.254', '0x7f.1', '[::ffff:192.168.0.1]'];
        for (const host of inside) {
          const body = { url: `http://${host}/hooks`, events: ['*'] };
          const made = await test.call('POST', '/v1/webhook-endpoints', { ...key, body });
          const changed = await test.call('PATCH', `/v1/webhook-endpoints/${given.id}`, { ...key, body: { url: body.url } });
          for (const answer of [made, changed])
            expect(answer, host).toMatchObject({ status: 400, body: { code: 'validation_failed', issues: [{ path: 'url' }] } });
        }
        expect((await test.call('GET', '/v1/webhook-endpoints', key)).body.data).toMatchObject([{ url: 'https://hooks.example/' }]);
      },
      { webhooks: senderFor([]) },
    );
  });

  test('whose name leads to a private address later is refused at delivery, without a connection', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, seen) => {
        await withMessages(
          async (test) => {
            const world = await makeWorld(test);
            const literal = await makeEndpoint(test, world, { url, events: ['*'] });
            const named = await makeEndpoint(test, world, { url: url.replace('127.0.0.1', 'localhost'), events: ['*'] });
            await book(test, world, TEN);
            await test.postman.drain();
            expect(seen).toEqual([]);
            for (const { id } of [literal, named])
              expect(await deliveries(test, world, id)).toMatchObject([
                { status: 'waiting', attempts: 1, lastStatusCode: null, detail: 'address_refused' },
              ]);
          },
          // As if the name had still led elsewhere when the endpoint was made.
          { webhooks: { ...senderFor([]), mayReach: async () => true } },
        );
      },
    );
  });

  test('that never answers is paused after three days, keeps what waits, and goes on when it is switched on again', async () => {
    let isUp = false;
    await withHttpServer(
      (_request, response) => response.writeHead(isUp ? 200 : 503).end(),
      async (url, seen) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test);
          const endpoint = await makeEndpoint(test, world, { url, events: ['booking.*'] });
          await book(test, world, TEN);
          for (let hour = 0; hour < 80; hour++) {
            await test.postman.drain();
            test.clock.advanceMinutes(60);
          }
          expect(seen).toHaveLength(10);
          const [listed] = (await test.call('GET', '/v1/webhook-endpoints', { key: world.secretKey })).body.data;
          expect(listed).toMatchObject({ id: endpoint.id, status: 'paused' });
          await book(test, world, '2026-12-01T15:00:00Z');
          await test.postman.drain();
          expect(seen).toHaveLength(10);
          isUp = true;
          const url2 = `/v1/webhook-endpoints/${endpoint.id}`;
          expect((await test.call('PATCH', url2, { key: world.secretKey, body: { status: 'active' } })).body.status).toBe('active');
          await test.postman.drain();
          expect(seen).toHaveLength(11);
          const failed = (await deliveries(test, world, endpoint.id)).find(({ status }: { status: string }) => status === 'failed');
          const again = await test.call('POST', `${url2}/deliveries/${failed.id}/redeliver`, { key: world.secretKey });
          expect(again).toMatchObject({ status: 200, body: { id: failed.id, status: 'waiting', attempts: 0 } });
          await test.postman.drain();
          expect(seen.at(-1)?.headers['webhook-id']).toBe(failed.id);
          expect((await deliveries(test, world, endpoint.id)).map(({ status }: { status: string }) => status)).toEqual([
            'delivered',
            'delivered',
          ]);
        }, LOCAL);
      },
    );
  });

  test('that answers 410 is disabled at once', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(410).end(),
      async (url) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test);
          await makeEndpoint(test, world, { url, events: ['*'] });
          await book(test, world, TEN);
          await test.postman.drain();
          const { body } = await test.call('GET', '/v1/webhook-endpoints', { key: world.secretKey });
          expect(body.data[0].status).toBe('disabled');
        }, LOCAL);
      },
    );
  });
});

describe('what is delivered', () => {
  test('is signed with both secrets for a day after a rotation, then with the new one alone', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, seen) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test);
          const { id, secret } = await makeEndpoint(test, world, { url, events: ['booking.*'] });
          const rotated = await test.call('POST', `/v1/webhook-endpoints/${id}/rotate-secret`, { key: world.secretKey });
          await book(test, world, TEN);
          await test.postman.drain();
          verify(secret, seen[0]!);
          verify(rotated.body.secret, seen[0]!);
          test.clock.advanceMinutes(25 * 60);
          await book(test, world, '2026-11-27T15:00:00Z');
          await test.postman.drain();
          const last = seen.at(-1)!;
          verify(rotated.body.secret, last);
          expect(() => verify(secret, last)).toThrow();
        }, LOCAL);
      },
    );
  });

  test('tells masked endpoints no contact details, full ones all, and nobody a link that acts', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, seen) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test);
          await makeEndpoint(test, world, { url: `${url}/masked`, events: ['*'] });
          await makeEndpoint(test, world, { url: `${url}/full`, events: ['*'], contactDetails: 'full' });
          await makeEndpoint(test, world, { url: `${url}/other`, events: ['proposal.*'] });
          await book(test, world, TEN);
          await test.postman.drain();
          const bodyAt = (path: string) => seen.filter((request) => request.path === path).map(({ body }) => body);
          expect(bodyAt('/masked')).toHaveLength(1);
          expect(bodyAt('/other')).toEqual([]);
          const [masked = '', full = ''] = [bodyAt('/masked')[0], bodyAt('/full')[0]];
          expect(masked).toContain('"status":"confirmed"');
          for (const secretText of ['vi@visitor.example', 'ana@host.example', 'gus@guest.example', 'mt_', 'ft_'])
            expect(masked).not.toContain(secretText);
          expect(full).toContain('vi@visitor.example');
          for (const link of ['mt_', 'ft_']) expect(full).not.toContain(link);
          expect(Buffer.byteLength(full)).toBeLessThan(20_000);
        }, LOCAL);
      },
    );
  });

  test('is a reminder for whoever mail cannot reach: `reminder.due` into the room, once, named by the marketplace’s own id', async () => {
    await withHttpServer(
      (_request, response) => response.writeHead(204).end(),
      async (url, seen) => {
        await withMessages(async (test) => {
          const world = await makeWorld(test, { tenant: { roomUrl: 'https://market.example/rooms/{roomId}' } });
          await makeEndpoint(test, world, { url, events: ['reminder.due'] });
          const booked = await test.call('POST', '/v1/bookings', {
            key: world.secretKey,
            body: {
              eventTypeId: world.eventTypeId,
              start: TEN,
              invitee: { name: 'Vi', externalId: 'client-7' },
              room: { id: 'room-1', stage: 'preContract' },
            },
          });
          test.clock.setTime('2026-11-24T13:00:00Z');
          await test.postman.drain();
          await createPostman(test.deps, () => {}).drain();
          expect(seen).toHaveLength(2);
          const bodies = seen.map(({ body }) => JSON.parse(body)).sort((a, b) => (a.data.dueAt < b.data.dueAt ? -1 : 1));
          expect(bodies).toEqual(
            [1440, 120].map((minutes) => ({
              type: 'reminder.due',
              timestamp: expect.any(String),
              data: expect.objectContaining({
                bookingId: booked.body.id,
                dueAt: new Date(Date.parse(TEN) - minutes * 60_000).toISOString(),
                recipient: expect.objectContaining({ party: 'invitee', externalId: 'client-7' }),
                booking: expect.objectContaining({ room: { id: 'room-1', stage: 'preContract' } }),
              }),
            })),
          );
          expect(test.mails.caught.every(({ to }) => to.address === 'ana@host.example')).toBe(true);
        }, LOCAL);
      },
    );
  });
});

function verify(secret: string, { headers, body }: SeenRequest): { type: string } {
  vi.useFakeTimers({ now: Number(headers['webhook-timestamp']) * 1000, toFake: ['Date'] });
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string };
  } finally {
    vi.useRealTimers();
  }
}

async function makeEndpoint(test: MessagesTest, world: World, body: object): Promise<{ id: string; secret: string }> {
  const made = await test.call('POST', '/v1/webhook-endpoints', { key: world.secretKey, body });
  expect(made.status).toBe(201);
  return made.body;
}

async function deliveries(test: MessagesTest, world: World, id: string) {
  return (await test.call('GET', `/v1/webhook-endpoints/${id}/deliveries`, { key: world.secretKey })).body.data;
}

async function book(test: MessagesTest, world: World, start: string): Promise<void> {
  const body = {
    eventTypeId: world.eventTypeId,
    start,
    invitee: { name: 'Vi', email: 'vi@visitor.example' },
    guests: [{ name: 'Gus', email: 'gus@guest.example' }],
  };
  const booked = await test.call('POST', '/v1/bookings', { key: world.secretKey, body });
  expect(booked.status).toBe(201);
}
