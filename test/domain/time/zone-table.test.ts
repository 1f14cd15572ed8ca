import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../../../shared/time/local-date.ts';
import { zoneTable } from '../../../shared/time/zone-table.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const wallMs = (text: string): number => Date.parse(`${text}Z`);
const iso = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 16);

describe('a wall time', () => {
  it.each([
    ['America/New_York', '2026-03-08T02:30', 'gap', '2026-03-08T07:30', 'clocks went from 02:00 to 03:00: read as 03:30'],
    ['America/New_York', '2026-03-08T03:00', 'unique', '2026-03-08T07:00', 'the first minute after the gap'],
    ['America/New_York', '2026-03-08T01:59', 'unique', '2026-03-08T06:59', 'the last minute before the gap'],
    ['America/New_York', '2026-11-01T01:30', 'fold', '2026-11-01T05:30', 'clocks went from 02:00 back to 01:00: the earlier'],
    ['America/New_York', '2026-11-01T02:00', 'unique', '2026-11-01T07:00', 'the fold is over'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', 'gap', '2026-10-03T15:45', 'clocks go forward by half an hour only'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', 'fold', '2026-04-04T14:45', 'and back by half an hour'],
    ['Africa/Cairo', '2026-04-24T00:30', 'gap', '2026-04-23T22:30', 'the day begins at 01:00'],
    ['America/Santiago', '2026-09-06T00:00', 'gap', '2026-09-06T04:00', 'the day begins at 01:00'],
    ['Africa/Casablanca', '2026-02-15T02:30', 'fold', '2026-02-15T01:30', 'Ramadan sets the clocks back'],
    ['Europe/London', '2026-10-25T01:30', 'fold', '2026-10-25T00:30', 'clocks went from 02:00 back to 01:00'],
    ['Pacific/Apia', '2011-12-30T12:00', 'gap', '2011-12-30T22:00', 'the whole day was left out at the date line'],
    ['Asia/Kathmandu', '2026-08-03T09:00', 'unique', '2026-08-03T03:15', 'five hours and three quarters ahead'],
    ['UTC', '2026-08-03T09:00', 'unique', '2026-08-03T09:00', 'no offset'],
  ])('in %s at %s is %s and means %sZ: %s', (zone, wall, kind, expected) => {
    const reading = zoneTable(zone).readWall(wallMs(wall));
    expect([reading.kind, iso(reading.instantMs)]).toEqual([kind, expected]);
    const midnight = wallMs(`${wall.slice(0, 10)}T00:00`);
    expect(zoneTable(zone).instantAt(midnight / DAY_MS, (wallMs(wall) - midnight) / MINUTE_MS)).toBe(reading.instantMs);
  });

  it('in a gap or fold names the other reading too', () => {
    const newYork = zoneTable('America/New_York');
    expect(iso(newYork.readWall(wallMs('2026-03-08T02:30')).otherMs)).toBe('2026-03-08T06:30');
    expect(iso(newYork.readWall(wallMs('2026-11-01T01:30')).otherMs)).toBe('2026-11-01T06:30');
  });

  it('at the end of the day is midnight of the next', () => {
    const date = parseLocalDate('2026-08-03') ?? NaN;
    expect(zoneTable('Europe/Berlin').instantAt(date, 1440)).toBe(Date.parse('2026-08-04T00:00+02:00'));
  });
});

describe('a zone table', () => {
  const zones = [
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/Sao_Paulo',
    'Asia/Tehran',
    'Pacific/Apia',
    'Africa/Monrovia',
    'Asia/Gaza',
  ];

  it('agrees with Temporal in both directions, from 1900 to 2200', () => {
    const minute = fc.integer({ min: Date.UTC(1900, 0, 1) / MINUTE_MS, max: Date.UTC(2200, 0, 1) / MINUTE_MS });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (zone, at) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(at * MINUTE_MS);
        expect(zoneTable(zone).offsetAt(at * MINUTE_MS)).toBe(instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6);
        const wall = instant.toZonedDateTimeISO('UTC').toPlainDateTime();
        expect(zoneTable(zone).readWall(at * MINUTE_MS).instantMs).toBe(wall.toZonedDateTime(zone).epochMilliseconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds periods of days: San Miguel de Tucumán left for -04:00 from 1 to 13 June 2004', () => {
    const tucuman = zoneTable('America/Argentina/Tucuman');
    expect([Date.UTC(2004, 4, 31), Date.UTC(2004, 5, 7), Date.UTC(2004, 5, 14)].map((ms) => tucuman.offsetAt(ms) / 3_600_000)).toEqual([
      -3, -4, -3,
    ]);
  });

  it('answers for the first and the last year a date can name', () => {
    expect(zoneTable('America/New_York').offsetAt(Date.UTC(9999, 6, 1))).toBe(-4 * 3_600_000);
    expect(zoneTable('America/New_York').offsetAt(Date.parse('0001-01-01T00:00:00Z'))).toBe(-(4 * 3600 + 56 * 60 + 2) * 1000);
  });

  it('stays right when more years are asked for than it keeps', () => {
    const berlin = zoneTable('Europe/Berlin');
    for (let year = 2000; year < 2300; year += 2) expect(berlin.offsetAt(Date.UTC(year, 6, 1))).toBe(2 * 3_600_000);
    expect(berlin.offsetAt(Date.UTC(2026, 0, 1))).toBe(3_600_000);
  });

  it('throws for a zone nobody knows and for an instant that is none', () => {
    expect(() => zoneTable('Mars/Base')).toThrow(RangeError);
    expect(() => zoneTable('Europe/Berlin').offsetAt(NaN)).toThrow(RangeError);
    expect(() => zoneTable('Europe/Berlin').offsetAt(Infinity)).toThrow(RangeError);
  });
});
