import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../../shared/time/instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-08-03T14:00:00Z', '2026-08-03T14:00:00.000Z'],
    ['2026-08-03T19:30:00+05:30', '2026-08-03T14:00:00.000Z'],
    ['2026-08-03T10:00:00-04:00', '2026-08-03T14:00:00.000Z'],
    ['2026-08-03T14:00:00-00:00', '2026-08-03T14:00:00.000Z'],
    ['2026-08-03t14:00:00z', '2026-08-03T14:00:00.000Z'],
    ['2026-08-03T14:00:00.5Z', '2026-08-03T14:00:00.500Z'],
    ['2026-08-03T14:00:00.123999Z', '2026-08-03T14:00:00.123Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('reads %s', (text, expected) => {
    expect(new Date(parseInstant(text) ?? NaN).toISOString()).toBe(expected);
  });

  it.each([
    ['2026-08-03T14:00:00', 'no offset'],
    ['2026-08-03T14:00Z', 'no seconds'],
    ['2026-08-03', 'a date'],
    ['2026-02-29T14:00:00Z', 'no such day in 2026'],
    ['2026-13-01T14:00:00Z', 'month 13'],
    ['2026-00-01T14:00:00Z', 'month 0'],
    ['2026-04-31T14:00:00Z', 'April has 30 days'],
    ['2026-08-03T24:00:00Z', 'hour 24'],
    ['2026-08-03T14:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second'],
    ['2026-08-03T14:00:00+24:00', 'offset of a day'],
    ['2026-08-03T14:00:00+05:60', 'offset minute 60'],
    ['2026-08-03T14:00:00+0530', 'offset without colon'],
    ['2026-08-03 14:00:00Z', 'space between date and time'],
    ['2026-08-03T14:00:00 05:30', 'plus sign lost in a query'],
    ['2026-08-03T14:00:00.Z', 'point without digits'],
    ['+002026-08-03T14:00:00Z', 'six-digit year'],
    ['0000-12-31T00:00:00Z', 'year 0'],
    ['0001-01-01T00:00:00+01:00', 'year 0 in UTC'],
    ['9999-12-31T23:59:59-01:00', 'year 10000 in UTC'],
    [' 2026-08-03T14:00:00Z', 'leading space'],
    ['2026-08-03T14:00:00Z\n', 'trailing line end'],
    ['', 'nothing'],
    ['Infinity', 'no date'],
  ])('refuses %j: %s', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('formatInstant', () => {
  it.each([
    ['2026-08-03T14:00:00Z', 'UTC', '2026-08-03T14:00:00Z'],
    ['2026-08-03T14:00:00Z', 'Asia/Kolkata', '2026-08-03T19:30:00+05:30'],
    ['2026-08-03T14:00:00Z', 'America/New_York', '2026-08-03T10:00:00-04:00'],
    ['2026-08-03T23:00:00Z', 'Asia/Kathmandu', '2026-08-04T04:45:00+05:45'],
    ['2026-08-03T14:00:00Z', 'Atlantic/Reykjavik', '2026-08-03T14:00:00+00:00'],
    ['2026-08-03T14:00:00.007Z', 'UTC', '2026-08-03T14:00:00.007Z'],
    // New York kept local mean time, 4 h 56 min 2 s behind, until 1883; the offset is cut to minutes, the instant stays.
    ['1880-01-01T00:00:00Z', 'America/New_York', '1879-12-31T19:04:00-04:56'],
  ])('writes %s in %s', (instant, zone, expected) => {
    const instantMs = Date.parse(instant);
    expect(formatInstant(instantMs, zone)).toBe(expected);
    expect(parseInstant(formatInstant(instantMs, zone))).toBe(instantMs);
  });

  it('tells the two 01:30 of New York on 1 November 2026 apart by their offsets', () => {
    expect(formatInstant(Date.parse('2026-11-01T05:30:00Z'), 'America/New_York')).toBe('2026-11-01T01:30:00-04:00');
    expect(formatInstant(Date.parse('2026-11-01T06:30:00Z'), 'America/New_York')).toBe('2026-11-01T01:30:00-05:00');
  });
});
