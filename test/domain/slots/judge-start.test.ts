import { describe, expect, it } from 'vitest';
import { judgeAlreadyHeld } from '../../../server/domain/slots/judge-already-held.ts';
import { judgeStart } from '../../../server/domain/slots/judge-start.ts';
import { SLOT_REFUSALS } from '../../../shared/contract/reasons.ts';
import { ask, type Asked, at, EVERY_DAY, hours, meeting, weekly } from './ask.ts';

const NOON = '2026-08-03T12:00-04:00';
const noonMs = at(NOON);
const judge = (asked: Asked, start = NOON) => judgeStart(ask(asked), at(start));
const refused = (asked: Asked, start = NOON) => {
  const verdict = judge(asked, start);
  if (verdict.bookable) throw new Error('bookable');
  return verdict;
};

describe('judgeStart names the first rule that refuses, with its facts:', () => {
  it('event_type_inactive', () => {
    expect(refused({ rules: { active: false } })).toMatchObject({ reason: 'event_type_inactive', facts: {} });
  });

  it('past, one millisecond after the start', () => {
    expect(refused({ nowMs: noonMs + 1 })).toMatchObject({ reason: 'past', facts: { nowMs: noonMs + 1 } });
    expect(judge({ nowMs: noonMs })).toEqual({ bookable: true });
  });

  it('minimum_notice, one millisecond too late', () => {
    const rules = { minimumNoticeMinutes: 60 };
    expect(judge({ rules, nowMs: noonMs - 3_600_000 })).toEqual({ bookable: true });
    const facts = { earliestMs: noonMs + 1, minimumNoticeMinutes: 60 };
    expect(refused({ rules, nowMs: noonMs - 3_600_000 + 1 })).toMatchObject({ reason: 'minimum_notice', facts });
  });

  it('beyond_window, after its end and before its beginning', () => {
    const rolling = { bookingWindow: { type: 'rolling', days: 1, businessDaysOnly: false } } as const;
    expect(refused({ rules: rolling })).toMatchObject({
      reason: 'beyond_window',
      facts: { localDate: '2026-08-03', firstDate: null, lastDate: '2026-08-02' },
    });
    const range = { bookingWindow: { type: 'range', from: '2026-08-04', to: '2026-08-05' } } as const;
    expect(refused({ rules: range })).toMatchObject({
      reason: 'beyond_window',
      facts: { localDate: '2026-08-03', firstDate: '2026-08-04', lastDate: '2026-08-05' },
    });
  });

  it('date_override, also for a slot that would run into the next day, which is closed', () => {
    const holiday = { from: '2026-08-03', to: '2026-08-07', intervals: [] };
    expect(refused({ schedule: { dateOverrides: [holiday] } })).toMatchObject({
      reason: 'date_override',
      facts: { localDate: '2026-08-03', override: holiday },
    });
    const half = { from: '2026-08-03', to: '2026-08-03', intervals: [hours('09:00', '12:00')] };
    expect(refused({ schedule: { dateOverrides: [half] } })).toMatchObject({ reason: 'date_override' });
    const closed = { from: '2026-08-04', to: '2026-08-04', intervals: [] };
    const night = { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)], dateOverrides: [closed] };
    expect(refused({ schedule: night, durationMinutes: 120 }, '2026-08-03T23:00-04:00')).toMatchObject({
      reason: 'date_override',
      facts: { localDate: '2026-08-04' },
    });
  });

  it('outside_hours, with the open windows of that date', () => {
    const windows = [{ startMs: at('2026-08-03T09:00-04:00'), endMs: at('2026-08-03T17:00-04:00') }];
    const facts = { localDate: '2026-08-03', timeZone: 'America/New_York', windows };
    expect(refused({}, '2026-08-03T08:00-04:00')).toMatchObject({ reason: 'outside_hours', facts });
    expect(refused({}, '2026-08-03T16:30-04:00')).toMatchObject({ reason: 'outside_hours', facts });
    expect(refused({}, '2026-08-03T17:00-04:00')).toMatchObject({ reason: 'outside_hours', facts });
    expect(refused({}, '2026-08-02T12:00-04:00')).toMatchObject({ reason: 'outside_hours', facts: { windows: [] } });
  });

  it('off_grid, with the starts before and after', () => {
    const facts = { blockStartMs: at('2026-08-03T09:00-04:00'), slotIntervalMinutes: 60, previousMs: noonMs, nextMs: noonMs + 3_600_000 };
    expect(refused({}, '2026-08-03T12:30-04:00')).toMatchObject({ reason: 'off_grid', facts });
    expect(judgeStart(ask(), noonMs + 1)).toMatchObject({ reason: 'off_grid', facts: { previousMs: noonMs } });
    expect(refused({ rules: { slotIntervalMinutes: 480 } }, '2026-08-03T16:00-04:00')).toMatchObject({
      reason: 'off_grid',
      facts: { nextMs: null },
    });
  });

  it('calendar_unavailable', () => {
    expect(refused({ calendarUnavailable: true })).toMatchObject({ reason: 'calendar_unavailable' });
  });

  it('busy, with the interval', () => {
    const busy: Asked['busy'] = [['2026-08-03T12:59-04:00', '2026-08-03T14:00-04:00']];
    const facts = { startMs: at('2026-08-03T12:59-04:00'), endMs: at('2026-08-03T14:00-04:00') };
    expect(refused({ busy })).toMatchObject({ reason: 'busy', facts });
    expect(judge({ busy: [['2026-08-03T13:00-04:00', '2026-08-03T14:00-04:00']] })).toEqual({ bookable: true });
    expect(judge({ busy: [['2026-08-03T11:00-04:00', '2026-08-03T12:00-04:00']] })).toEqual({ bookable: true });
  });

  it('booked and held, with the owner', () => {
    const facts = { ownerId: 'own_1', startMs: noonMs, endMs: noonMs + 1_800_000 };
    for (const [kind, reason] of [
      ['booking', 'booked'],
      ['hold', 'held'],
      ['proposal', 'held'],
    ] as const) {
      const meetings = [meeting(NOON, 30, { kind, ownerId: 'own_1' })];
      expect(refused({ meetings })).toMatchObject({ reason, facts: { ...facts, kind } });
      expect(judge({ meetings, ignoreOwnerIds: ['own_1'] })).toEqual({ bookable: true });
    }
  });

  it('buffer, when only what is widened meets', () => {
    const meetings = [meeting('2026-08-03T13:15-04:00', 30, { before: 10, ownerId: 'own_1' })];
    expect(judge({ meetings, rules: { bufferAfterMinutes: 5 } })).toEqual({ bookable: true });
    expect(refused({ meetings, rules: { bufferAfterMinutes: 6 } })).toMatchObject({
      reason: 'buffer',
      facts: {
        blocked: { startMs: noonMs, endMs: at('2026-08-03T13:06-04:00') },
        takenMs: { startMs: at('2026-08-03T13:05-04:00'), endMs: at('2026-08-03T13:45-04:00') },
        meeting: { ownerId: 'own_1' },
      },
    });
    const busy: Asked['busy'] = [['2026-08-03T11:30-04:00', '2026-08-03T11:55-04:00']];
    expect(refused({ busy, rules: { bufferBeforeMinutes: 10 } })).toMatchObject({ reason: 'buffer', facts: { meeting: null } });
    expect(judge({ busy, rules: { bufferBeforeMinutes: 5 } })).toEqual({ bookable: true });
  });

  const morning = [meeting('2026-08-03T09:00-04:00', 60), meeting('2026-08-03T10:00-04:00', 60)];
  it.each([
    ['daily_limit', { rules: { maxPerDay: 2 } }, { limit: 2, used: 2, from: '2026-08-03' }],
    ['daily_minutes_limit', { rules: { maxMinutesPerDay: 179 } }, { limit: 179, used: 120, from: '2026-08-03' }],
    ['weekly_limit', { rules: { maxPerWeek: 2 } }, { limit: 2, used: 2, from: '2026-08-03' }],
    ['monthly_limit', { rules: { maxPerMonth: 2 } }, { limit: 2, used: 2, from: '2026-08-01' }],
    ['host_daily_limit', { maxMeetingsPerDay: 2 }, { limit: 2, used: 2, from: '2026-08-03' }],
  ] as const)('%s, with how much is used', (reason, limit, facts) => {
    expect(refused({ ...limit, meetings: morning })).toMatchObject({ reason, facts });
  });

  it('the earlier of two that hold, for every neighbouring pair in the order of the contract', () => {
    // Each row makes its reason hold and leaves all earlier ones alone; together they make every later one hold as well.
    const limits: Asked = {
      rules: { maxPerDay: 1, maxMinutesPerDay: 60, maxPerWeek: 1, maxPerMonth: 1, bufferAfterMinutes: 30 },
      maxMeetingsPerDay: 1,
    };
    const near = meeting('2026-08-03T13:15-04:00', 30, { ownerId: 'near' });
    const held = meeting(NOON, 60, { kind: 'hold', ownerId: 'held' });
    const booked = meeting(NOON, 60, { ownerId: 'booked' });
    const busy: Asked['busy'] = [[NOON, '2026-08-03T13:00-04:00']];
    const everything: Asked = { ...limits, meetings: [near, held, booked], busy };
    const range = { bookingWindow: { type: 'range', from: '2026-08-10', to: '2026-08-11' } } as const;
    const override = { dateOverrides: [{ from: '2026-08-03', to: '2026-08-03', intervals: [hours('13:00', '14:00')] }] };
    const but = (rules: NonNullable<Asked['rules']>, more: Asked = {}): Asked => ({
      ...everything,
      calendarUnavailable: true,
      ...more,
      rules: { ...limits.rules, ...rules },
    });
    const rows: [Asked, string][] = [
      [but({ active: false, ...range }, { nowMs: noonMs + 1, schedule: override }), NOON],
      [but({ minimumNoticeMinutes: 60, ...range }, { nowMs: noonMs + 1, schedule: override }), NOON],
      [but({ minimumNoticeMinutes: 60, ...range }, { nowMs: noonMs, schedule: override }), NOON],
      [but(range, { schedule: override }), NOON],
      [but({ slotIntervalMinutes: 50 }, { schedule: override }), NOON],
      [but({ slotIntervalMinutes: 50 }, { schedule: { weeklyHours: [weekly('13:00', '14:00')] } }), NOON],
      [but({ slotIntervalMinutes: 50 }), NOON],
      [{ ...everything, calendarUnavailable: true }, NOON],
      [everything, NOON],
      [{ ...limits, meetings: [near, held, booked] }, NOON],
      [{ ...limits, meetings: [near, held] }, NOON],
      [{ ...limits, meetings: [near] }, NOON],
      [{ ...limits, meetings: morning }, NOON],
      [{ ...limits, rules: { ...limits.rules, maxPerDay: null }, meetings: morning }, NOON],
      [{ ...limits, rules: { maxPerWeek: 1, maxPerMonth: 1 }, meetings: morning }, NOON],
      [{ ...limits, rules: { maxPerMonth: 1 }, meetings: morning }, NOON],
      [{ maxMeetingsPerDay: 1, meetings: morning }, NOON],
    ];
    expect(rows.map(([asked, start]) => refused(asked, start).reason)).toEqual(SLOT_REFUSALS);
  });

  it('nothing about a start that is no number: it throws', () => {
    for (const startMs of [NaN, Infinity, -Infinity]) expect(() => judgeStart(ask(), startMs)).toThrow(RangeError);
  });
});

