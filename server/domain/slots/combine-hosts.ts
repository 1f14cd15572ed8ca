/** The starts every host has, ascending: what a `collective` event type offers. Each list is ascending, none holds a start twice. */
export function intersectStarts(startsOfHosts: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = startsOfHosts;
  return others.reduce<readonly number[]>((common, starts) => intersectTwo(common, starts), first).slice();
}

/** The starts any host has, ascending, each once: what a `roundRobin` event type offers. */
export function uniteStarts(startsOfHosts: readonly (readonly number[])[]): number[] {
  const [only] = startsOfHosts;
  if (only !== undefined && startsOfHosts.length === 1) return only.slice();
  return [...new Set(startsOfHosts.flat())].sort((a, b) => a - b);
}

/** A host who is free at the start in question, with how much work the host has. */
export interface Candidate {
  readonly hostId: string;
  /** Bookings of this event type that are still to come. */
  readonly upcomingBookings: number;
  /** When the host last got a booking of it; null for never. */
  readonly lastBookedMs: number | null;
}

/** Who of the free hosts gets the meeting: the fewest upcoming bookings, then the longest idle, then the smaller id. Null when nobody is free. */
export function chooseHost<T extends Candidate>(candidates: readonly T[]): T | null {
  return candidates.reduce<T | null>((best, host) => (best === null || comesBefore(host, best) ? host : best), null);
}

function comesBefore(a: Candidate, b: Candidate): boolean {
  if (a.upcomingBookings !== b.upcomingBookings) return a.upcomingBookings < b.upcomingBookings;
  const aIdleSince = a.lastBookedMs ?? -Infinity;
  const bIdleSince = b.lastBookedMs ?? -Infinity;
  return aIdleSince === bIdleSince ? a.hostId < b.hostId : aIdleSince < bIdleSince;
}

function intersectTwo(a: readonly number[], b: readonly number[]): number[] {
  const common: number[] = [];
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    const difference = a[i]! - b[k]!;
    if (difference === 0) common.push(a[i]!);
    if (difference <= 0) i += 1;
    if (difference >= 0) k += 1;
  }
  return common;
}
