import { describe, expect, it } from 'vitest';
import { simulate } from '../../../server/domain/slots/simulate.ts';
import { ask, hours, meeting, RULES, shown, weekly } from './ask.ts';

describe('simulate', () => {
  const question = ask({
    schedule: { weeklyHours: [weekly('09:00', '12:00')] },
    meetings: [meeting('2026-08-03T11:00-04:00', 60, { ownerId: 'bkg_1' })],
  });

  it('says which slots other hours would add and take, and which bookings would fall outside', () => {
    const simulated = simulate(question, {
      schedule: { ...question.schedule, weeklyHours: [weekly('10:00', '11:00'), weekly('13:00', '14:00')] },
    });
    expect(shown(simulated.gainedMs)).toEqual(['08-03 13:00']);
    expect(shown(simulated.lostMs)).toEqual(['08-03 09:00']);
    expect(simulated.outside.map(({ ownerId, refused }) => [ownerId, refused.reason])).toEqual([['bkg_1', 'outside_hours']]);
  });

  it('changes nothing when nothing changes', () => {
    expect(simulate(question, {})).toEqual({ gainedMs: [], lostMs: [], outside: [] });
  });

  it('counts a booking as outside by closed hours only, not by the grid, the notice, a limit or its own time', () => {
    const rules = { ...RULES, slotIntervalMinutes: 45, minimumNoticeMinutes: 100_000, maxPerDay: 1 };
    expect(simulate(question, { rules }).outside).toEqual([]);
    const holiday = { from: '2026-08-01', to: '2026-08-10', intervals: [] };
    const closed = simulate(question, { rules, schedule: { ...question.schedule, dateOverrides: [holiday] } });
    expect(closed.outside.map(({ refused }) => refused.reason)).toEqual(['date_override']);
    const half = { from: '2026-08-03', to: '2026-08-03', intervals: [hours('11:30', '12:30')] };
    expect(simulate(question, { schedule: { ...question.schedule, dateOverrides: [half] } }).outside).toHaveLength(1);
  });

  it('leaves out bookings that are over and those behind the range', () => {
    const none = { schedule: { ...question.schedule, weeklyHours: [] } };
    expect(simulate({ ...question, nowMs: question.toMs }, none).outside).toEqual([]);
    expect(simulate({ ...question, toMs: question.fromMs + 1 }, none).outside).toEqual([]);
  });
});
