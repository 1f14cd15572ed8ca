import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createClient, ParleyError, unwrap } from '../../widget/api/package/index.ts';

interface Asked {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
}
type Answer = (response: ServerResponse) => unknown;

const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, detail: `It is ${code}.`, code, requestId: 'req-1' });
  return (response) => response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers }).end(body);
};
const json = (body: unknown): Answer => {
  return (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};
const html = (status: number): Answer => {
  return (response) => response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>');
};
const hangUp: Answer = (response) => response.destroy();
const silence: Answer = () => {};
const AT_ONCE = { 'Retry-After': '0' };

/** An outside that answers these, one after the other, the last one for ever. */
async function withAnswers<T>(answers: readonly Answer[], use: (baseUrl: string, asked: Asked[]) => Promise<T>): Promise<T> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    request.resume();
    answers[Math.min(asked.length, answers.length) - 1]?.(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const BOOKING = { eventTypeId: 'evt_1', start: '2026-11-24T15:00:00Z' };

describe('what is sent', () => {
  test.each([
    ['a secret key', { secretKey: 'sk_1' }, { authorization: 'Bearer sk_1' }, ''],
    ['a manage token', { manageToken: async () => 'mt_1' }, { authorization: 'Bearer mt_1' }, ''],
    ['a publishable key alone goes into the address, so that a page needs no preflight', { publishableKey: 'pk_1' }, {}, '&key=pk_1'],
    [
      'a room token beside a publishable key',
      { publishableKey: 'pk_1', roomToken: () => 'eyJ' },
      { authorization: 'Bearer pk_1', 'x-room-token': 'eyJ' },
      '',
    ],
  ])('%s', async (_name, credentials, headers, more) => {
    await withAnswers([json({ data: [], nextCursor: null })], async (baseUrl, asked) => {
      const query = { status: ['confirmed', 'requested'] as const, roomId: undefined };
      expect(await createClient({ baseUrl, ...credentials }).bookings.list(query)).toMatchObject({ ok: true, status: 200 });
      expect(asked[0]?.line).toBe(`GET /v1/bookings?status=confirmed%2Crequested${more}`);
      expect(asked[0]?.headers).toMatchObject(headers);
      if (more !== '') expect(asked[0]?.headers).not.toHaveProperty('authorization');
    });
  });

  test('an id of any letters stays one segment below a base with a path', async () => {
    await withAnswers([json({})], async (baseUrl, asked) => {
      await createClient({ baseUrl: `${baseUrl}/api/` }).hosts.get('ext:a/b?c');
      expect(asked[0]?.line).toBe('GET /api/v1/hosts/ext%3Aa%2Fb%3Fc');
    });
  });

  test('what was seen of something that is changed', async () => {
    await withAnswers([json({})], async (baseUrl, asked) => {
      await createClient({ baseUrl }).hosts.change('host_1', { name: 'B' }, { ifUpdatedAt: '2026-11-24T15:00:00.000Z' });
      expect(asked[0]?.headers['if-match']).toBe('"2026-11-24T15:00:00.000Z"');
    });
  });
});

describe('what is repeated', () => {
  test('reading, when the network or the server fails', async () => {
    await withAnswers([hangUp, problem(503, 'unavailable', AT_ONCE), json({ id: 'host_1' })], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).hosts.get('host_1')).toMatchObject({ ok: true, value: { id: 'host_1' } });
      expect(asked).toHaveLength(3);
    });
  });

  test('creating, with the same key, because the server answers a known key without doing it twice', async () => {
    await withAnswers([html(502), problem(409, 'request_in_progress', AT_ONCE), json({ id: 'bkg_1' })], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).bookings.create(BOOKING)).toMatchObject({ ok: true });
      const keys = asked.map(({ headers }) => headers['idempotency-key']);
      expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
      expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    });
  });

  test('with a key of one’s own, which is sent as it is', async () => {
    await withAnswers([json({})], async (baseUrl, asked) => {
      await createClient({ baseUrl }).bookings.create(BOOKING, { idempotencyKey: 'order-1' });
      expect(asked[0]?.headers['idempotency-key']).toBe('order-1');
    });
  });

  test('not a change without a key, because it may have happened', async () => {
    await withAnswers([hangUp, json({})], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).bookings.cancel('bkg_1')).toMatchObject({ ok: false, code: 'unreachable', status: null });
      expect(asked).toHaveLength(1);
      expect(asked[0]?.headers).not.toHaveProperty('idempotency-key');
    });
  });

  test('but any call that was refused for its rate, because then nothing happened', async () => {
    await withAnswers([problem(429, 'rate_limited', AT_ONCE), json({ id: 'bkg_1' })], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).bookings.cancel('bkg_1')).toMatchObject({ ok: true });
      expect(asked).toHaveLength(2);
    });
  });

  test.each([
    ['what was refused for its content', problem(409, 'slot_unavailable'), 'slot_unavailable'],
    ['a calendar that cannot be read, which a person should hear of at once', problem(503, 'calendar_unavailable'), 'calendar_unavailable'],
    ['what asks to wait longer than the call may take', problem(503, 'unavailable', { 'Retry-After': '3600' }), 'unavailable'],
  ])('not %s', async (_name, answer, code) => {
    await withAnswers([answer], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).bookings.create(BOOKING)).toMatchObject({ ok: false, code });
      expect(asked).toHaveLength(1);
    });
  });

  test('as often as was said and no more', async () => {
    await withAnswers([problem(500, 'internal_error', AT_ONCE)], async (baseUrl, asked) => {
      const result = await createClient({ baseUrl, retries: 1 }).tenant.get();
      expect(result).toMatchObject({ ok: false, code: 'internal_error', status: 500, retryAfterMs: 0, problem: { requestId: 'req-1' } });
      expect(asked).toHaveLength(2);
    });
  });

  test('once with a new room token, when the old one has expired', async () => {
    await withAnswers([problem(401, 'token_expired'), json({ data: [], nextCursor: null })], async (baseUrl, asked) => {
      let made = 0;
      const roomToken = () => `token-${(made += 1)}`;
      expect(await createClient({ baseUrl, publishableKey: 'pk_1', roomToken }).bookings.list()).toMatchObject({ ok: true });
      expect(asked.map(({ headers }) => headers['x-room-token'])).toEqual(['token-1', 'token-2']);
    });
    await withAnswers([problem(401, 'token_expired')], async (baseUrl, asked) => {
      const client = createClient({ baseUrl, publishableKey: 'pk_1', roomToken: () => 'the same' });
      expect(await client.bookings.list()).toMatchObject({ ok: false, code: 'token_expired' });
      expect(asked).toHaveLength(2);
    });
  });
});

