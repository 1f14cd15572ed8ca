import { describe, expect, it } from 'vitest';
import { nearestSlots } from '../../../server/domain/slots/nearest-slots.ts';
import { ask, type Asked, at, meeting, shown } from './ask.ts';

const nearest = (asked: Asked, wanted: string, count?: number): string[] => shown(nearestSlots(ask(asked), at(wanted), count));

describe('nearestSlots', () => {
  it('names up to three other starts, the nearest first and the earlier of two equally near', () => {
    const meetings = [meeting('2026-08-03T12:00-04:00', 60)];
    expect(nearest({ meetings }, '2026-08-03T12:00-04:00')).toEqual(['08-03 11:00', '08-03 13:00', '08-03 10:00']);
    expect(nearest({ meetings }, '2026-08-03T12:00-04:00', 1)).toEqual(['08-03 11:00']);
  });

  it('looks over a weekend and past the queried range', () => {
    expect(nearest({}, '2026-08-08T12:00-04:00')).toEqual(['08-07 16:00', '08-07 15:00', '08-07 14:00']);
  });

  it('looks forward only from now, also for a wanted start long past', () => {
    expect(nearest({ now: '2026-08-03T12:30-04:00' }, '2026-08-03T12:00-04:00')).toEqual(['08-03 13:00', '08-03 14:00', '08-03 15:00']);
    expect(nearest({}, '2020-01-01T00:00Z')).toEqual(['08-03 09:00', '08-03 10:00', '08-03 11:00']);
  });

  it('never names a start a booking would be refused, holds and limits included', () => {
    const holds = [meeting('2026-08-03T12:00-04:00', 60, { kind: 'hold' })];
    expect(nearest({ meetings: holds, rules: { maxPerDay: 1 } }, '2026-08-03T12:00-04:00', 2)).toEqual(['08-04 09:00', '08-04 10:00']);
  });

  it('names none when there is none', () => {
    expect(nearest({ calendarUnavailable: true }, '2026-08-03T12:00-04:00')).toEqual([]);
    expect(nearest({ schedule: { weeklyHours: [] } }, '2026-08-03T12:00-04:00')).toEqual([]);
  });
});
