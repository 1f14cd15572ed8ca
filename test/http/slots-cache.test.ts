import { describe, expect, test } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { listenToChanges } from '../../server/adapters/db/listen-to-changes.ts';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, type World } from '../helpers/world.ts';

const RANGE = 'from=2026-11-24&to=2026-11-24&timeZone=America/New_York';

describe('kept answers', () => {
  test('an unchanged answer carries the same tag and is answered 304', async () => {
    await withListening(async (test, world) => {
      const first = await list(test, world);
      const again = await list(test, world, { 'if-none-match': String(first.headers['etag']) });
      expect(again.status).toBe(304);
      expect(again.text).toBe('');
    });
  });

  test('a change made by this process shows in the very next listing', async () => {
    await withListening(async (test, world) => {
      const before = await list(test, world);
      await test.call('POST', '/v1/bookings', {
        key: world.secretKey,
        body: { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', invitee: { name: 'A', email: 'a@a.example' } },
      });
      const after = await list(test, world, { 'if-none-match': String(before.headers['etag']) });
      expect(after.status).toBe(200);
      expect(after.text).not.toContain('T10:00:00-05:00","end":"2026-11-24T10:30');
    });
  });

  test.each([
    [
      'a claim',
      (world: World) =>
        `INSERT INTO claims VALUES ('${world.tenantId}', '${world.hostId}', 'bkg_x', 'booking', '${world.eventTypeId}', '2026-11-24T15:00Z', '2026-11-24T15:30Z', '[2026-11-24T15:00Z,2026-11-24T15:30Z)')`,
    ],
    [
      'a schedule',
      (world: World) =>
        `UPDATE schedules SET rules = '{"weeklyHours":[],"dateOverrides":[],"travel":[]}' WHERE tenant_id = '${world.tenantId}'`,
    ],
    [
      'an event type',
      (world: World) => `UPDATE event_types SET settings = settings || '{"active":false}' WHERE tenant_id = '${world.tenantId}'`,
    ],
    [
      'the host',
      (world: World) =>
        `UPDATE hosts SET max_meetings_per_day = 1, time_zone = 'Asia/Tokyo' WHERE tenant_id = '${world.tenantId}'; INSERT INTO claims VALUES ('${world.tenantId}', '${world.hostId}', 'bkg_y', 'booking', 'evt_other', '2026-11-24T14:00Z', '2026-11-24T14:30Z', '[2026-11-24T14:00Z,2026-11-24T14:30Z)')`,
    ],
  ])('%s changed by another process is heard of', async (_name, statement) => {
    await withListening(async (test, world) => {
      const before = await list(test, world);
      const { Client } = (await import('pg')).default;
      const other = new Client(test.address);
      await other.connect();
      await other.query(statement(world));
      await other.end();
      await until(async () => (await list(test, world)).text !== before.text);
    });
  });

  test('an answer ends by itself when its first slot crosses the minimum notice', async () => {
    await withListening(async (test, world) => {
      test.clock.setTime('2026-11-24T12:00:00Z');
      expect((await list(test, world)).text).toContain('2026-11-24T09:00:00-05:00');
      test.clock.setTime('2026-11-24T12:00:00.001Z');
      expect((await list(test, world)).text).not.toContain('2026-11-24T09:00:00-05:00","end":"2026-11-24T09:30');
    });
  });

  test('nothing is kept while nobody listens, so a silent database never makes a stale answer', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      await list(test, world);
      await test.db.deleteFrom('event_types').where('tenant_id', '=', world.tenantId).execute();
      expect((await list(test, world)).status).toBe(404);
    });
  });
});

async function withListening(use: (test: TestApp, world: World) => Promise<void>): Promise<void> {
  await withApp(async (test) => {
    const world = await makeWorld(test);
    const stop = listenToChanges(test.address, test.deps.cache);
    try {
      await until(async () => {
        await list(test, world);
        return (
          test.deps.cache.get(
            world.tenantId,
            `slots publishable ${JSON.stringify([world.eventTypeId, '2026-11-24', '2026-11-24', 'America/New_York', undefined])} `,
            test.clock.nowMs(),
          ) !== undefined
        );
      });
      await use(test, world);
    } finally {
      await stop();
    }
  });
}

/** Asks again until it holds; a thing that never comes fails by the test's own time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(5);
}

function list({ call }: TestApp, world: World, headers: Record<string, string> = {}) {
  return call('GET', `/v1/event-types/${world.eventTypeId}/slots?${RANGE}&key=${world.publishableKey}`, { key: null, headers });
}
