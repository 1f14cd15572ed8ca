import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sealCredentials } from '../../server/flows/call-connection.ts';
import { pollCalendars } from '../../server/flows/poll-calendars.ts';
import { createOutbound } from '../../server/adapters/outbound/outbound.ts';
import { DEFAULT_TREAT_AS_BUSY } from '../../server/domain/calendars/treat-as-busy.ts';
import { calendarsOf } from '../../server/wiring.ts';
import type { Deps } from '../../server/flows/deps.ts';
import { type BenchApp, withBenchApp } from './parts/bench-app.ts';
import type { Bench } from './run.ts';

const HOSTS = 500;
const EACH = 4;
const EVENTS = 40;
/** Feeds are read every quarter of an hour; the shortest interval of any provider is five minutes. */
const INTERVAL_SECONDS = 300;

const bench: Bench = {
  name: `Polling: ${HOSTS} hosts with ${EACH} connections each, ${EVENTS} events a feed, over HTTP on this machine`,
  run: async () => {
    const lines: string[] = [];
    const feed = await startFeed();
    try {
      await withBenchApp(
        () => {},
        async (bench) => {
          const clock = movableClock(Date.now());
          const calendars = calendarsOf(bench.db, {}, createOutbound({ allow: ['127.0.0.0/8'] }), clock);
          const deps: Deps = { ...bench.deps, clock, calendars };
          await connectAll(bench, deps, feed.url);
          const floor = await seconds(() => fetchAll(feed.url));
          const first = await seconds(() => pollAll(deps));
          feed.next();
          clock.advanceMinutes(16);
          const unchanged = await seconds(() => pollAll(deps));
          for (const [name, took] of [
            ['first round, everything is new', first],
            ['later round, the same times again', unchanged],
          ] as const) {
            const share = ((took / INTERVAL_SECONDS) * 100).toFixed(1);
            lines.push(
              `${name}: ${took.toFixed(1)} s, ${share} % of ${INTERVAL_SECONDS} s, ${(took / floor).toFixed(1)}x of fetching alone (${floor.toFixed(1)} s)`,
            );
          }
          const left = await bench.db.selectFrom('connections').select('status').where('status', '<>', 'ok').execute();
          if (left.length > 0) throw new Error(`polling: ${left.length} connections could not be read`);
        },
      );
    } finally {
      feed.stop();
    }
    return lines;
  },
};
export default bench;

async function connectAll({ app, adminKey, db }: BenchApp, deps: Deps, url: string): Promise<void> {
  const call = async (path: string, key: string, payload: object) => {
    const response = await app.inject({ method: 'POST', url: path, headers: { authorization: `Bearer ${key}` }, payload });
    if (response.statusCode >= 300) throw new Error(response.body);
    return response.json();
  };
  const tenant = await call('/v1/tenants', adminKey, { name: 'Bench' });
  const made = await call('/v1/hosts', tenant.secretKey, { name: 'Host', timeZone: 'Europe/Berlin' });
  const world = { tenantId: tenant.id as string };
  const now = new Date(deps.clock.nowMs());
  const host = await db.selectFrom('hosts').selectAll().where('host_id', '=', made.id).executeTakeFirstOrThrow();
  for (let h = 0; h < HOSTS; h += 1) {
    const hostId = `host_bench${h}`;
    await db
      .insertInto('hosts')
      .values({ ...host, host_id: hostId })
      .execute();
    const ids = Array.from({ length: EACH }, (_, i) => `con_bench${h}x${i}`);
    const common = { tenant_id: world.tenantId };
    await db
      .insertInto('connections')
      .values(
        ids.map((connection_id) => ({
          ...common,
          connection_id,
          host_id: hostId,
          provider: 'ics' as const,
          account: 'feed',
          credentials: sealCredentials(deps, world.tenantId, connection_id, { kind: 'feed', url: `${url}/${connection_id}.ics` }),
          access: 'busy' as const,
          write_calendar_id: null,
          treat_as_busy: JSON.stringify(DEFAULT_TREAT_AS_BUSY) as never,
          next_at: now,
          created_at: now,
          updated_at: now,
        })),
      )
      .execute();
    const calendar = { calendar_id: 'feed', name: 'feed', is_primary: true, writable: false, blocks: true };
    await db
      .insertInto('connection_calendars')
      .values(ids.map((connection_id) => ({ ...common, connection_id, ...calendar })))
      .execute();
  }
}

async function pollAll(deps: Deps): Promise<void> {
  while ((await pollCalendars(deps, 200, (error) => console.error(error))) > 0);
}

async function fetchAll(url: string): Promise<void> {
  let next = 0;
  const work = async () => {
    for (; next < HOSTS * EACH; next += 1) await (await fetch(`${url}/floor.ics`)).text();
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

function movableClock(startMs: number) {
  let nowMs = startMs;
  return { nowMs: () => nowMs, advanceMinutes: (minutes: number) => void (nowMs += minutes * 60_000) };
}

async function seconds(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return (performance.now() - began) / 1000;
}

async function startFeed() {
  let stamp = 1;
  const text = () => {
    const events = Array.from({ length: EVENTS }, (_, i) => {
      const day = new Date(Date.now() + i * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
      return `BEGIN:VEVENT\r\nUID:e${i}\r\nDTSTAMP:2026110${stamp}T000000Z\r\nDTSTART:${day}T150000Z\r\nDTEND:${day}T153000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n`;
    });
    return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//b//b//EN\r\n${events.join('')}END:VCALENDAR\r\n`;
  };
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/calendar' }).end(text()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => void (stamp += 1),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
