import { createConnection, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { withDatabase } from '../helpers/database.ts';
import type { TestAddress } from '../helpers/global-setup.ts';
import { ask, callOver, onDatabase, startRefused, withServers } from '../helpers/servers.ts';
import { ALWAYS_FREE, makeWorld } from '../helpers/world.ts';

describe('a database that goes away under a running server', () => {
  test('is answered with 503 `unavailable`, writes nothing, and everything works again when it is back', async () => {
    await withDatabase(async (database) => {
      const gate = await openGate(database.address);
      await withServers([{ env: onDatabase(gate.urlOf(database.address)) }], async ([server]) => {
        const url = server?.url ?? '';
        const world = await makeWorld({ call: callOver(url) }, ALWAYS_FREE);
        const start = new Date(Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000).toISOString();
        const booking = {
          method: 'POST',
          key: world.secretKey,
          body: { eventTypeId: world.eventTypeId, start, invitee: { name: 'A', email: 'a@a.example' } },
        };
        const requests = () =>
          Promise.all([
            ask(`${url}/readyz`),
            ask(`${url}/v1/hosts`, { key: world.secretKey }),
            ask(`${url}/v1/tenants`),
            ask(`${url}/v1/bookings`, booking),
            ask(`${url}/healthz`),
          ]);

        await gate.close();
        for (let i = 0; i < 3; i++) {
          const away = await requests();
          expect(away.map(({ status }) => status)).toEqual([503, 503, 503, 503, 200]);
          for (const { body } of away.slice(0, 4)) expect(body).toMatchObject({ code: 'unavailable', status: 503 });
        }
        expect(await countBookings(database)).toBe(0);

        await gate.open();
        await expect.poll(async () => (await ask(`${url}/readyz`)).status, { timeout: 5000, interval: 20 }).toBe(200);
        expect((await requests()).map(({ status }) => status)).toEqual([200, 200, 200, 201, 200]);
        expect(await countBookings(database)).toBe(1);
        expect(server?.printed()).not.toContain('    at ');
      });
      await gate.close();
    });
  });

  test('a server that starts while it is away ends with a sentence, not with a trace', async () => {
    const gate = await openGate({ host: '127.0.0.1', port: 1, user: 'parley', database: 'parley' });
    const env = onDatabase(gate.urlOf({ host: '127.0.0.1', port: 1, user: 'parley', database: 'parley' }));
    await gate.close();
    await expect(withServers([{ env }], async () => {})).rejects.toThrow(/Parley cannot start: the database cannot be reached/);
  });
});

test('a database that is not there is named in a sentence', async () => {
  await withDatabase(async ({ url, address }) => {
    const env = onDatabase(url.replace(address.database, 'no_such_database'));
    const { code, printed } = await startRefused({ env });
    expect(code).toBe(1);
    expect(printed).toContain('Parley cannot start: the database does not let us in: database "no_such_database" does not exist');
    expect(printed).not.toContain('    at ');
  });
});

async function countBookings({ db }: { db: Parameters<Parameters<typeof withDatabase>[0]>[0]['db'] }): Promise<number> {
  const { count } = await db
    .selectFrom('bookings')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A door before the database that can be shut: what is connected is cut off, what knocks is refused. */
async function openGate(behind: TestAddress) {
  const sockets = new Set<Socket>();
  const gate = createServer((socket) => {
    const inner = behind.host.startsWith('/')
      ? createConnection(`${behind.host}/.s.PGSQL.${behind.port}`)
      : createConnection(behind.port, behind.host);
    for (const one of [socket, inner]) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        socket.destroy();
        inner.destroy();
      });
    }
    socket.pipe(inner).pipe(socket);
  });
  const listen = (port: number) => new Promise<void>((done) => gate.listen(port, '127.0.0.1', done));
  await listen(0);
  const address = gate.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    urlOf: ({ user, password, database }: TestAddress) => `postgresql://${user}:${password ?? 'none'}@127.0.0.1:${port}/${database}`,
    open: () => listen(port),
    close: async () => {
      if (!gate.listening) return;
      const closed = new Promise((done) => gate.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