describe('how a call ends that got no answer of Parley’s', () => {
  test('a proxy’s page is not an answer', async () => {
    await withAnswers([html(502)], async (baseUrl) => {
      const result = await createClient({ baseUrl, retries: 0 }).tenant.get();
      expect(result).toMatchObject({ ok: false, code: 'unreachable', status: 502, problem: null });
      expect(!result.ok && result.message).toBe('GET /v1/tenant: 502 unreachable');
    });
  });

  test('too slow, with all its repetitions', async () => {
    await withAnswers([silence], async (baseUrl) => {
      expect(await createClient({ baseUrl, timeoutMs: 40 }).tenant.get()).toMatchObject({ ok: false, code: 'slow' });
    });
    await withAnswers([hangUp], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl, timeoutMs: 120, retries: 9 }).tenant.get()).toMatchObject({ ok: false, code: 'unreachable' });
      expect(asked).toHaveLength(1);
    });
  });

  test('aborted, before, during and between', async () => {
    await withAnswers([silence], async (baseUrl, asked) => {
      expect(await createClient({ baseUrl }).tenant.get({ signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted' });
      expect(asked).toHaveLength(0);
      const stop = new AbortController();
      const result = createClient({ baseUrl }).tenant.get({ signal: stop.signal });
      await expect.poll(() => asked.length).toBe(1);
      stop.abort();
      expect(await result).toMatchObject({ ok: false, code: 'aborted' });
    });
    await withAnswers([problem(503, 'unavailable', { 'Retry-After': '15' })], async (baseUrl, asked) => {
      const stop = new AbortController();
      const result = createClient({ baseUrl }).tenant.get({ signal: stop.signal });
      await expect.poll(() => asked.length).toBe(1);
      stop.abort();
      expect(await result).toMatchObject({ ok: false, code: 'aborted' });
    });
  });

  test('not sent, when a token could not be had or a body cannot be written', async () => {
    await withAnswers([json({})], async (baseUrl, asked) => {
      const broken = () => {
        throw new Error('no session');
      };
      const result = await createClient({ baseUrl, publishableKey: 'pk_1', roomToken: broken }).bookings.list();
      expect(result).toMatchObject({ ok: false, code: 'not_sent', message: 'GET /v1/bookings: not_sent: no session' });
      expect(await createClient({ baseUrl }).request('POST', '/v1/holds', { body: { wrong: 1n } })).toMatchObject({ code: 'not_sent' });
      expect(asked).toHaveLength(0);
    });
  });

  test('a base that is no address is said at once', () => {
    for (const baseUrl of ['book.example', 'book.example:3000', '', '/v1'])
      expect(() => createClient({ baseUrl }), baseUrl).toThrow(/baseUrl/);
  });
});

describe('lists and errors', () => {
  test('a walk asks for pages as it goes, with the filters and the largest size', async () => {
    const pages = [json({ data: [1, 2], nextCursor: 'c1' }), json({ data: [], nextCursor: 'c2' }), json({ data: [3], nextCursor: null })];
    await withAnswers(pages, async (baseUrl, asked) => {
      const seen = [];
      for await (const one of createClient({ baseUrl }).schedules.all({ hostId: 'host_1' })) seen.push(one, asked.length);
      expect(seen).toEqual([1, 1, 2, 1, 3, 3]);
      expect(asked.map(({ line }) => line.split('?')[1])).toEqual(
        ['', '&cursor=c1', '&cursor=c2'].map((more) => `limit=100&hostId=host_1${more}`),
      );
    });
  });

  test('a page that cannot be had ends the walk with what the call answered', async () => {
    await withAnswers([problem(403, 'forbidden')], async (baseUrl) => {
      const walk = createClient({ baseUrl }).apiKeys.all();
      const error = await walk.next().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ParleyError);
      expect(error).toMatchObject({ code: 'forbidden', failure: { problem: { detail: 'It is forbidden.' } } });
      expect(String(error)).toBe('ParleyError: GET /v1/api-keys: 403 forbidden (request req-1): It is forbidden.');
    });
  });

  test('unwrap hands out the value', () => {
    expect(unwrap({ ok: true, value: 7, status: 200, headers: { get: () => null } })).toBe(7);
  });
});
