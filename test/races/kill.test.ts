import { sql } from 'kysely';
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withDatabase } from '../helpers/database.ts';
import { ask, callOver, onDatabase, type ServerProcess, startServer } from '../helpers/servers.ts';
import { makeWorld, type World } from '../helpers/world.ts';
import { findBroken, soundness } from './invariants.ts';

const KILLS = 4;
const DUE = 300;
const DAY_MS = 86_400_000;

test(
  'a server and a worker killed at random points lose nothing that was answered and do nothing twice',
  { timeout: 180_000 },
  async () => {
    await withDatabase(async ({ db, url }) => {
      const env = (role: string) => ({ env: { ...onDatabase(url), PROCESS_ROLE: role } });
      let [server, worker] = await Promise.all([startServer(env('http')), startServer(env('worker'))]);
      try {
        const world = await makeWorld(
          { call: callOver(server.url) },
          { host: { timeZone: 'UTC' }, eventType: { minimumNoticeMinutes: 0, requestExpiresMinutes: 1440 } },
        );
        const heard: Heard = { booked: new Map(), cancelled: new Set(), unsure: new Set(), asked: 0 };
        const load = { stop: false, server };
        const callers = Array.from({ length: 6 }, (_, i) => keepAsking(load, world, heard, i));
        for (let kill = 0; kill < KILLS; kill += 1) {
          await wait(randomInt(300, 900));
          await makeDue(db, world, DUE / KILLS);
          await wait(randomInt(50, 400));
          await Promise.all([server.end('SIGKILL'), worker.end('SIGKILL')]);
          [server, worker] = await Promise.all([startServer(env('http')), startServer(env('worker'))]);
          load.server = server;
        }
        await wait(500);
        load.stop = true;
        await Promise.all(callers);
        await expect.poll(() => countDue(db), { timeout: 40_000, interval: 250 }).toBe(0);

        const { rows } = await sql<{
          booking_id: string;
          status: string;
        }>`SELECT booking_id, status FROM bookings WHERE tenant_id = ${world.tenantId}`.execute(db);
        const status = new Map(rows.map((row) => [row.booking_id, row.status]));
        const lost = [...heard.booked.keys()].filter((id) => !status.has(id));
        const uncancelled = [...heard.cancelled].filter((id) => status.get(id) !== 'cancelled');
        const vanished = [...heard.booked.keys()].filter(
          (id) => status.get(id) === 'cancelled' && !heard.cancelled.has(id) && !heard.unsure.has(id),
        );
        console.log(
          `${KILLS} kills of both; ${heard.asked} requests, ${heard.booked.size} booked, ${heard.cancelled.size} cancelled, ${heard.unsure.size} unanswered cancels, ${rows.length} bookings in the end`,
        );
        expect({ lost, uncancelled, vanished }).toEqual({ lost: [], uncancelled: [], vanished: [] });
        expect(heard.booked.size).toBeGreaterThan(10);
        expect(await findBroken(db)).toEqual(soundness());
        const { rows: ended } = await sql<{ completed: number; expired: number }>`
        SELECT (SELECT count(*) FROM bookings WHERE status = 'completed') AS completed, (SELECT count(*) FROM holds WHERE status = 'expired') AS expired`.execute(
          db,
        );
        const events = await sql<{ completed: number; expired: number }>`
        SELECT count(*) FILTER (WHERE type = 'booking.completed') AS completed, count(*) FILTER (WHERE type = 'hold.expired') AS expired FROM events`.execute(
          db,
        );
        expect(events.rows).toEqual(ended);
        expect(ended[0]?.expired).toBeGreaterThan(0);
      } finally {
        await Promise.all([server.end('SIGKILL'), worker.end('SIGKILL')]);
      }
    });
  },
);

interface Heard {
  /** Bookings answered 201, by id. */
  readonly booked: Map<string, string>;
  readonly cancelled: Set<string>;
  /** Asked to be cancelled and never answered: both outcomes are sound. */
  readonly unsure: Set<string>;
  asked: number;
}