describe('judgeAlreadyHeld', () => {
  it('looks neither at notice nor window, hours, grid or limits', () => {
    const rules = {
      minimumNoticeMinutes: 600,
      maxPerDay: 1,
      bookingWindow: { type: 'range', from: '2027-01-01', to: '2027-01-02' },
    } as const;
    const question = ask({ rules, schedule: { weeklyHours: [] }, nowMs: noonMs - 1, meetings: [meeting('2026-08-03T15:00-04:00', 60)] });
    expect(judgeAlreadyHeld(question, noonMs)).toEqual({ bookable: true });
  });

  it('looks at busy time and at the claims of others, and not at its own', () => {
    const own = meeting(NOON, 60, { kind: 'hold', ownerId: 'hold_1' });
    expect(judgeAlreadyHeld(ask({ meetings: [own], ignoreOwnerIds: ['hold_1'] }), noonMs)).toEqual({ bookable: true });
    expect(judgeAlreadyHeld(ask({ meetings: [own] }), noonMs)).toMatchObject({ reason: 'held' });
    expect(judgeAlreadyHeld(ask({ busy: [[NOON, '2026-08-03T12:01-04:00']] }), noonMs)).toMatchObject({ reason: 'busy' });
    expect(judgeAlreadyHeld(ask({ calendarUnavailable: true }), noonMs)).toMatchObject({ reason: 'calendar_unavailable' });
  });
});
