import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, chooseHost, intersectStarts, uniteStarts } from '../../../server/domain/slots/combine-hosts.ts';

describe('several hosts', () => {
  it('collective: only what every host has', () => {
    expect(
      intersectStarts([
        [1, 2, 3, 5],
        [2, 3, 4, 5],
        [0, 3, 5, 9],
      ]),
    ).toEqual([3, 5]);
    expect(intersectStarts([[1, 2], []])).toEqual([]);
    expect(intersectStarts([[1, 2]])).toEqual([1, 2]);
    expect(intersectStarts([])).toEqual([]);
  });

  it('roundRobin: what any host has, once', () => {
    expect(uniteStarts([[1, 5], [2, 5], []])).toEqual([1, 2, 5]);
    expect(uniteStarts([])).toEqual([]);
  });

  it('both agree with plain sets, for up to 50 hosts', () => {
    const starts = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(starts, { minLength: 1, maxLength: 50 }), (hosts) => {
        const all = Array.from({ length: 81 }, (_, start) => start);
        expect(intersectStarts(hosts)).toEqual(all.filter((start) => hosts.every((list) => list.includes(start))));
        expect(uniteStarts(hosts)).toEqual(all.filter((start) => hosts.some((list) => list.includes(start))));
      }),
    );
  });
});

describe('who gets the meeting', () => {
  const host = (hostId: string, upcomingBookings: number, lastBookedMs: number | null): Candidate => ({
    hostId,
    upcomingBookings,
    lastBookedMs,
  });
  it.each([
    ['the fewest upcoming bookings', [host('a', 2, null), host('b', 1, 900), host('c', 3, null)], 'b'],
    ['then the longest idle', [host('a', 1, 500), host('b', 1, 400), host('c', 1, 600)], 'b'],
    ['never booked is idle longest', [host('a', 1, 0), host('b', 1, null)], 'b'],
    ['then the smaller id', [host('b', 1, 400), host('a', 1, 400)], 'a'],
  ])('%s', (_, candidates, expected) => {
    expect(chooseHost(candidates)?.hostId).toBe(expected);
    expect(chooseHost(candidates.toReversed())?.hostId).toBe(expected);
  });

  it('nobody when nobody is free', () => {
    expect(chooseHost([])).toBeNull();
  });
});
