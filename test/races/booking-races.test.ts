import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '../helpers/database.ts';
import { onDatabase, type ServerProcess, withServers } from '../helpers/servers.ts';
import { makeWorld, signRoomToken, type World, type WorldOptions } from '../helpers/world.ts';
import { findBroken, soundness } from './invariants.ts';

interface Answer {
  readonly status: number;
  readonly replayed: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

interface Ask {
  readonly method?: string;
  readonly key: string;
  readonly roomToken?: string;
  readonly idempotencyKey?: string;
  readonly body?: unknown;
}

let database: TestDatabase;
let servers: readonly ServerProcess[] = [];
let release = () => {};
let finished: Promise<void> = Promise.resolve();
let turn = 0;

/** Two processes that answer, one that works, one database: all tests of this file share them and have a tenant each. */
describe('two servers and one worker on one database', () => {
  beforeAll(
    () =>
      new Promise<void>((ready, failed) => {
        finished = withDatabase((given) => {
          const env = onDatabase(given.url);
          const roles = ['http', 'http', 'worker'].map((role) => ({ env: { ...env, PROCESS_ROLE: role } }));
          return withServers(roles, async (started) => {
            database = given;
            servers = started.filter(({ url }) => url !== '');
            ready();
            await new Promise<void>((done) => (release = done));
          });
        });
        finished.catch(failed);
      }),
  );
  afterAll(async () => {
    release();
    await finished;
  });

  test('of 25 holds and 25 bookings of one slot exactly one gets it', async () => {
    const world = await newWorld();
    const start = hourOf(10);
    const answers = await race('25 holds against 25 bookings', 50, async (i) =>
      i % 2 === 0
        ? ask('/v1/holds', {
            key: world.publishableKey,
            roomToken: await client(world, i),
            body: { eventTypeId: world.eventTypeId, start },
          })
        : ask('/v1/bookings', { key: world.publishableKey, body: booking(world, start, i) }),
    );
    expect(codes(answers)).toEqual({ '201': 1, '409 slot_unavailable': 49 });
    await expectSound();
  });

  test('of two people who hold neighbouring slots each books the own one, whoever else asks for it', async () => {
    const world = await newWorld();
    const starts = [hourOf(10), hourOf(10.5)];
    const holds = await Promise.all(
      starts.map(async (start, i) =>
        ask('/v1/holds', { key: world.publishableKey, roomToken: await client(world, i), body: { eventTypeId: world.eventTypeId, start } }),
      ),
    );
    const answers = await race('2 holders against 48 without', 50, async (i) => {
      const body = { eventTypeId: world.eventTypeId, start: starts[i % 2], holdId: holds[i % 2]?.body.id };
      return ask('/v1/bookings', { key: world.publishableKey, roomToken: await client(world, i), body });
    });
    expect(codes(answers)).toEqual({ '201': 2, '409 slot_unavailable': 48 });
    expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([201, 201]);
    await expectSound();
  });

  test('of requests that overlap none stand side by side, and each is confirmed once however often the host says yes', async () => {
    const world = await newWorld({ eventType: { confirmation: 'request', slotIntervalMinutes: 15, bufferAfterMinutes: 15 } });
    const asked = await race('60 overlapping requests', 60, (i) =>
      ask('/v1/bookings', { key: world.publishableKey, body: booking(world, hourOf(9 + (i % 20) / 4), i) }),
    );
    expect(Object.keys(codes(asked)).toSorted()).toEqual(['201', '409 slot_unavailable']);
    const ids = asked.filter(({ status }) => status === 201).map(({ body }) => body.id as string);
    const decided = await race('confirm against confirm', ids.length * 6, (i) =>
      ask(`/v1/bookings/${ids[i % ids.length]}/confirm`, { key: world.secretKey, body: {} }),
    );
    expect(codes(decided)).toEqual({ '200': ids.length, '409 invalid_state': ids.length * 5 });
    await expectSound();
  });

  test('confirm against decline against cancel: one of them decides, the others are told what stands', async () => {
    const world = await newWorld({ eventType: { confirmation: 'request' } });
    const ids = await Promise.all(
      Array.from(
        { length: 8 },
        async (_, i) => (await ask('/v1/bookings', { key: world.secretKey, body: booking(world, hourOf(9 + i), i) })).body.id as string,
      ),
    );
    const answers = await race('confirm, decline, cancel', 24, (i) =>
      ask(`/v1/bookings/${ids[i % 8]}/${['confirm', 'decline', 'cancel'][Math.floor(i / 8)]}`, { key: world.secretKey, body: {} }),
    );
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    ids.forEach((_id, i) => expect([answers[i], answers[i + 8]].filter((one) => one?.status === 200).length).toBeLessThan(2));
    await expectSound();
  });

  test('meetings that swap their times never overlap, lose their time or lock each other up', async () => {
    const world = await newWorld();
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, i) => ask('/v1/bookings', { key: world.secretKey, body: booking(world, hourOf(9 + i), i) })),
    );
    const ids = made.map(({ body }) => body.id as string);
    const answers = await race('reschedule swaps', 120, (i) =>
      ask(`/v1/bookings/${ids[i % 6]}/reschedule`, {
        key: world.secretKey,
        body: { start: hourOf(9 + ((i * 7 + Math.floor(i / 6)) % 8)) },
      }),
    );
    expect(Object.keys(codes(answers)).toSorted()).toEqual(['200', '409 slot_unavailable']);
    await expectSound();
  });

  test('limits hold exactly when 50 requests arrive at once: a day, a week, a month, minutes, and the host’s own', async () => {
    const limits: [string, WorldOptions, number][] = [
      ['maxPerDay 3', { eventType: { maxPerDay: 3 } }, 3],
      ['maxPerWeek 4', { eventType: { maxPerWeek: 4 } }, 4],
      ['maxPerMonth 5', { eventType: { maxPerMonth: 5 } }, 5],
      ['maxMinutesPerDay 100', { eventType: { maxMinutesPerDay: 100 } }, 3],
      ['host maxMeetingsPerDay 2', { host: { maxMeetingsPerDay: 2 } }, 2],
      ['maxOpenPerInvitee 1', { eventType: { maxOpenPerInvitee: 1 } }, 1],
    ];
    for (const [name, options, limit] of limits) {
      const world = await newWorld(options);
      const answers = await race(name, 50, (i) =>
        ask('/v1/bookings', {
          key: world.publishableKey,
          body: booking(world, hourOf(9 + (i % 16) / 2), name.includes('Invitee') ? 0 : i),
        }),
      );
      expect(codes(answers)['201'], name).toBe(limit);
      expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    }
    await expectSound();
  });

  test('cancel against reschedule: the meeting is off in the end and keeps no time', async () => {
    const world = await newWorld();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => ask('/v1/bookings', { key: world.secretKey, body: booking(world, hourOf(9 + i), i) })),
    );
    const answers = await race('cancel against reschedule', 16, (i) => {
      const url = `/v1/bookings/${made[i % 8]?.body.id}`;
      return i < 8
        ? ask(`${url}/cancel`, { key: world.secretKey, body: {} })
        : ask(`${url}/reschedule`, { key: world.secretKey, body: { start: hourOf(9.5 + (i % 8)) } });
    });
    expect(answers.slice(0, 8).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const { rows } = await sql`SELECT 1 FROM claims WHERE tenant_id = ${world.tenantId}`.execute(database.db);
    expect(rows).toEqual([]);
    await expectSound();
  });

  test('one idempotency key fifty times makes one booking, and whoever is answered is answered the same', async () => {
    const world = await newWorld();
    const answers = await race('one idempotency key x 50', 50, () =>
      ask('/v1/bookings', { key: world.publishableKey, idempotencyKey: 'only-once', body: booking(world, hourOf(10), 1) }),
    );
    expect(Object.keys(codes(answers)).every((code) => code === '201' || code === '409 request_in_progress')).toBe(true);
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status, replayed }) => status === 201 && !replayed)).toHaveLength(1);
    const { rows } = await sql`SELECT 1 FROM bookings WHERE tenant_id = ${world.tenantId}`.execute(database.db);
    expect(rows).toHaveLength(1);
  });

  test('of two who pick different times of one proposal, and one who withdraws it, one wins', async () => {
    const world = await newWorld();
    const room = { id: 'r', stage: 'contract' as const };
    const host = await signRoomToken(world, Date.now(), { sub: 'ana', role: 'host', room });
    for (let round = 0; round < 4; round += 1) {
      const starts = [hourOf(10), hourOf(11)].map((at) => new Date(Date.parse(at) + round * 7 * 86_400_000).toISOString());
      const offered = await ask('/v1/proposals', {
        key: world.publishableKey,
        roomToken: host,
        body: { eventTypeId: world.eventTypeId, starts },
      });
      expect(offered.status).toBe(201);
      const invitee = await signRoomToken(world, Date.now(), { sub: 'cleo', room });
      const url = `/v1/proposals/${offered.body.id}`;
      const answers = await race('accept, accept, withdraw', 12, (i) =>
        i % 3 === 2
          ? ask(`${url}/withdraw`, { key: world.publishableKey, roomToken: host, body: {} })
          : ask(`${url}/accept`, { key: world.publishableKey, roomToken: invitee, body: { start: starts[i % 3] } }),
      );
      const winners = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => `${body.status} ${body.start ?? ''}`));
      expect(winners.size).toBe(1);
      expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    }
    await expectSound();
  });
});

