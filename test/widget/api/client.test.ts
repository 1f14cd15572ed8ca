import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../widget/api/caller.ts';
import { type Client, createClient } from '../../../widget/api/client.ts';

describe('the client', () => {
  it.each([
    ['an HTML 502 of a proxy', 502, 'text/html', '<h1>Bad gateway</h1>', 'unreachable'],
    ['broken JSON', 200, 'application/json', '{"days":', 'unreachable'],
    ['an empty 500', 500, 'text/plain', '', 'unreachable'],
    ['JSON of something else', 500, 'application/json', '{"message":"no"}', 'unreachable'],
    ['a problem', 409, 'application/problem+json', '{"code":"slot_unavailable","alternatives":[]}', 'slot_unavailable'],
  ])('turns %s into a result and never throws', async (_, status, type, body, code) => {
    await withAnswer(
      (_request, answer) => answer.writeHead(status, { 'Content-Type': type }).end(body),
      async (client) => expect(await client.managedBooking()).toMatchObject({ ok: false, code }),
    );
  });

  it('turns a refused connection into a result', async () => {
    const client = createClient({ base: () => 'http://127.0.0.1:9', credentials: () => ({}) });
    expect(await client.managedBooking()).toMatchObject({ ok: false, code: 'unreachable' });
  });

  it('gives up on an answer that does not come', async () => {
    await withAnswer(
      () => {},
      async (client) => expect(await client.managedBooking()).toEqual({ ok: false, code: 'slow' }),
      { timeoutMs: 50 },
    );
  });

  it('reads with the key in the address, because that needs no preflight, and writes with it in a header', async () => {
    const seen: string[] = [];
    await withAnswer(
      (request, answer) => {
        seen.push(
          `${request.method} ${request.url} ${request.headers.authorization ?? '-'} ${String(request.headers['x-room-token'] ?? '-')}`,
        );
        answer.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
      },
      async (client) => {
        await client.slots({ eventTypeId: 'evt_1', from: '2026-08-03', to: '2026-08-31', timeZone: 'Asia/Kolkata', holdId: null });
        await client.acknowledge({ noticeVersionId: 'ntv_1' });
      },
      { credentials: { publishableKey: 'pk_1', roomToken: 'jwt' } },
    );
    expect(seen).toEqual([
      'GET /v1/event-types/evt_1/slots?from=2026-08-03&to=2026-08-31&timeZone=Asia%2FKolkata&key=pk_1 - jwt',
      'POST /v1/acknowledgements Bearer pk_1 jwt',
    ]);
  });

  it('sends a manage token alone', async () => {
    let header = '';
    await withAnswer(
      (request, answer) => {
        header = request.headers.authorization ?? '';
        answer.writeHead(204).end();
      },
      async (client) => expect(await client.release('hold_1')).toEqual({ ok: true, value: null }),
      { credentials: { publishableKey: 'pk_1', roomToken: 'jwt', manageToken: 'mt_1' } },
    );
    expect(header).toBe('Bearer mt_1');
  });
});

async function withAnswer(
  listener: RequestListener,
  use: (client: Client) => Promise<unknown>,
  { credentials = {}, timeoutMs = 5000 }: { credentials?: Credentials; timeoutMs?: number } = {},
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const { port } = server.address() as AddressInfo;
    await use(createClient({ base: () => `http://127.0.0.1:${port}`, credentials: () => credentials, timeoutMs }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
