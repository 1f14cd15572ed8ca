import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import { groupSlots } from '../../../server/domain/slots/group-slots.ts';
import { judgeStart } from '../../../server/domain/slots/judge-start.ts';
import type { SlotQuestion } from '../../../server/domain/slots/question.ts';
import { anyQuestion } from './any-question.ts';
import { ask, at, EVERY_DAY, meeting, MINUTE_MS, weekly } from './ask.ts';

const anyPurpose = fc.constantFrom('listing' as const, 'booking' as const);
const anyViewer = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const withBusy = (question: SlotQuestion, ...pairs: number[]): SlotQuestion => ({ ...question, busyMs: [...question.busyMs, ...pairs] });
/** Some instant in or near the question's range; half of them on a quarter of an hour, where grids are. */
const anyInstant = (question: SlotQuestion, luck: number): number => {
  const ms = question.fromMs - 3_600_000 + luck * (question.toMs - question.fromMs + 7_200_000);
  return (Math.floor(luck * 1e6) & 1) === 0 ? Math.round(ms / (15 * MINUTE_MS)) * 15 * MINUTE_MS : Math.round(ms);
};

describe('whatever the question,', () => {
  it("the viewer's zone never changes the set of instants, only the date each stands under", () => {
    fc.assert(
      fc.property(anyQuestion, anyViewer, (question, timeZone) => {
        const startsMs = computeSlots(question);
        const { fromMs, toMs, durationMinutes } = question;
        const days = groupSlots({ startsMs, durationMinutes, fromMs, toMs, timeZone });
        const slots = days.flatMap(({ date, slots }) => slots.map((slot) => ({ date, ...slot })));
        expect(slots.map(({ start }) => Date.parse(start))).toEqual(startsMs);
        expect(slots.every(({ date, start }) => start.startsWith(date))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('adding busy time never adds a slot, and takes exactly those whose blocked range it meets', () => {
    const anyBusy = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 600 }));
    fc.assert(
      fc.property(anyQuestion, anyBusy, (question, [luck, minutes]) => {
        const busyFrom = anyInstant(question, luck);
        const busyUntil = busyFrom + minutes * MINUTE_MS;
        const { bufferBeforeMinutes, bufferAfterMinutes } = question.rules;
        const untouched = computeSlots(question).filter((startMs) => {
          const blockedFrom = startMs - bufferBeforeMinutes * MINUTE_MS;
          const blockedUntil = startMs + (question.durationMinutes + bufferAfterMinutes) * MINUTE_MS;
          return busyFrom === busyUntil || blockedUntil <= busyFrom || busyUntil <= blockedFrom;
        });
        expect(computeSlots(withBusy(question, busyFrom, busyUntil))).toEqual(untouched);
      }),
      { numRuns: 1000 },
    );
  });

  it('listing and booking agree: every listed slot is bookable and every bookable start is listed', () => {
    fc.assert(
      fc.property(anyQuestion, anyPurpose, (question, purpose) => {
        const listed = new Set(computeSlots(question, purpose));
        for (let startMs = question.fromMs; startMs < question.toMs; startMs += 15 * MINUTE_MS) {
          expect([startMs, judgeStart(question, startMs, purpose).bookable]).toEqual([startMs, listed.has(startMs)]);
        }
        for (const startMs of listed) expect(judgeStart(question, startMs, purpose)).toEqual({ bookable: true });
      }),
      { numRuns: 150 },
    );
  });

  it('edges are half-open: time busy up to the blocked range, or from its end, takes nothing; one millisecond more takes the slot', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(), (question, pick) => {
        const starts = computeSlots(question);
        const startMs = starts[pick % Math.max(starts.length, 1)];
        if (startMs === undefined) return;
        const from = startMs - question.rules.bufferBeforeMinutes * MINUTE_MS;
        const until = startMs + (question.durationMinutes + question.rules.bufferAfterMinutes) * MINUTE_MS;
        const isListed = (...busy: number[]): boolean => computeSlots(withBusy(question, ...busy)).includes(startMs);
        expect(isListed(from - 3_600_000, from, until, until + 3_600_000)).toBe(true);
        expect(isListed(from - 3_600_000, from + 1)).toBe(false);
        expect(isListed(until - 1, until + 3_600_000)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('removing a booking restores exactly what it took, and moving it never meets itself', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(), anyPurpose, (question, pick, purpose) => {
        const free = computeSlots(question, purpose);
        const startMs = free[pick % Math.max(free.length, 1)];
        if (startMs === undefined) return;
        const { rules, durationMinutes } = question;
        const endMs = startMs + durationMinutes * MINUTE_MS;
        const blockedStartMs = startMs - rules.bufferBeforeMinutes * MINUTE_MS;
        const blockedEndMs = endMs + rules.bufferAfterMinutes * MINUTE_MS;
        const made = { kind: 'booking', ownerId: 'bkg_new', startMs, endMs, blockedStartMs, blockedEndMs, sameEventType: true } as const;
        const booked = { ...question, meetings: [...question.meetings, made] };
        expect(computeSlots(booked, purpose)).not.toContain(startMs);
        expect(free).toEqual(expect.arrayContaining(computeSlots(booked, purpose)));
        expect(computeSlots({ ...booked, ignoreOwnerIds: [...question.ignoreOwnerIds, 'bkg_new'] }, purpose)).toEqual(free);
      }),
      { numRuns: 400 },
    );
  });

  it('a range asked about in two parts gives the same slots as asked about whole', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0, max: 1, noNaN: true }), (question, luck) => {
        const middle = Math.min(Math.max(anyInstant(question, luck), question.fromMs), question.toMs);
        const parts = [...computeSlots({ ...question, toMs: middle }), ...computeSlots({ ...question, fromMs: middle })];
        expect(parts).toEqual(computeSlots(question));
      }),
      { numRuns: 1000 },
    );
  });

  it('starts ascend, none comes twice, and all lie in the range', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const starts = computeSlots(question);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        expect(starts.every((startMs) => startMs >= question.fromMs && startMs < question.toMs)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the repeated hour', () => {
  it.each([
    ['America/New_York', '2026-11-01', 60],
    ['Europe/Berlin', '2026-10-25', 60],
    ['Australia/Lord_Howe', '2026-04-05', 30],
    ['America/St_Johns', '2026-11-01', 60],
    ['Africa/Casablanca', '2026-02-15', 60],
  ])('in %s on %s has both its instants offered and none twice: the day has %i minutes more', (timeZone, date, more) => {
    const dayBefore = at(`${date}T00:00Z`) - 86_400_000;
    const schedule = { timeZone, weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)] };
    const question = ask({
      schedule,
      nowMs: dayBefore - 86_400_000,
      fromMs: dayBefore,
      toMs: dayBefore + 3 * 86_400_000,
      durationMinutes: 15,
      rules: { slotIntervalMinutes: 15 },
    });
    const { durationMinutes, fromMs, toMs } = question;
    const days = groupSlots({ startsMs: computeSlots(question), durationMinutes, fromMs, toMs, timeZone });
    const slots = days.find((day) => day.date === date)?.slots ?? [];
    expect(slots).toHaveLength((1440 + more) / 15);
    expect(new Set(slots.map(({ start }) => start)).size).toBe(slots.length);
    expect(new Set(slots.map(({ start }) => start.slice(0, 16))).size).toBe(1440 / 15);
  });
});

