import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '../helpers/database.ts';
import { ask, callOver, onDatabase, withServers } from '../helpers/servers.ts';
import { makeWorld } from '../helpers/world.ts';

const AT_ONCE = 200;

describe('two server processes on one database', () => {
  test(`of ${AT_ONCE} requests for one slot exactly one is booked, the rest are told that it is gone, and nothing breaks`, async () => {
    await withDatabase(async (database) => {
      await withServers([{ env: onDatabase(database.url) }, { env: onDatabase(database.url) }], async (servers) => {
        const world = await makeWorld({ call: callOver(servers[0]?.url ?? '') }, { eventType: OPEN });
        const start = nextWeekday();
        const book = (i: number, at: string, key: string) =>
          ask(`${servers[i % 2]?.url}/v1/bookings`, {
            method: 'POST',
            key,
            body: { eventTypeId: world.eventTypeId, start: at, invitee: visitor(i) },
          });

        const startedAt = performance.now();
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => book(i, start, world.publishableKey)));
        const tookMs = performance.now() - startedAt;

        const counts = countBy(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()));
        console.log(`${AT_ONCE} requests for one slot through 2 processes: ${JSON.stringify(counts)} in ${Math.round(tookMs)} ms`);
        expect(counts).toEqual({ '201': 1, '409 slot_unavailable': AT_ONCE - 1 });
        for (const { body } of answers.filter(({ status }) => status === 409)) expect(body['alternatives']).toHaveLength(3);
        expect(await readTaken(database)).toEqual({ bookings: 1, claims: 1, overlaps: 0, unclaimed: 0 });
      });
    });
  });

  test('overlapping starts of an event type with buffers never leave two meetings in each other’s way', async () => {
    await withDatabase(async (database) => {
      await withServers([{ env: onDatabase(database.url) }, { env: onDatabase(database.url) }], async (servers) => {
        const world = await makeWorld(
          { call: callOver(servers[0]?.url ?? '') },
          { eventType: { ...OPEN, slotIntervalMinutes: 15, bufferAfterMinutes: 15 } },
        );
        const firstMs = Date.parse(nextWeekday());
        const requests = Array.from({ length: 120 }, (_, i) => ({ i, start: new Date(firstMs + (i % 20) * 15 * 60_000).toISOString() }));
        const answers = await Promise.all(
          requests.map(({ i, start }) =>
            ask(`${servers[i % 2]?.url}/v1/bookings`, {
              method: 'POST',
              key: world.publishableKey,
              body: { eventTypeId: world.eventTypeId, start, invitee: visitor(i) },
            }),
          ),
        );
        const counts = countBy(answers.map(({ status }) => String(status)));
        console.log(`120 requests for 20 overlapping starts: ${JSON.stringify(counts)}`);
        expect(Object.keys(counts).toSorted()).toEqual(['201', '409']);
        const taken = await readTaken(database);
        expect(taken).toEqual({ bookings: counts['201'], claims: counts['201'], overlaps: 0, unclaimed: 0 });
        expect(taken.bookings).toBeGreaterThan(3);
      });
    });
  });

  test('what one process books, the other no longer offers', async () => {
    await withDatabase(async (database) => {
      await withServers([{ env: onDatabase(database.url) }, { env: onDatabase(database.url) }], async ([one, other]) => {
        const world = await makeWorld({ call: callOver(one?.url ?? '') }, { eventType: OPEN });
        const start = nextWeekday();
        const list = async (url = '') =>
          JSON.stringify(
            (
              await ask(`${url}/v1/event-types/${world.eventTypeId}/slots?from=${start}&to=${plusDay(start)}&timeZone=UTC`, {
                key: world.publishableKey,
              })
            ).body,
          );
        const wanted = start.replace('.000Z', 'Z');
        expect(await list(one?.url)).toContain(wanted);
        expect(await list(other?.url)).toContain(wanted);
        const booked = await ask(`${one?.url}/v1/bookings`, {
          method: 'POST',
          key: world.publishableKey,
          body: { eventTypeId: world.eventTypeId, start, invitee: visitor(0) },
        });
        expect(booked.status).toBe(201);
        expect(await list(one?.url)).not.toContain(wanted);
        await expect.poll(() => list(other?.url), { timeout: 3000, interval: 20 }).not.toContain(wanted);
      });
    });
  });
});

const OPEN = { minimumNoticeMinutes: 0 };

/** A start some days ahead, inside the host's office hours of Monday to Friday. */
function nextWeekday(): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + 3);
  while (date.getUTCDay() === 0 || date.getUTCDay() === 6) date.setUTCDate(date.getUTCDate() + 1);
  date.setUTCHours(15, 0, 0, 0);
  return date.toISOString();
}

function plusDay(instant: string): string {
  return new Date(Date.parse(instant) + 86_400_000).toISOString();
}

function visitor(i: number) {
  return { name: `Visitor ${i}`, email: `visitor${i}@visitor.example`, timeZone: 'Asia/Kolkata' };
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** What the tables say: live bookings, their claims, claims of one host that overlap, live bookings without a claim. */
async function readTaken({ db }: TestDatabase) {
  const count = async (query: ReturnType<typeof sql<{ count: number }>>) => Number((await query.execute(db)).rows[0]?.count);
  return {
    bookings: await count(sql`SELECT count(*) FROM bookings WHERE status IN ('requested', 'confirmed')`),
    claims: await count(sql`SELECT count(*) FROM claims`),
    overlaps: await count(
      sql`SELECT count(*) FROM claims a JOIN claims b USING (tenant_id, host_id) WHERE a.owner_id < b.owner_id AND a.blocked && b.blocked`,
    ),
    unclaimed: await count(sql`SELECT count(*) FROM bookings b WHERE b.status IN ('requested', 'confirmed') AND NOT EXISTS (
      SELECT 1 FROM claims c WHERE c.tenant_id = b.tenant_id AND c.owner_id = b.booking_id)`),
  };
}
