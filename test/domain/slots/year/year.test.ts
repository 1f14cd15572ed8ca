import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { WeeklyHours } from '../../../../server/domain/slots/question.ts';
import { ALL_ZONES, DURATION_MINUTES, INTERVAL_MINUTES, KINDS, YEAR } from './kinds.ts';

interface Printed {
  readonly julyOffsetMinutes: number;
  readonly starts: number;
  readonly engineMs: number;
  readonly digests: Record<string, string>;
}

const PROCESS_ZONES = { UTC: 0, 'America/New_York': -240, 'Australia/Lord_Howe': 630 };

describe('all of 2027', () => {
  it(
    'in every IANA zone, for four kinds of hours and three process zones, equals a computation with Temporal',
    { timeout: 300_000 },
    () => {
      const startedAt = performance.now();
      const expected: Record<string, string> = {};
      let starts = 0;
      for (const zone of ALL_ZONES) {
        const instantOf = readWalls(zone);
        for (const [kind, hours] of Object.entries(KINDS)) {
          const oracle = yearOfStarts(hours, instantOf);
          starts += oracle.length;
          expected[`${zone} ${kind}`] = createHash('sha256').update(Float64Array.from(oracle)).digest('hex');
        }
      }
      const oracleMs = performance.now() - startedAt;
      expect(ALL_ZONES.length).toBeGreaterThan(420);
      expect(starts).toBeGreaterThan(ALL_ZONES.length * 25_000);

      const engineMs: number[] = [];
      for (const [processZone, julyOffsetMinutes] of Object.entries(PROCESS_ZONES)) {
        const printed = computeUnder(processZone);
        expect(printed.julyOffsetMinutes).toBe(julyOffsetMinutes);
        const different = Object.keys(expected).filter((key) => printed.digests[key] !== expected[key]);
        expect({ processZone, different, starts: printed.starts }).toEqual({ processZone, different: [], starts });
        engineMs.push(printed.engineMs);
      }
      const engine = engineMs.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ');
      console.log(
        `2027: ${ALL_ZONES.length} zones x ${Object.keys(KINDS).length} kinds, ${starts} starts, 0 differences under TZ=${Object.keys(PROCESS_ZONES).join(', ')}; ` +
          `engine ${engine}, Temporal ${(oracleMs / 1000).toFixed(1)} s, together ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
      );
    },
  );
});

function computeUnder(processZone: string): Printed {
  const script = new URL('print-digests.ts', import.meta.url).pathname;
  const child = spawnSync(process.execPath, [script], {
    env: { ...process.env, TZ: processZone, NODE_OPTIONS: '' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (child.status !== 0) throw new Error(`TZ=${processZone}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Printed;
}

const FIRST = Temporal.PlainDate.from('2026-12-29');
const DATES = 371;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Each wall time of the zone is asked of Temporal once: 20 microseconds, a million times over. */
function readWalls(zone: string): (dayIndex: number, wall: string) => number {
  const known = new Map<string, number>();
  return (dayIndex, wall) => {
    const [day, time] = wall === '24:00' ? [dayIndex + 1, '00:00'] : [dayIndex, wall];
    const key = `${day} ${time}`;
    const found = known.get(key) ?? FIRST.add({ days: day }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    known.set(key, found);
    return found;
  };
}

function yearOfStarts(weeklyHours: readonly WeeklyHours[], instantOf: (dayIndex: number, wall: string) => number): number[] {
  const blocks: [number, number][] = [];
  for (let day = 0; day < DATES; day += 1) {
    const weekday = WEEKDAYS[FIRST.add({ days: day }).dayOfWeek - 1]!;
    // The kinds list no hours that touch within a day but those of the night, whose later block is listed first.
    for (const hours of weeklyHours.toReversed()) {
      if (!hours.days.includes(weekday)) continue;
      const block: [number, number] = [instantOf(day, hours.start), instantOf(day, hours.end)];
      if (block[0] < block[1]) blocks.push(block);
    }
  }
  const starts: number[] = [];
  blocks.forEach(([startMs, endMs], index) => {
    let openUntilMs = endMs;
    for (let next = index + 1; blocks[next]?.[0] === openUntilMs; next += 1) openUntilMs = blocks[next]![1];
    for (let at = startMs; at < endMs; at += INTERVAL_MINUTES * 60_000) {
      if (at >= YEAR.fromMs && at < YEAR.toMs && at + DURATION_MINUTES * 60_000 <= openUntilMs) starts.push(at);
    }
  });
  return starts;
}
