import { zoneTable } from '../../../shared/time/zone-table.ts';
import type { EventTime, EventZone, Observance } from './calendar-event.ts';
import { createCustomZone } from './custom-zone.ts';
import type { StepBudget } from './expand-rule.ts';

/** Wall time to instant and back, both in ms. A wall time in a gap is read with the offset before it, in a fold as the earlier (RFC 5545, 3.3.5). */
export interface EventClock {
  instantOf(wallMs: number): number;
  wallOf(instantMs: number): number;
}

/** An event's time in its own frame: the wall it is written on, and the clock that reads that wall. */
export interface FramedTime {
  readonly wallMs: number;
  readonly isDate: boolean;
  readonly clock: EventClock;
}

export interface FramingRules {
  readonly hostZone: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly budget: StepBudget;
}

/**
 * Puts event times into their frames. Dates and floating times are the host's; a zone that came without usable rules is read as the
 * host's too, because that is where the host sees the event.
 */
export function createFraming(rules: FramingRules): (time: EventTime) => FramedTime {
  const host = zoneClock(rules.hostZone);
  const clocks = new Map<EventZone | string, EventClock>([[rules.hostZone, host]]);
  // One clock per zone: two times of one frame are told by their clock being the same.
  const clockOf = (zone: EventZone): EventClock => {
    if (zone.kind === 'host') return host;
    const key = zone.kind === 'iana' ? zone.name : zone;
    const known = clocks.get(key) ?? (zone.kind === 'iana' ? zoneClock(zone.name) : customClock(zone.observances, rules)) ?? host;
    clocks.set(key, known);
    return known;
  };
  return (time) => {
    if (time.kind === 'date') return { wallMs: time.date * 86_400_000, isDate: true, clock: host };
    if (time.kind === 'instant') return { wallMs: time.instantMs, isDate: false, clock: UTC };
    return { wallMs: time.wallMs, isDate: false, clock: clockOf(time.zone) };
  };
}

function customClock(observances: readonly Observance[], { fromMs, untilMs, budget }: FramingRules): EventClock | null {
  return createCustomZone(observances, { fromMs, untilMs }, budget);
}

const UTC: EventClock = { instantOf: (wallMs) => wallMs, wallOf: (instantMs) => instantMs };

function zoneClock(timeZone: string): EventClock {
  if (timeZone === 'UTC') return UTC;
  const table = zoneTable(timeZone);
  return {
    instantOf: (wallMs) => table.readWall(wallMs).instantMs,
    wallOf: (instantMs) => instantMs + table.offsetAt(instantMs),
  };
}