async function expectSound(): Promise<void> {
  expect(await findBroken(database.db)).toEqual(soundness());
  const { rows } = await sql<{ deadlocks: number }>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`.execute(
    database.db,
  );
  expect(rows[0]?.deadlocks).toBe(0);
}

/** Asks all at once, in turn of both processes, and prints what came of it. Nothing may answer 5xx. */
async function race(name: string, count: number, one: (i: number) => Promise<Answer>): Promise<Answer[]> {
  const startedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => one(i)));
  console.log(`${name}: ${JSON.stringify(codes(answers))} in ${Math.round(performance.now() - startedAt)} ms`);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  return answers;
}

async function ask(path: string, { method = 'POST', key, roomToken, idempotencyKey, body }: Ask): Promise<Answer> {
  const response = await fetch(`${servers[turn++ % servers.length]?.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(roomToken !== undefined && { 'x-room-token': roomToken }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    replayed: response.headers.get('idempotent-replayed') === 'true',
    body: text === '' ? null : JSON.parse(text),
  };
}

async function newWorld(options: WorldOptions = {}): Promise<World> {
  const call = async (method: string, path: string, { key, body }: { key?: string | null; body?: unknown } = {}) => {
    const answer = await ask(path, { method, key: key ?? 'ak_servers', body });
    return { ...answer, headers: {}, text: JSON.stringify(answer.body) };
  };
  return makeWorld(
    { call },
    { ...options, host: { timeZone: 'UTC', ...options.host }, eventType: { minimumNoticeMinutes: 0, ...options.eventType } },
  );
}

function booking(world: World, start: string, i: number) {
  return { eventTypeId: world.eventTypeId, start, invitee: { name: `Visitor ${i}`, email: `visitor${i}@visitor.example` } };
}

function client(world: World, i: number): Promise<string> {
  return signRoomToken(world, Date.now(), { sub: `client-${i}`, name: `Client ${i}`, room: { id: `room-${i}`, stage: 'contract' } });
}

/** That hour (9 to 17, fractions allowed) of a Tuesday some days ahead, in the host's zone. */
function hourOf(hour: number): string {
  const date = new Date(Date.now() + 3 * 86_400_000);
  while (date.getUTCDay() !== 2) date.setUTCDate(date.getUTCDate() + 1);
  date.setUTCHours(0, 0, 0, 0);
  return new Date(date.getTime() + hour * 3_600_000).toISOString();
}

function codes(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const word = `${status} ${status < 400 ? '' : body.code}`.trim();
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}
