import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import { groupSlots, type SlotList, writeDays } from '../../../server/domain/slots/group-slots.ts';
import { ask, at, EVERY_DAY, weekly } from './ask.ts';

const list = (starts: readonly string[], timeZone: string, from: string, to: string, durationMinutes = 30): SlotList => ({
  startsMs: starts.map(at),
  durationMinutes,
  fromMs: at(from),
  toMs: at(to),
  timeZone,
});

describe('groupSlots', () => {
  it("puts each slot under the viewer's date, with the viewer's offset, and lists empty dates", () => {
    const days = groupSlots(list(['2026-08-03T14:00Z', '2026-08-03T18:30Z'], 'Asia/Kolkata', '2026-08-03T00:00Z', '2026-08-04T18:30Z'));
    expect(days).toEqual([
      { date: '2026-08-03', available: true, slots: [{ start: '2026-08-03T19:30:00+05:30', end: '2026-08-03T20:00:00+05:30' }] },
      { date: '2026-08-04', available: true, slots: [{ start: '2026-08-04T00:00:00+05:30', end: '2026-08-04T00:30:00+05:30' }] },
    ]);
    expect(
      groupSlots(list([], 'Asia/Kolkata', '2026-08-03T00:00Z', '2026-08-05T00:00Z')).map(({ date, available }) => [date, available]),
    ).toEqual([
      ['2026-08-03', false],
      ['2026-08-04', false],
      ['2026-08-05', false],
    ]);
  });

  it('lists no date the range does not touch: to is not in it', () => {
    expect(groupSlots(list([], 'UTC', '2026-08-03T00:00Z', '2026-08-04T00:00Z')).map(({ date }) => date)).toEqual(['2026-08-03']);
    expect(groupSlots(list([], 'UTC', '2026-08-03T00:00Z', '2026-08-03T00:00Z'))).toEqual([]);
  });
});

describe('writeDays', () => {
  it.each(['UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns'])(
    'writes what JSON.stringify makes of groupSlots, over a year with its clock changes, for a viewer in %s',
    (timeZone) => {
      for (const [durationMinutes, slotIntervalMinutes] of [
        [25, 35],
        [90, 45],
        [1440, 1440],
      ] as const) {
        const schedule = { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)] };
        const question = ask({ schedule, durationMinutes, rules: { slotIntervalMinutes }, to: '2027-08-03T00:00-04:00' });
        const slots = { startsMs: computeSlots(question), durationMinutes, fromMs: question.fromMs, toMs: question.toMs, timeZone };
        expect(slots.startsMs.length).toBeGreaterThan(300);
        expect(writeDays(slots)).toBe(JSON.stringify(groupSlots(slots)));
      }
    },
  );

  it('writes seconds, fractions and empty lists the same way', () => {
    const odd = {
      ...list([], 'America/New_York', '2026-08-03T00:00Z', '2026-08-05T00:00Z'),
      startsMs: [at('2026-08-03T14:00:30Z'), at('2026-08-03T14:05:00.250Z')],
    };
    expect(writeDays(odd)).toBe(JSON.stringify(groupSlots(odd)));
    const empty = list([], 'UTC', '2026-08-03T00:00Z', '2026-08-03T00:00Z');
    expect(writeDays(empty)).toBe('[]');
  });

  it('writes both 01:30 of New York on 1 November 2026 under that date', () => {
    const text = writeDays(list(['2026-11-01T05:30Z', '2026-11-01T06:30Z'], 'America/New_York', '2026-11-01T04:00Z', '2026-11-02T05:00Z'));
    expect(JSON.parse(text)).toEqual([
      {
        date: '2026-11-01',
        available: true,
        slots: [
          { start: '2026-11-01T01:30:00-04:00', end: '2026-11-01T01:00:00-05:00' },
          { start: '2026-11-01T01:30:00-05:00', end: '2026-11-01T02:00:00-05:00' },
        ],
      },
    ]);
  });
});
