import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createOutbound, type Outbound, type OutboundRequest } from '../../../server/adapters/outbound/outbound.ts';
import { outboundFetch } from '../../../server/adapters/outbound/outbound-fetch.ts';

const LIMITS: OutboundRequest = { timeoutMs: 2000, maxBytes: 1000, maxRedirects: 3 };

describe('createOutbound', () => {
  it('refuses loopback, by address and by name, without ever connecting', () =>
    withServer(ok, async (origin, seen) => {
      const outbound = createOutbound({ allow: [] });
      const { port } = new URL(origin);
      for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '127.1', '2130706433', '0x7f.1']) {
        expect(await outbound.fetch(`http://${host}:${port}/`, LIMITS), host).toMatchObject({ ok: false, reason: 'address_refused' });
      }
      expect(seen).toEqual([]);
    }));

  it('refuses a redirect to the metadata service and to an address that is not listed', () =>
    withServer(
      (request, response) => redirect(response, request.url === '/a' ? 'http://169.254.169.254/latest/meta-data' : 'http://127.0.0.2/'),
      async (origin) => {
        const outbound = createOutbound({ allow: ['127.0.0.1/32'] });
        expect(await outbound.fetch(`${origin}/a`, LIMITS)).toMatchObject({ ok: false, reason: 'address_refused' });
        expect(await outbound.fetch(`${origin}/b`, LIMITS)).toMatchObject({ ok: false, reason: 'address_refused' });
      },
    ));

  it('follows redirects to listed addresses, and says where the answer came from', () =>
    withAllowed(
      (request, response) => (request.url === '/end' ? ok(request, response) : redirect(response, '/end')),
      async (outbound, origin) => {
        const result = await outbound.fetch(`${origin}/start`, LIMITS);
        expect(result).toMatchObject({ ok: true, answer: { status: 200, url: `${origin}/end` } });
      },
    ));

  it('gives an endless chain of redirects up', () =>
    withAllowed(
      (request, response) => redirect(response, `${request.url ?? ''}x`),
      async (outbound, origin, seen) => {
        expect(await outbound.fetch(`${origin}/`, LIMITS)).toMatchObject({ ok: false, reason: 'too_many_redirects' });
        expect(seen).toHaveLength(4);
      },
    ));

  it('shows credentials to no other origin', () =>
    withAllowed(ok, async (outbound, second, seen) =>
      withServer(
        (_, response) => redirect(response, `${second}/stolen`),
        async (first) => {
          await outbound.fetch(first, { ...LIMITS, headers: { authorization: 'Basic secret', cookie: 'a=b', accept: 'text/calendar' } });
          expect(seen[0]?.headers).toMatchObject({ accept: 'text/calendar' });
          expect(JSON.stringify(seen[0]?.headers)).not.toMatch(/secret|a=b/);
        },
      ),
    ));

  it('stops reading at the limit, also where a small answer unpacks to a large one', () =>
    withAllowed(
      (request, response) => {
        const large = Buffer.alloc(100_000);
        if (request.url === '/packed') response.setHeader('content-encoding', 'gzip');
        response.end(request.url === '/packed' ? gzipSync(large) : large);
      },
      async (outbound, origin) => {
        expect(await outbound.fetch(`${origin}/`, LIMITS)).toMatchObject({ ok: false, reason: 'too_large' });
        expect(await outbound.fetch(`${origin}/packed`, LIMITS)).toMatchObject({ ok: false, reason: 'too_large' });
      },
    ));

  it('waits no longer than it was told for an answer that trickles, and gives up when asked to', () =>
    withAllowed(
      (_, response) => void response.write('a little'),
      async (outbound, origin) => {
        expect(await outbound.fetch(origin, { ...LIMITS, timeoutMs: 50 })).toMatchObject({ ok: false, reason: 'timeout' });
        const signal = AbortSignal.abort();
        expect(await outbound.fetch(origin, { ...LIMITS, signal })).toMatchObject({ ok: false, reason: 'aborted' });
      },
    ));

  it.each(['ftp://example.com/a', 'file:///etc/passwd', 'nonsense', 'javascript:1'])('asks no %s', async (url) => {
    expect(await createOutbound({ allow: [] }).fetch(url, LIMITS)).toMatchObject({ ok: false, reason: 'invalid_url' });
  });

  it('says so when a name does not exist or nobody listens', async () => {
    const outbound = createOutbound({ allow: ['127.0.0.1'] });
    expect(await outbound.fetch('http://no-such-name.invalid/', LIMITS)).toMatchObject({ ok: false, reason: 'name_unknown' });
    expect(await outbound.fetch('http://127.0.0.1:1/', LIMITS)).toMatchObject({ ok: false, reason: 'connection_failed' });
  });

  it('is a fetch for libraries, with what was sent and answered intact', () =>
    withAllowed(
      (request, response) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync(`${request.method ?? ''} answered`));
      },
      async (outbound, origin, seen) => {
        const fetch = outboundFetch(outbound, LIMITS);
        const response = await fetch(origin, { method: 'PROPFIND', body: '<a/>', headers: { depth: '1' } });
        expect(await response.text()).toBe('PROPFIND answered');
        expect(seen[0]).toMatchObject({ method: 'PROPFIND', headers: { depth: '1', 'content-length': '4' } });
        await expect(fetch('http://10.0.0.1/')).rejects.toMatchObject({ reason: 'address_refused' });
      },
    ));
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function ok(_: IncomingMessage, response: ServerResponse): void {
  response.end('fine');
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

async function withServer(handler: Handler, use: (origin: string, seen: IncomingMessage[]) => Promise<void>): Promise<void> {
  const seen: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request);
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function withAllowed(
  handler: Handler,
  use: (outbound: Outbound, origin: string, seen: IncomingMessage[]) => Promise<void>,
): Promise<void> {
  const outbound = createOutbound({ allow: ['127.0.0.1'] });
  await withServer(handler, (origin, seen) => use(outbound, origin, seen));
  outbound.close();
}
