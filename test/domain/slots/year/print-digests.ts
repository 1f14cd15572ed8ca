import { createHash } from 'node:crypto';
import { computeSlots } from '../../../../server/domain/slots/compute-slots.ts';
import { ALL_ZONES, KINDS, yearQuestion } from './kinds.ts';

/** Run as a process of its own, under some `TZ`: prints the engine's year of starts for every zone and kind as digests. */
const digests: Record<string, string> = {};
let starts = 0;
const startedAt = performance.now();
for (const zone of ALL_ZONES) {
  for (const [kind, weeklyHours] of Object.entries(KINDS)) {
    const computed = computeSlots(yearQuestion(zone, weeklyHours));
    starts += computed.length;
    digests[`${zone} ${kind}`] = createHash('sha256').update(Float64Array.from(computed)).digest('hex');
  }
}
const engineMs = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ julyOffsetMinutes: -new Date(2027, 6, 1).getTimezoneOffset(), starts, engineMs, digests }));