/** Books, holds and cancels one after the other; an answer that never came is no answer. */
async function keepAsking(load: { stop: boolean; server: ServerProcess }, world: World, heard: Heard, caller: number): Promise<void> {
  for (let i = 0; !load.stop; i += 1) {
    const start = startOf(caller * 40 + (i % 40));
    const post = (path: string, body: object) =>
      ask(`${load.server.url}${path}`, { method: 'POST', key: world.secretKey, body }).catch(() => null);
    heard.asked += 1;
    const held = await post('/v1/holds', { eventTypeId: world.eventTypeId, start });
    const holdId = held?.status === 201 ? held.body.id : undefined;
    if (i % 3 === 0) continue;
    const invitee = { name: `Caller ${caller}`, email: `caller${caller}@visitor.example` };
    const booked = await post('/v1/bookings', { eventTypeId: world.eventTypeId, start, invitee, ...(holdId && { holdId }) });
    if (booked === null) await wait(100);
    if (booked?.status !== 201) continue;
    heard.booked.set(booked.body.id, start);
    if (i % 2 === 0) continue;
    const cancelled = await post(`/v1/bookings/${booked.body.id}/cancel`, {});
    if (cancelled?.status === 200) heard.cancelled.add(booked.body.id);
    else heard.unsure.add(booked.body.id);
  }
}

/** Lets holds run out and meetings end as if hours had passed: what the worker is killed over. */
async function makeDue(db: Parameters<typeof findBroken>[0], world: World, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`SELECT 1 FROM hosts WHERE tenant_id = ${world.tenantId} FOR UPDATE`.execute(trx);
    await sql`UPDATE claims SET expires_at = now() - interval '1 second' WHERE tenant_id = ${world.tenantId} AND kind = 'hold'`.execute(
      trx,
    );
    await sql`UPDATE holds SET expires_at = now() - interval '1 second' WHERE tenant_id = ${world.tenantId} AND status = 'live'`.execute(
      trx,
    );
    const { rows } = await sql<{ booking_id: string }>`
      SELECT booking_id FROM bookings WHERE tenant_id = ${world.tenantId} AND status = 'confirmed' AND start_at > now() LIMIT ${count} FOR UPDATE`.execute(
      trx,
    );
    const ids = rows.map((row) => row.booking_id);
    await sql`UPDATE claims SET starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '400 days',
      blocked = tstzrange(lower(blocked) - interval '400 days', upper(blocked) - interval '400 days') WHERE tenant_id = ${world.tenantId} AND owner_id = ANY(${ids})
      AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.tenant_id = claims.tenant_id AND c.host_id = claims.host_id AND c.blocked && tstzrange(lower(claims.blocked) - interval '400 days', upper(claims.blocked) - interval '400 days'))`.execute(
      trx,
    );
    await sql`UPDATE bookings b SET start_at = c.starts_at, end_at = c.ends_at FROM claims c
      WHERE b.tenant_id = ${world.tenantId} AND b.booking_id = ANY(${ids}) AND c.tenant_id = b.tenant_id AND c.owner_id = b.booking_id`.execute(
      trx,
    );
  });
}

async function countDue(db: Parameters<typeof findBroken>[0]): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    SELECT (SELECT count(*) FROM holds WHERE status = 'live' AND expires_at <= now()) + (SELECT count(*) FROM bookings WHERE status = 'confirmed' AND end_at <= now()) AS due`.execute(
    db,
  );
  return rows[0]?.due ?? 0;
}

/** The nth slot of the host's next working days. */
function startOf(n: number): string {
  const date = new Date(Date.now() + 2 * DAY_MS);
  date.setUTCHours(0, 0, 0, 0);
  for (let days = Math.floor(n / 16); ; date.setUTCDate(date.getUTCDate() + 1)) {
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    if (days-- === 0) break;
  }
  return new Date(date.getTime() + 9 * 3_600_000 + (n % 16) * 1_800_000).toISOString();
}
