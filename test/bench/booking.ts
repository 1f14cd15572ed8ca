import type { Bench } from './run.ts';
import { type BenchApp, withBenchApp } from './parts/bench-app.ts';
import { type LoadResult, measureLoad } from './parts/http-load.ts';
import { median, short } from './parts/measure.ts';

const ROUNDS = 5;
const BOOKINGS = 150;
const RACERS = 32;
const HOUR_MS = 3_600_000;

/** A booking over HTTP with everything it writes, beside a bare route that inserts one row; and many callers racing for one slot. */
const bench: Bench = {
  name: 'booking: server CPU a request, and a race for one slot',
  run: () =>
    withBenchApp((app, pool) => {
      app.post('/floor/insert', async (request, reply) => {
        const { start, end, id } = request.body as { start: string; end: string; id: string };
        const { rowCount } = await pool.query({
          name: 'floor-insert',
          text: `INSERT INTO floor_claims (host_id, owner_id, blocked) VALUES ('h', $1, tstzrange($2, $3)) ON CONFLICT DO NOTHING`,
          values: [id, start, end],
        });
        return reply.code(rowCount === 1 ? 201 : 409).send({ id });
      });
    }, measure),
};
export default bench;

async function measure({ app, base, pool, adminKey }: BenchApp): Promise<string[]> {
  await pool.query(
    `CREATE TABLE floor_claims (host_id text, owner_id text, blocked tstzrange, EXCLUDE USING gist (host_id WITH =, owner_id WITH <>, blocked WITH &&))`,
  );
  const call = async (url: string, key: string, payload: object) => {
    const response = await app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${key}` }, payload });
    if (response.statusCode >= 300) throw new Error(response.body);
    return response.json();
  };
  const tenant = await call('/v1/tenants', adminKey, { name: 'Bench' });
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const host = await call('/v1/hosts', tenant.secretKey, {
    name: 'Host',
    timeZone: 'UTC',
    schedule: { timeZone: 'UTC', weeklyHours: [{ days, start: '00:00', end: '24:00' }] },
  });
  const rules = {
    hostId: host.id,
    title: 'Intro',
    durationsMinutes: [30],
    bookingWindow: { type: 'unlimited' },
    minimumNoticeMinutes: 0,
    maxPerDay: 48,
  };
  const eventType = await call('/v1/event-types', tenant.secretKey, rules);

  let next = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 48 * HOUR_MS;
  /** Two meetings a day: some 130 lie in the range a booking looks at. */
  const fresh = () => new Date((next += 12 * HOUR_MS)).toISOString();
  const body = (start: string, i: number) =>
    JSON.stringify({ eventTypeId: eventType.id, start, invitee: { name: 'Vi Visitor', email: `vi${i}@visitor.example` } });
  const headers = { authorization: `Bearer ${tenant.publishableKey}`, 'content-type': 'application/json' };
  const send = async (path: string, bodies: string[], connections: number): Promise<LoadResult> =>
    measureLoad({ base, paths: bodies.map(() => path), bodies, headers, method: 'POST', connections });

  const ratios: number[] = [];
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const booked = await send(
      '/v1/bookings',
      Array.from({ length: BOOKINGS }, (_, i) => body(fresh(), i)),
      8,
    );
    if (booked.statuses['201'] !== BOOKINGS) throw new Error(`booking: ${JSON.stringify(booked.statuses)}`);
    const rows = Array.from({ length: BOOKINGS }, () => fresh()).map((start, i) =>
      JSON.stringify({ start, end: new Date(Date.parse(start) + HOUR_MS / 2).toISOString(), id: `${round}-${i}` }),
    );
    const inserted = await send('/floor/insert', rows, 8);
    if (inserted.statuses['201'] !== BOOKINGS) throw new Error(`floor: ${JSON.stringify(inserted.statuses)}`);
    // The first round warms up.
    if (round === 0) continue;
    ours.push(booked.cpuMicros);
    floor.push(inserted.cpuMicros);
    ratios.push(booked.cpuMicros / inserted.cpuMicros);
  }
  ratios.sort((a, b) => a - b);
  const cost = `booked with lock, limits, history, event and job / one bare insert: ${short(median(ratios))}x (${short(ratios[0] ?? 0)}-${short(ratios.at(-1) ?? 0)}), reach <= 4x; ${short(median(ours))} against ${short(median(floor))} µs`;
  return [cost, await raceForOneSlot(base, headers, { body, fresh })];
}

async function raceForOneSlot(
  base: string,
  headers: Readonly<Record<string, string>>,
  { body, fresh }: { body: (start: string, i: number) => string; fresh: () => string },
): Promise<string> {
  const book = async (start: string, i: number) => {
    const startedAt = performance.now();
    const response = await fetch(`${base}/v1/bookings`, { method: 'POST', headers, body: body(start, i) });
    await response.text();
    return { status: response.status, ms: performance.now() - startedAt };
  };
  const alone: number[] = [];
  for (let i = 0; i < 20; i += 1) alone.push((await book(fresh(), i)).ms);
  const raced: { status: number; ms: number }[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = fresh();
    raced.push(...(await Promise.all(Array.from({ length: RACERS }, (_, i) => book(start, i)))));
  }
  const count = (status: number) => raced.filter((one) => one.status === status).length;
  const p99 = raced.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(raced.length * 0.99)] ?? 0;
  return `${RACERS} callers race for one slot, 5 times: ${count(201)} x 201, ${count(409)} x 409, ${raced.length - count(201) - count(409)} others; p99 ${short(p99 / median(alone))}x a lone booking (${short(median(alone))} ms), reach <= 10x`;
}
