import { describe, expect, test } from 'vitest';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';

const MINUTE_MS = 60_000;
const MONDAY_MS = Date.parse('2026-08-03T00:00:00Z');
const open = {
  timeZone: 'UTC',
  weeklyHours: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], start: '09:00', end: '17:00' }],
};
const question = { now: '2026-08-01T12:00:00Z', from: '2026-08-03', to: '2026-08-07', schedule: open, rules: { durationsMinutes: [30] } };

describe('POST /v1/slots/compute with bad or much input', () => {
  test('10,000 busy intervals, unsorted and overlapping, give the same answer as the same time merged', async () => {
    await ask(async (compute) => {
      const scattered = Array.from({ length: 10_000 }, (_, i) =>
        interval(MONDAY_MS + ((i * 7919) % 4000) * MINUTE_MS, 1 + ((i * 31) % 90)),
      );
      const merged = merge(scattered);
      expect(merged.length).toBeLessThan(scattered.length / 100);
      const answer = await compute({ busy: scattered });
      expect(answer.status).toBe(200);
      expect(answer.body.days).toEqual((await compute({ busy: merged })).body.days);
      expect(answer.text).toContain('"available":true');
    });
  });

  test('more busy intervals than the limit are refused, and the limit is named', async () => {
    await ask(async (compute) => {
      const busy = Array.from({ length: 100_001 }, () => interval(MONDAY_MS, 30));
      const answer = await compute({ busy });
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed', issues: [{ path: 'busy' }] } });
      expect(answer.text).toContain('100000');
    });
  });

  test('a million busy intervals do not fit, and the limit is named', async () => {
    await ask(async (compute) => {
      const answer = await compute({ busy: Array.from({ length: 1_000_000 }, () => interval(MONDAY_MS, 30)) });
      expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
      expect(answer.text).toContain('100000 busy intervals');
    });
  });

  test.each([
    ['zero duration', { rules: { durationsMinutes: [0] } }, 'rules.durationsMinutes.0'],
    ['negative interval', { rules: { durationsMinutes: [30], slotIntervalMinutes: -15 } }, 'rules.slotIntervalMinutes'],
    ['duration longer than a day', { rules: { durationsMinutes: [1441] } }, 'rules.durationsMinutes.0'],
    ['a cap of zero', { rules: { durationsMinutes: [30], maxPerDay: 0 } }, 'rules.maxPerDay'],
    ['half a minute', { rules: { durationsMinutes: [30.5] } }, 'rules.durationsMinutes.0'],
    [
      'a busy interval that ends before it starts',
      { busy: [{ start: '2026-08-03T10:00:00Z', end: '2026-08-03T09:00:00Z' }] },
      'busy.0.end',
    ],
    ['an impossible date', { from: '2026-02-30' }, 'from'],
    ['a date that is no number', { now: 'NaN' }, 'now'],
    ['a range that ends before it starts', { to: '2026-08-01' }, 'to'],
    ['367 days', { to: '2027-08-04' }, 'to'],
  ])('%s is an error that names the field', async (_name, change, path) => {
    await ask(async (compute) => {
      const answer = await compute(change);
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
      expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path);
    });
  });

  test('a number beyond what a number can hold is an error, not an endless loop', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test);
      const payload = JSON.stringify({ ...question, rules: { durationsMinutes: ['BIG'] } }).replace('"BIG"', '1e999');
      const answer = await test.app.inject({
        method: 'POST',
        url: '/v1/slots/compute',
        headers: { authorization: `Bearer ${world.secretKey}`, 'content-type': 'application/json' },
        payload,
      });
      expect(answer.statusCode).toBe(400);
    });
  });

  test('a schedule with 366 overrides closes exactly those days', async () => {
    await ask(async (compute) => {
      const dateOverrides = Array.from({ length: 366 }, (_, i) => ({ date: dateOf(MONDAY_MS + i * 1440 * MINUTE_MS), intervals: [] }));
      const answer = await compute({
        to: dateOf(MONDAY_MS + 365 * 1440 * MINUTE_MS),
        schedule: { ...open, dateOverrides: dateOverrides.slice(1) },
      });
      expect(answer.status).toBe(200);
      expect(answer.body.days.filter((day: { available: boolean }) => day.available).map((day: { date: string }) => day.date)).toEqual([
        '2026-08-03',
      ]);
    });
  });
});

type Compute = (change: object) => ReturnType<TestApp['call']>;

async function ask(use: (compute: Compute) => Promise<void>): Promise<void> {
  await withApp(async (test) => {
    const world = await makeWorld(test);
    await use((change) => test.call('POST', '/v1/slots/compute', { key: world.secretKey, body: { ...question, ...change } }));
  });
}

function interval(startMs: number, minutes: number): { start: string; end: string } {
  return { start: new Date(startMs).toISOString(), end: new Date(startMs + minutes * MINUTE_MS).toISOString() };
}

function merge(intervals: readonly { start: string; end: string }[]): { start: string; end: string }[] {
  const merged: { start: string; end: string }[] = [];
  for (const next of [...intervals].sort((a, b) => a.start.localeCompare(b.start))) {
    const last = merged.at(-1);
    if (last !== undefined && next.start <= last.end) last.end = next.end > last.end ? next.end : last.end;
    else merged.push({ ...next });
  }
  return merged;
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