describe('ten thousand busy intervals', () => {
  it('unsorted and overlapping give the right answer', () => {
    const question = ask({ to: '2027-08-03T00:00-04:00', durationMinutes: 30, rules: { slotIntervalMinutes: 15, bufferBeforeMinutes: 5 } });
    const pairs = Array.from({ length: 10_000 }, (_, i) => {
      const start = question.fromMs + ((i * 7919) % 10_000) * 52 * MINUTE_MS;
      return [start, start + ((i * 31) % 45) * MINUTE_MS] as const;
    });
    const open = computeSlots(question);
    const expected = open.filter(
      (startMs) => !pairs.some(([from, until]) => from < until && from < startMs + 30 * MINUTE_MS && startMs - 5 * MINUTE_MS < until),
    );
    expect(expected.length).toBeGreaterThan(500);
    expect(open.length - expected.length).toBeGreaterThan(1000);
    expect(computeSlots({ ...question, busyMs: pairs.flat() })).toEqual(expected);
    const meetings = pairs.map(([from, until], i) => ({
      ...meeting('2026-08-03T00:00Z', 0),
      ownerId: `bkg_${i}`,
      blockedStartMs: from,
      blockedEndMs: until,
    }));
    expect(computeSlots({ ...question, meetings })).toEqual(expected);
  });
});
