import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withApp } from '../helpers/app.ts';
import { findBroken } from '../races/invariants.ts';
import { commands } from './model/commands.ts';
import { HOUR, MINUTE, Model } from './model/model.ts';
import { Real } from './model/real.ts';

/** Sequences, and steps in each at most. `PARLEY_MODEL_RUNS` asks for more. */
const RUNS = Number(process.env['PARLEY_MODEL_RUNS'] ?? 60);
const STEPS = 120;
/** Monday morning; the host is open 09:00 to 17:00 UTC that day and the next. */
const BEGINS = Date.parse('2026-11-23T08:00:00Z');

test('random sequences of everything people do agree with a small model, step by step', { timeout: 600_000 }, async () => {
  await withApp(async (given) => {
    const starts = [0, 24].flatMap((day) => Array.from({ length: 16 }, (_, i) => BEGINS + (1 + day) * HOUR + i * 30 * MINUTE));
    let steps = 0;
    const taken: Record<string, { steps: number; yes: number }> = {};
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: STEPS, size: 'max' }), async (sequence) => {
        given.clock.setTime(BEGINS);
        const real = await Real.make(given);
        await fc.asyncModelRun(() => ({ model: new Model(BEGINS, starts), real }), sequence);
        steps += real.steps;
        for (const [name, count] of Object.entries(real.taken)) {
          const sum = (taken[name] ??= { steps: 0, yes: 0 });
          sum.steps += count.steps;
          sum.yes += count.yes;
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    const said = Object.entries(taken).map(([name, count]) => `${name} ${count.yes}/${count.steps}`);
    console.log(`${RUNS} sequences, ${steps} steps, no difference; said yes to: ${said.join(', ')}`);
    expect(steps).toBeGreaterThan(RUNS * 20);
    for (const name of ['book', 'hold', 'decide', 'cancel', 'reschedule', 'propose', 'accept', 'withdraw'])
      expect(taken[name]?.yes, name).toBeGreaterThan(RUNS / 4);
    const broken = await findBroken(given.db);
    // Time stands where the test's clock says, so what depends on the database's own is left out.
    expect(Object.entries(broken).filter(([name, count]) => count > 0 && !name.includes('requests without'))).toEqual([]);
  });
});
