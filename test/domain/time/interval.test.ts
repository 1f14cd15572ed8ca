import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type Interval, mergeIntervals, overlaps, subtractIntervals } from '../../../shared/time/interval.ts';

const from = (startMs: number, endMs: number): Interval => ({ startMs, endMs });

describe('half-open intervals', () => {
  it.each([
    [from(0, 10), from(10, 20), false, 'touching ends share no instant'],
    [from(0, 11), from(10, 20), true, 'one millisecond in common'],
    [from(0, 10), from(2, 3), true, 'one inside the other'],
    [from(0, 10), from(5, 5), false, 'an empty one meets nothing'],
    [from(0, 10), from(7, 3), false, 'one that ends before it starts is empty'],
    [from(0, 10), from(NaN, 5), false, 'one without a start is empty'],
    [from(0, 10), from(-Infinity, Infinity), true, 'all of time meets everything'],
  ])('%j and %j: %s, because %4$s', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });

  it('contain themselves and what ends where they end', () => {
    expect(contains(from(0, 10), from(0, 10))).toBe(true);
    expect(contains(from(0, 10), from(5, 11))).toBe(false);
    expect(contains(from(0, 10), from(-1, 5))).toBe(false);
  });

  it('merge when they touch', () => {
    expect(mergeIntervals([from(10, 20), from(0, 10), from(21, 30), from(22, 23), from(5, 5)])).toEqual([from(0, 20), from(21, 30)]);
  });

  it('leave what is not taken', () => {
    expect(subtractIntervals([from(0, 100)], [from(-5, 10), from(20, 30), from(25, 40), from(90, 200)])).toEqual([
      from(10, 20),
      from(40, 90),
    ]);
    expect(subtractIntervals([from(0, 10)], [from(10, 20)])).toEqual([from(0, 10)]);
    expect(subtractIntervals([from(0, 10)], [from(0, 10)])).toEqual([]);
  });

  it('an instant is left exactly when it was there and is not taken', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })).map(([a, b]) => from(a, b)),
      { maxLength: 12 },
    );
    const has = (list: readonly Interval[], at: number): boolean => list.some(({ startMs, endMs }) => startMs <= at && at < endMs);
    fc.assert(
      fc.property(some, some, (whole, taken) => {
        const left = subtractIntervals(whole, taken);
        for (let at = 0; at <= 60; at += 1) expect(has(left, at)).toBe(has(whole, at) && !has(taken, at));
      }),
    );
  });
});
