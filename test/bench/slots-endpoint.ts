import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from './run.ts';
import { type BenchApp, withBenchApp } from './parts/bench-app.ts';
import { measureLoad } from './parts/http-load.ts';
import { ratioOf, showMicros, showRatio } from './parts/measure.ts';

/** Until both sides run compiled code. */
const WARM_UP_ROUNDS = 12;
const ROUNDS = 11;
const REQUESTS = 400;
const DAY_MS = 86_400_000;
const MEETINGS = 100;

/** The slots endpoint over HTTP: 60 days, 100 meetings, beside one prepared indexed query and beside a ready string on the same server. */
const bench: Bench = {
  name: 'slots endpoint: server CPU a request',
  run: () =>
    withBenchApp(
      (app, pool) => {
        app.get<{ Params: { id: string } }>('/floor/query/:id', async (request, reply) => {
          const { rows } = await pool.query<{ settings: object }>({
            name: 'floor',
            text: 'SELECT settings FROM event_types WHERE tenant_id = $1 AND event_type_id = $2',
            values: [request.headers['x-tenant'], request.params.id],
          });
          return reply.type('application/json').send(rows[0]);
        });
        app.get('/floor/string', async (_request, reply) =>
          reply.type('application/json; charset=utf-8').header('etag', '"x"').send(ready),
        );
      },
      async (given) => measure(given),
    ),
};
export default bench;

let ready = '';

async function measure({ app, base, deps, db, adminKey }: BenchApp): Promise<string[]> {
  const call = async (method: 'GET' | 'POST', url: string, key: string, payload?: object) => {
    const response = await app.inject({ method, url, headers: { authorization: `Bearer ${key}` }, ...(payload && { payload }) });
    if (response.statusCode >= 300) throw new Error(response.body);
    return response.json();
  };
  const tenant = await call('POST', '/v1/tenants', adminKey, { name: 'Bench' });
  const host = await call('POST', '/v1/hosts', tenant.secretKey, { name: 'Host', timeZone: 'America/New_York' });
  const eventType = await call('POST', '/v1/event-types', tenant.secretKey, {
    hostId: host.id,
    title: 'Intro',
    durationsMinutes: [30],
    bookingWindow: { type: 'unlimited' },
  });
  const from = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
  await db
    .insertInto('claims')
    .values(
      Array.from({ length: MEETINGS }, (_, i) => {
        const startMs = from + Math.floor(i * 0.6) * DAY_MS + (14 + (i % 7)) * 3_600_000;
        const [start, end] = [new Date(startMs), new Date(startMs + 1_800_000)];
        return {
          tenant_id: tenant.id,
          host_id: host.id,
          owner_id: `bkg_${i}`,
          kind: 'booking' as const,
          event_type_id: eventType.id,
          starts_at: start,
          ends_at: end,
          blocked: `[${start.toISOString()},${end.toISOString()})`,
          expires_at: null,
        };
      }),
    )
    .execute();
  const to = new Date(from + 60 * DAY_MS).toISOString();
  const slots = (millisecond: number) =>
    `/v1/event-types/${eventType.id}/slots?from=${new Date(from + millisecond).toISOString()}&to=${to}&timeZone=Asia/Kolkata&key=${tenant.publishableKey}`;
  ready = (await app.inject({ url: slots(0) })).body;
  await wait(200);

  const rounds: { fresh: number; query: number; kept: number; string: number }[] = [];
  const headers = { 'x-tenant': tenant.id };
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    deps.cache.drop(tenant.id);
    const cpu = async (paths: string[]) => {
      const { cpuMicros, statuses } = await measureLoad({ base, paths, headers });
      if (statuses['200'] !== paths.length) throw new Error(`answers: ${JSON.stringify(statuses)}`);
      return cpuMicros;
    };
    const repeat = (path: string) => Array.from({ length: REQUESTS }, () => path);
    const fresh = await cpu(Array.from({ length: REQUESTS }, (_, i) => slots(i + 1)));
    const query = await cpu(repeat(`/floor/query/${eventType.id}`));
    const kept = await cpu(repeat(slots(0)));
    const string = await cpu(repeat('/floor/string'));
    if (round >= WARM_UP_ROUNDS) rounds.push({ fresh, query, kept, string });
  }
  const row = (name: string, reach: string, ours: 'fresh' | 'kept', floor: 'query' | 'string') => {
    const ratio = ratioOf(rounds.map((round) => ({ ours: round[ours], floor: round[floor] })));
    return `${name}: ${showRatio(ratio)}, reach ${reach}; ${showMicros(ratio)}`;
  };
  const count = (ready.match(/"start"/g) ?? []).length;
  return [
    row(`60 days, ${MEETINGS} meetings, ${count} slots, read afresh / one prepared indexed query`, '<= 3.5x', 'fresh', 'query'),
    row('unchanged answer asked again / a ready string of the same size', '<= 1.5x', 'kept', 'string'),
  ];
}
