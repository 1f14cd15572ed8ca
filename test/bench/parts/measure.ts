/** One side of a comparison: does its work once and answers with its size, so that nothing can be left out as unused. */
export type Side = () => number;

export interface Ratio {
  /** Median over the rounds of (time of `ours` / time of `floor`). */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** Median time of one call in microseconds; for reading only, never for a gate: it belongs to the machine. */
  readonly oursMicros: number;
  readonly floorMicros: number;
}

const ROUNDS = 9;
const ROUND_MS = 60;

/** Times both sides in alternating rounds of one run, so that a machine that slows down slows both down. */
export function compare(ours: Side, floor: Side): Ratio {
  const oursCalls = callsFor(ours);
  const floorCalls = callsFor(floor);
  return ratioOf(Array.from({ length: ROUNDS }, () => ({ ours: microsPerCall(ours, oursCalls), floor: microsPerCall(floor, floorCalls) })));
}

/** What alternating rounds come to, in microseconds of both sides. */
export function ratioOf(rounds: readonly { readonly ours: number; readonly floor: number }[]): Ratio {
  const ratios = rounds.map(({ ours, floor }) => ours / floor).sort((a, b) => a - b);
  return {
    ratio: median(ratios),
    lowest: ratios[0]!,
    highest: ratios.at(-1)!,
    oursMicros: median(rounds.map(({ ours }) => ours)),
    floorMicros: median(rounds.map(({ floor }) => floor)),
  };
}

/** `12.3x (11.9-13.0)`. */
export function showRatio({ ratio, lowest, highest }: Ratio): string {
  return `${short(ratio)}x (${short(lowest)}-${short(highest)})`;
}

/** `1308 against 423 µs`. */
export function showMicros({ oursMicros, floorMicros }: Ratio): string {
  return `${short(oursMicros)} against ${short(floorMicros)} µs`;
}

/** Three figures that matter: `0.23`, `9.7`, `164`. */
export function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = Math.floor(ascending.length / 2);
  return ascending.length % 2 === 1 ? ascending[middle]! : (ascending[middle - 1]! + ascending[middle]!) / 2;
}

/** Warms a side up and finds how many calls fill a round. */
function callsFor(side: Side): number {
  const startedAt = performance.now();
  let calls = 0;
  while (performance.now() - startedAt < 3 * ROUND_MS) {
    side();
    calls += 1;
  }
  return Math.max(1, Math.ceil(calls / 3));
}

/** Processor time, the collector's included, rather than time on the wall: another program on the machine must not count. */
function microsPerCall(side: Side, calls: number): number {
  const before = process.cpuUsage();
  let size = 0;
  for (let i = 0; i < calls; i += 1) size += side();
  const { user, system } = process.cpuUsage(before);
  if (!(size > 0)) throw new Error('a side of the comparison did nothing');
  return (user + system) / calls;
}
