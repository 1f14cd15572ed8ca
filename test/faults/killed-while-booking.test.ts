import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '../helpers/database.ts';
import { ask, callOver, onDatabase, startServer } from '../helpers/servers.ts';
import { ALWAYS_FREE, makeWorld } from '../helpers/world.ts';

const REQUESTS = 120;
const KILL_AFTER = 25;

test('a server killed with -9 in the middle of bookings leaves each of them whole or absent, and starts again', async () => {
  await withDatabase(async (database) => {
    const env = onDatabase(database.url);
    const first = await startServer({ env });
    const world = await makeWorld(
      { call: callOver(first.url) },
      {
        host: ALWAYS_FREE.host,
        eventType: { ...ALWAYS_FREE.eventType, durationsMinutes: [15] },
      },
    );
    const firstMs = Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000;
    const book = (url: string, i: number) =>
      fetch(`${url}/v1/bookings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.secretKey}`, 'content-type': 'application/json', 'idempotency-key': `booking-${i}` },
        body: JSON.stringify({
          eventTypeId: world.eventTypeId,
          start: new Date(firstMs + i * 15 * 60_000).toISOString(),
          invitee: { name: `Visitor ${i}`, email: `v${i}@visitor.example` },
          guests: [{ name: 'Guest', email: `g${i}@guest.example` }],
        }),
      });

    let answered = 0;
    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, async (_, i) => {
        try {
          const { status } = await book(first.url, i);
          answered += 1;
          if (answered === KILL_AFTER) void first.end('SIGKILL');
          return status;
        } catch {
          return 'cut off' as const;
        }
      }),
    );
    const promised = answers.filter((status) => status === 201).length;
    const cutOff = answers.filter((status) => status === 'cut off').length;
    expect(promised).toBeGreaterThanOrEqual(KILL_AFTER);
    expect(cutOff).toBeGreaterThan(0);
    const left = await readBookings(database);
    console.log(
      `killed after ${KILL_AFTER} of ${REQUESTS} answers: ${promised} answered 201, ${cutOff} cut off, ${left.bookings} bookings in the tables`,
    );
    expect(left.bookings).toBeGreaterThanOrEqual(promised);
    expect(left).toEqual({ bookings: left.bookings, whole: left.bookings, strayClaims: 0, strayTokens: 0, keptAnswers: left.bookings });

    const second = await startServer({ env });
    try {
      // A request that was under way when the server died may still hold its key for a minute; it has booked nothing.
      const again = await Promise.all(Array.from({ length: REQUESTS }, async (_, i) => (await book(second.url, i)).status));
      expect(new Set(again)).toEqual(new Set(again.includes(409) ? [201, 409] : [201]));
      const after = await readBookings(database);
      expect(after.bookings).toBe(again.filter((status) => status === 201).length);
      expect(after.whole).toBe(after.bookings);
      expect((await ask(`${second.url}/readyz`)).status).toBe(200);
    } finally {
      await second.end('SIGTERM');
    }
  });
});

/** Bookings, and those of them with claim, host, guest, tokens and history; parts without a booking; answers kept for their retries. */
async function readBookings({ db }: TestDatabase) {
  const count = async (query: ReturnType<typeof sql<{ count: string }>>) => Number((await query.execute(db)).rows[0]?.count);
  return {
    bookings: await count(sql`SELECT count(*) FROM bookings`),
    whole: await count(sql`SELECT count(*) FROM bookings b WHERE
      (SELECT count(*) FROM claims c WHERE (c.tenant_id, c.owner_id) = (b.tenant_id, b.booking_id)) = 1
      AND (SELECT count(*) FROM booking_hosts h WHERE (h.tenant_id, h.booking_id) = (b.tenant_id, b.booking_id)) = 1
      AND (SELECT count(*) FROM booking_guests g WHERE (g.tenant_id, g.booking_id) = (b.tenant_id, b.booking_id)) = 1
      AND (SELECT count(*) FROM booking_tokens t WHERE (t.tenant_id, t.booking_id) = (b.tenant_id, b.booking_id)) = 2
      AND (SELECT count(*) FROM booking_history y WHERE (y.tenant_id, y.booking_id) = (b.tenant_id, b.booking_id)) = 1`),
    strayClaims: await count(
      sql`SELECT count(*) FROM claims c WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE (c.tenant_id, c.owner_id) = (b.tenant_id, b.booking_id))`,
    ),
    strayTokens: await count(
      sql`SELECT count(*) FROM booking_tokens t WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE (t.tenant_id, t.booking_id) = (b.tenant_id, b.booking_id))`,
    ),
    keptAnswers: await count(sql`SELECT count(*) FROM idempotency_keys WHERE key LIKE 'booking-%' AND status = 201`),
  };
}
