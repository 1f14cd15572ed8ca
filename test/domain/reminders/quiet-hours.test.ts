import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfQuiet, isQuiet, lastMinuteBeforeQuiet, type QuietHours } from '../../../server/domain/reminders/quiet-hours.ts';

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

  it('end a day later where the only minutes left of the day are skipped (Berlin, 29 March 2026, no 02:00)', () => {
    const allDayButTwo = { start: '02:01', end: '02:00' };
    expect(endOfQuiet(Date.parse('2026-03-28T02:01+01:00'), allDayButTwo, 'Europe/Berlin')).toBe(Date.parse('2026-03-30T02:00+02:00'));
    expect(lastMinuteBeforeQuiet(Date.parse('2026-03-30T01:59+02:00'), allDayButTwo, 'Europe/Berlin')).toBe(
      Date.parse('2026-03-28T02:00+01:00'),
    );
  });

  it('can be left in both directions from any minute in any zone, to the first minute that is not quiet', () => {
    const zones = [
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Europe/Berlin',
      'Africa/Casablanca',
      'America/Asuncion',
      'Antarctica/Troll',
    ];
    const dayMinute = fc.integer({ min: 0, max: 1439 });
    const anyHours = fc.record({ start: dayMinute.map(wallTime), end: dayMinute.map(wallTime) });
    // Quiet but for a few minutes of the night, which a clock change may skip or repeat.
    const nearlyAlways = fc
      .tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 1, max: 90 }))
      .map(([end, awake]) => ({ start: wallTime(end + awake), end: wallTime(end) }));
    const anyTime = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
    const changes = ['2026-02-15', '2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
    const nearChange = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }))
      .map(([date, offset]) => Date.parse(date) + offset);
    fc.assert(
      fc.property(fc.oneof(anyTime, nearChange), fc.oneof(anyHours, nearlyAlways), fc.constantFrom(...zones), (ms, quietHours, zone) => {
        expect(endOfQuiet(ms, quietHours, zone)).toBe(walkOut(ms, 1, quietHours, zone));
        expect(lastMinuteBeforeQuiet(ms, quietHours, zone)).toBe(walkOut(ms, -1, quietHours, zone));
      }),
      { numRuns: 2000 },
    );
  });
});

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function wallTime(minute: number): string {
  return `${String(Math.trunc(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** As a reader of a clock on the wall would find it: `Intl` asked minute by minute, forwards or backwards. */
function walkOut(ms: number, step: 1 | -1, { start, end }: QuietHours, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const quiet = (at: number): boolean => {
    const now = clock.format(at);
    return start <= end ? start <= now && now < end : now >= start || now < end;
  };
  if (!quiet(ms)) return ms;
  let at = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  while (quiet(at)) at += step * MINUTE_MS;
  return at;
}
