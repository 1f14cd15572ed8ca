import type { Bench } from './run.ts';
import { type BenchApp, withBenchApp } from './parts/bench-app.ts';
import { type LoadResult, measureLoad } from './parts/http-load.ts';
import { median, ratioOf, short, showMicros, showRatio } from './parts/measure.ts';

/** Until both sides run compiled code: ours is a hundred times the floor's. */
const WARM_UP_ROUNDS = 12;
const ROUNDS = 11;
const BOOKINGS = 400;
const LONE_BOOKINGS = 200;
/** Of a marketplace few bookings of one moment are of one host. */
const HOSTS = 16;
const RACERS = 32;
/** Many, so that a disk that stalls once does not decide what the slowest of a hundred waits. */
const RACES = 200;
/** The first race opens the connections, and refusing takes code that nothing has run before. */
const WARM_UP_RACES = 12;
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
  const schedule = { timeZone: 'UTC', weeklyHours: [{ days, start: '00:00', end: '24:00' }] };
  const rules = { title: 'Intro', durationsMinutes: [30], bookingWindow: { type: 'unlimited' }, minimumNoticeMinutes: 0, maxPerDay: 48 };
  const eventTypes: string[] = [];
  for (let i = 0; i < HOSTS; i += 1) {
    const host = await call('/v1/hosts', tenant.secretKey, { name: `Host ${i}`, timeZone: 'UTC', schedule });
    eventTypes.push((await call('/v1/event-types', tenant.secretKey, { ...rules, hostId: host.id })).id);
  }

  const nextOf = eventTypes.map(() => Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 48 * HOUR_MS);
  /** Every host has two meetings a day, so a dozen lie in the range a booking looks at. */
  const fresh = (host = 0) => new Date((nextOf[host] = (nextOf[host] ?? 0) + 12 * HOUR_MS)).toISOString();
  const body = (start: string, i: number, host = 0) =>
    JSON.stringify({ eventTypeId: eventTypes[host], start, invitee: { name: 'Vi Visitor', email: `vi${i}@visitor.example` } });
  const headers = { authorization: `Bearer ${tenant.publishableKey}`, 'content-type': 'application/json' };
  const send: Send = async (path, bodies, connections, inRaces = false) =>
    measureLoad({ base, paths: bodies.map(() => path), bodies, headers, method: 'POST', connections, inRaces });

  const bookAtOnce = async (hosts: number) => {
    const bodies = Array.from({ length: BOOKINGS }, (_, i) => body(fresh(i % hosts), i, i % hosts));
    const { statuses, cpuMicros } = await send('/v1/bookings', bodies, 8);
    if (statuses['201'] !== BOOKINGS) throw new Error(`booking: ${JSON.stringify(statuses)}`);
    return cpuMicros;
  };
  const rounds: { readonly spread: number; readonly queued: number; readonly floor: number }[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const spread = await bookAtOnce(HOSTS);
    const queued = await bookAtOnce(1);
    const rows = Array.from({ length: BOOKINGS }, () => fresh()).map((start, i) =>
      JSON.stringify({ start, end: new Date(Date.parse(start) + HOUR_MS / 2).toISOString(), id: `${round}-${i}` }),
    );
    const inserted = await send('/floor/insert', rows, 8);
    if (inserted.statuses['201'] !== BOOKINGS) throw new Error(`floor: ${JSON.stringify(inserted.statuses)}`);
    if (round < WARM_UP_ROUNDS) continue;
    rounds.push({ spread, queued, floor: inserted.cpuMicros });
  }
  const apart = ratioOf(rounds.map(({ spread, floor }) => ({ ours: spread, floor })));
  const inTurn = ratioOf(rounds.map(({ queued, floor }) => ({ ours: queued, floor })));
  return [
    `booked with lock, limits, history, event and job / one bare insert, ${HOSTS} hosts: ${showRatio(apart)}, reach <= 4x; ${showMicros(apart)}`,
    `the same, all of one host, who are let in one after the other while inserts run at once: ${showRatio(inTurn)}; ${showMicros(inTurn)}`,
    await raceForOneSlot(send, { body, fresh }),
  ];
}

type Send = (path: string, bodies: string[], connections: number, inRaces?: boolean) => Promise<LoadResult>;

/** Lone bookings and races come from a process of their own. */
async function raceForOneSlot(
  send: Send,
  { body, fresh }: { readonly body: (start: string, i: number) => string; readonly fresh: () => string },
): Promise<string> {
  const lone = await send(
    '/v1/bookings',
    Array.from({ length: LONE_BOOKINGS }, (_, i) => body(fresh(), i)),
    1,
  );
  const bodies = Array.from({ length: WARM_UP_RACES + RACES }, () => fresh()).flatMap((start) =>
    Array.from({ length: RACERS }, (_, i) => body(start, i)),
  );
  const { statuses, millis } = await send('/v1/bookings', bodies, RACERS, true);
  const { 201: made = 0, 409: refused = 0 } = statuses;
  const alone = median(lone.millis);
  const raced = millis.slice(WARM_UP_RACES * RACERS).sort((a, b) => a - b);
  const p99 = raced[Math.floor(raced.length * 0.99)] ?? 0;
  return `${RACERS} callers race for one slot, ${WARM_UP_RACES + RACES} times: ${made} x 201, ${refused} x 409, ${bodies.length - made - refused} others; median ${short(median(raced) / alone)}x, p99 ${short(p99 / alone)}x a lone booking (${short(alone)} ms), reach <= 10x`;
}
