import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, formatLocalDate, monthStartOf, parseLocalDate, weekdayOf, weekStartOf } from '../../../shared/time/local-date.ts';

const date = (text: string): number => parseLocalDate(text) ?? NaN;

describe('a local date', () => {
  it.each(['1970-01-01', '0001-01-01', '9999-12-31', '2028-02-29', '2000-02-29', '2026-12-31'])(
    '%s survives being read and written',
    (text) => {
      expect(formatLocalDate(date(text))).toBe(text);
    },
  );

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-00-10',
    '2026-13-10',
    '2026-10-00',
    '2026-4-1',
    '20260401',
    '0000-01-01',
    '2026-04-01T',
    ' 2026-04-01',
    '',
  ])('%j is refused', (text) => {
    expect(parseLocalDate(text)).toBeNull();
  });

  it('is counted in days, over leap years and the turn of the year', () => {
    expect(date('2028-03-01') - date('2028-02-28')).toBe(2);
    expect(date('2026-03-01') - date('2026-02-28')).toBe(1);
    expect(formatLocalDate(date('2026-12-31') + 1)).toBe('2027-01-01');
  });

  it('agrees with Date about the weekday and the month, for every date there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: date('0001-01-01'), max: date('9999-12-31') }), (day) => {
        const utc = new Date(day * 86_400_000);
        expect(weekdayOf(day) % 7).toBe(utc.getUTCDay());
        expect(formatLocalDate(monthStartOf(day))).toBe(`${formatLocalDate(day).slice(0, 8)}01`);
        expect(weekdayOf(weekStartOf(day))).toBe(1);
        expect(day - weekStartOf(day)).toBeLessThan(7);
      }),
    );
  });
});

describe('addBusinessDays', () => {
  const friday = '2026-08-07';
  it.each([
    [friday, 0, '2026-08-07'],
    [friday, 1, '2026-08-10'],
    [friday, 5, '2026-08-14'],
    [friday, 6, '2026-08-17'],
    ['2026-08-03', 4, friday],
    ['2026-08-03', 5, '2026-08-10'],
    ['2026-08-08', 0, '2026-08-08'], // a Saturday
    ['2026-08-08', 1, '2026-08-10'],
    ['2026-08-09', 5, '2026-08-14'], // a Sunday
    ['2026-08-09', 6, '2026-08-17'],
  ])('from %s, %i business days on is %s', (from, count, expected) => {
    expect(formatLocalDate(addBusinessDays(date(from), count))).toBe(expected);
  });

  it('passes exactly so many Mondays to Fridays and lands on one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 300 }), (from, count) => {
        const to = addBusinessDays(from, count);
        let passed = 0;
        for (let day = from + 1; day <= to; day += 1) if (weekdayOf(day) <= 5) passed += 1;
        expect(passed).toBe(count);
        expect(weekdayOf(to)).toBeLessThanOrEqual(5);
      }),
    );
  });
});
