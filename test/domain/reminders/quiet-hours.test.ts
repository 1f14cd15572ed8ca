import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfQuiet, isQuiet, lastMinuteBeforeQuiet } from '../../../server/domain/reminders/quiet-hours.ts';

const NIGHT = { start: '21:00', end: '08:00' };

describe('quiet hours', () => {
  it.each([
    ['20:59', false],
    ['21:00', true],
    ['00:00', true],
    ['07:59', true],
    ['08:00', false],
  ])('of 21:00 to 08:00 at %s: %s', (time, quiet) => {
    expect(isQuiet(Date.parse(`2026-10-20T${time}:30Z`), NIGHT, 'UTC')).toBe(quiet);
  });

  it('do not exist where none are set or both ends are the same', () => {
    const night = Date.parse('2026-10-20T23:00Z');
    expect(isQuiet(night, null, 'UTC')).toBe(false);
    expect(isQuiet(night, { start: '21:00', end: '21:00' }, 'UTC')).toBe(false);
    expect(endOfQuiet(night, null, 'UTC')).toBe(night);
    expect(lastMinuteBeforeQuiet(night, null, 'UTC')).toBe(night);
  });

  it('end at eight on the wall on the night New York sets its clocks back (1 November 2026)', () => {
    const evening = Date.parse('2026-11-01T02:30Z'); // 22:30 EDT
    expect(endOfQuiet(evening, NIGHT, 'America/New_York')).toBe(Date.parse('2026-11-01T08:00-05:00'));
  });

  it('end at eight on the wall on the night Berlin sets its clocks forward (28 March 2027)', () => {
    const evening = Date.parse('2027-03-27T22:15+01:00');
    expect(endOfQuiet(evening, NIGHT, 'Europe/Berlin')).toBe(Date.parse('2027-03-28T08:00+02:00'));
  });

  it('end after the gap when the clock skips their end (Berlin, 28 March 2027, no 02:30)', () => {
    const evening = Date.parse('2027-03-27T22:00+01:00');
    expect(endOfQuiet(evening, { start: '21:00', end: '02:30' }, 'Europe/Berlin')).toBe(Date.parse('2027-03-28T03:00+02:00'));
  });

  it('can be left in both directions from any minute in any zone, to a moment that is not quiet and less than 27 hours away', () => {
    const zones = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin', 'Africa/Casablanca', 'America/Asuncion'];
    const wall = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.trunc(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        fc.record({ start: wall, end: wall }),
        fc.constantFrom(...zones),
        (ms, quietHours, zone) => {
          const after = endOfQuiet(ms, quietHours, zone);
          const before = lastMinuteBeforeQuiet(ms, quietHours, zone);
          expect(isQuiet(after, quietHours, zone)).toBe(false);
          expect(isQuiet(before, quietHours, zone)).toBe(false);
          expect(after - ms).toBeGreaterThanOrEqual(0);
          expect(after - ms).toBeLessThan(27 * 3_600_000);
          expect(before - ms).toBeLessThanOrEqual(0);
          expect(ms - before).toBeLessThan(27 * 3_600_000);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
