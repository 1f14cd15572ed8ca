import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import { explainDay } from '../../../server/domain/slots/explain-day.ts';
import { judgeStart } from '../../../server/domain/slots/judge-start.ts';
import { SLOT_REFUSALS } from '../../../shared/contract/reasons.ts';
import { parseLocalDate } from '../../../shared/time/local-date.ts';
import { anyQuestion } from './any-question.ts';
import { ask, type Asked, clock, EVERY_DAY, hours, meeting, MINUTE_MS, weekly } from './ask.ts';

const explained = (asked: Asked, date: string): string[] =>
  explainDay(ask(asked), parseLocalDate(date) ?? NaN).starts.map(
    ({ startMs, verdict }) => `${clock([startMs])} ${verdict.bookable ? 'bookable' : verdict.reason}`,
  );

describe('explainDay', () => {
  it('gives every grid start of the date its verdict', () => {
    const asked: Asked = {
      now: '2026-08-03T10:30-04:00',
      rules: { minimumNoticeMinutes: 60, bufferAfterMinutes: 15 },
      durationMinutes: 60,
      busy: [['2026-08-03T13:00-04:00', '2026-08-03T13:30-04:00']],
      meetings: [meeting('2026-08-03T15:00-04:00', 60)],
      schedule: { weeklyHours: [weekly('09:00', '16:30')] },
    };
    expect(explained(asked, '2026-08-03')).toEqual([
      '09:00 past',
      '10:00 past',
      '11:00 minimum_notice',
      '12:00 buffer',
      '13:00 busy',
      '14:00 buffer',
      '15:00 booked',
      '16:00 outside_hours',
    ]);
  });

  it('shows on a date with an override what it opens and what it closes', () => {
    const dateOverrides = [{ from: '2026-08-03', to: '2026-08-03', intervals: [hours('15:00', '18:00')] }];
    const schedule = { weeklyHours: [weekly('13:30', '16:30')], dateOverrides };
    expect(explained({ schedule }, '2026-08-03')).toEqual([
      '13:30 date_override',
      '14:30 date_override',
      '15:00 bookable',
      '16:00 bookable',
      '17:00 bookable',
    ]);
    expect(explainDay(ask({ schedule }), parseLocalDate('2026-08-03') ?? NaN)).toMatchObject({
      timeZone: 'America/New_York',
      override: dateOverrides[0],
    });
  });

  it('has nothing to say of a day without hours', () => {
    expect(explained({}, '2026-08-02')).toEqual([]);
  });

  it('lists in its days every slot the listing has', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const bookable = new Set<number>();
        const first = Math.floor(question.fromMs / 86_400_000) - 2;
        for (let date = first; date <= first + 10; date += 1) {
          for (const { startMs, verdict } of explainDay(question, date).starts) if (verdict.bookable) bookable.add(startMs);
        }
        expect([...bookable].sort((a, b) => a - b).filter((startMs) => startMs >= question.fromMs && startMs < question.toMs)).toEqual(
          computeSlots(question),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('the explanation and the listing', () => {
  it('agree about 100,000 random instants', { timeout: 60_000 }, () => {
    const seen = { bookable: 0, refused: new Map<string, number>() };
    const questions = fc.sample(anyQuestion, { numRuns: 400, seed: 20_260_803 });
    questions.push(
      ask({ schedule: { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)] } }),
      ask({ rules: { active: false } }),
      ask({ calendarUnavailable: true }),
    );
    // Plain remainders serve as luck, so that a failure can be run again; two of three instants lie where a grid may lie.
    let luck = 1;
    for (let i = 0; i < 100_000; i += 1) {
      const question = questions[i % questions.length]!;
      luck = (luck * 48_271) % 2_147_483_647;
      const span = question.toMs - question.fromMs;
      const rough = question.fromMs + (luck % span);
      const startMs = i % 3 === 0 ? rough : Math.min(Math.ceil(rough / (15 * MINUTE_MS)) * 15 * MINUTE_MS, question.toMs - 1);
      const listed = listingOf(question).has(startMs);
      const verdict = judgeStart(question, startMs, 'listing');
      if (verdict.bookable !== listed)
        throw new Error(`${startMs} of ${JSON.stringify(question)}: listed ${listed}, ${JSON.stringify(verdict)}`);
      if (verdict.bookable) seen.bookable += 1;
      else seen.refused.set(verdict.reason, (seen.refused.get(verdict.reason) ?? 0) + 1);
    }
    expect(seen.bookable).toBeGreaterThan(2000);
    expect([...seen.refused.keys()].sort()).toEqual([...SLOT_REFUSALS].sort());
  });
});

const listings = new Map<unknown, Set<number>>();

function listingOf(question: ReturnType<typeof ask>): Set<number> {
  const known = listings.get(question) ?? new Set(computeSlots(question));
  listings.set(question, known);
  return known;
}
