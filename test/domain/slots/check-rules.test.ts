import { describe, expect, it } from 'vitest';
import { checkRules, checkSchedule } from '../../../server/domain/slots/check-rules.ts';
import { ask, type Asked, EVERY_DAY, hours, weekly } from './ask.ts';

const codes = (asked: Asked): string[] => {
  const { schedule, rules, durationMinutes, nowMs } = ask(asked);
  return checkRules(schedule, rules, durationMinutes, nowMs).map(({ code }) => code);
};

describe('checkRules', () => {
  it.each([
    ['nothing wrong', {}, []],
    ['no hours', { schedule: { weeklyHours: [] } }, ['no_hours']],
    [
      'no weekly hours, but an override that opens',
      { schedule: { weeklyHours: [], dateOverrides: [{ from: '2026-09-01', to: '2026-09-01', intervals: [hours('09:00', '12:00')] }] } },
      [],
    ],
    [
      'an override that opens, but is over',
      { schedule: { weeklyHours: [], dateOverrides: [{ from: '2026-07-01', to: '2026-07-01', intervals: [hours('09:00', '12:00')] }] } },
      ['no_hours'],
    ],
    [
      'weekly hours, but closed for years',
      { schedule: { dateOverrides: [{ from: '2026-01-01', to: '2036-01-01', intervals: [] }] } },
      ['no_hours'],
    ],
    ['duration as long as the hours', { durationMinutes: 480 }, []],
    ['duration longer than every window', { durationMinutes: 481 }, ['duration_exceeds_hours']],
    [
      'duration longer than a day, fitting hours joined across midnight',
      { durationMinutes: 1500, schedule: { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)] } },
      [],
    ],
    ['duration above the minutes allowed a day', { rules: { maxMinutesPerDay: 59 } }, ['duration_exceeds_daily_minutes']],
    ['window in the past', { rules: { bookingWindow: { type: 'range', from: '2026-07-01', to: '2026-07-31' } } }, ['window_in_past']],
    [
      'window that ends before it begins',
      { rules: { bookingWindow: { type: 'range', from: '2026-09-02', to: '2026-09-01' } } },
      ['window_in_past'],
    ],
    ['window in the future', { rules: { bookingWindow: { type: 'range', from: '2027-12-01', to: '2027-12-05' } } }, []],
    [
      'notice beyond the window',
      { rules: { minimumNoticeMinutes: 4320, bookingWindow: { type: 'rolling', days: 2, businessDaysOnly: false } } },
      ['notice_beyond_window'],
    ],
    [
      'window on a weekend only',
      { rules: { bookingWindow: { type: 'range', from: '2026-08-08', to: '2026-08-09' } } },
      ['no_hours_in_window'],
    ],
    ['switched off', { rules: { active: false } }, []],
  ] satisfies [string, Asked, string[]][])('%s', (_, asked, expected) => {
    expect(codes(asked)).toEqual(expected);
  });

  it('says it in words with the numbers', () => {
    const { schedule, rules, nowMs } = ask();
    expect(checkRules(schedule, rules, 500, nowMs)[0]?.message).toBe('500 minutes are longer than the longest open hours, 480 minutes.');
  });
});

describe('checkSchedule', () => {
  it('warns of a schedule without hours only', () => {
    const { schedule, nowMs } = ask();
    expect(checkSchedule(schedule, nowMs)).toEqual([]);
    expect(checkSchedule({ ...schedule, weeklyHours: [] }, nowMs).map(({ code }) => code)).toEqual(['no_hours']);
  });
});
