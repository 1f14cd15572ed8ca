import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import type { Meeting } from '../../../server/domain/slots/question.ts';
import { ask, type Asked, EVERY_DAY, meeting, shown, weekly } from './ask.ts';

/** Dates with at least one slot, Monday 3 to Sunday 16 August 2026, in a schedule with one slot an hour from 09:00 to 17:00. */
const FORTNIGHT: Asked = {
  from: '2026-08-03T00:00-04:00',
  to: '2026-08-17T00:00-04:00',
  schedule: { weeklyHours: [weekly('09:00', '17:00', EVERY_DAY)] },
};
const openDates = (asked: Asked, purpose?: 'listing' | 'booking'): string =>
  [...new Set(shown(computeSlots(ask({ ...FORTNIGHT, ...asked }), purpose)).map((text) => text.slice(3, 5)))].join(' ');

const ALL = '03 04 05 06 07 08 09 10 11 12 13 14 15 16';
const monday: Meeting[] = [meeting('2026-08-03T09:00-04:00', 60), meeting('2026-08-03T10:00-04:00', 60)];

describe('limits', () => {
  it('that are reached close the whole day, and one below leaves it open', () => {
    expect(openDates({ meetings: monday, rules: { maxPerDay: 2 } })).toBe('04 05 06 07 08 09 10 11 12 13 14 15 16');
    expect(openDates({ meetings: monday, rules: { maxPerDay: 3 } })).toBe(ALL);
  });

  it('per week close Monday to Sunday', () => {
    expect(openDates({ meetings: monday, rules: { maxPerWeek: 2 } })).toBe('10 11 12 13 14 15 16');
    const sunday = [meeting('2026-08-09T09:00-04:00', 60), meeting('2026-08-09T10:00-04:00', 60)];
    expect(openDates({ meetings: sunday, rules: { maxPerWeek: 2 } })).toBe('10 11 12 13 14 15 16');
  });

  it('per week and month count meetings outside the queried range', () => {
    const before = [meeting('2026-08-01T09:00-04:00', 60)];
    expect(openDates({ meetings: before, rules: { maxPerMonth: 1 } })).toBe('');
    expect(openDates({ meetings: before, rules: { maxPerMonth: 1 }, from: '2026-08-31T00:00-04:00', to: '2026-09-03T00:00-04:00' })).toBe(
      '01 02',
    );
    expect(openDates({ meetings: [meeting('2026-08-03T09:00-04:00', 60)], rules: { maxPerWeek: 1 }, from: '2026-08-05T00:00-04:00' })).toBe(
      '10 11 12 13 14 15 16',
    );
  });

  it('in minutes are reached when this duration does not fit any more', () => {
    expect(openDates({ meetings: monday, rules: { maxMinutesPerDay: 180 } })).toBe(ALL);
    expect(openDates({ meetings: monday, rules: { maxMinutesPerDay: 179 } })).toBe('04 05 06 07 08 09 10 11 12 13 14 15 16');
    expect(openDates({ rules: { maxMinutesPerDay: 59 } })).toBe('');
  });

  it('count a meeting on the date of its start at the host, not in UTC', () => {
    // 20:30 on the 3rd in New York is 00:30 on the 4th in UTC, and the meeting ends on the 4th in New York too.
    const evening = [meeting('2026-08-03T20:30-04:00', 300)];
    expect(openDates({ meetings: evening, rules: { maxPerDay: 1 } })).toBe('04 05 06 07 08 09 10 11 12 13 14 15 16');
  });

  it('of the event type count only its own meetings, those of the host count all', () => {
    const others = monday.map((one) => ({ ...one, sameEventType: false }));
    expect(openDates({ meetings: others, rules: { maxPerDay: 2, maxPerWeek: 2, maxPerMonth: 2, maxMinutesPerDay: 60 } })).toBe(ALL);
    expect(openDates({ meetings: others, maxMeetingsPerDay: 2 })).toBe('04 05 06 07 08 09 10 11 12 13 14 15 16');
  });

  it("of the host are counted by dates in the host's own zone", () => {
    // The schedule is read in New York, the host lives in Tokyo: 09:00-10:59 in New York is the same date there (22:00-23:59), 11:00 the next.
    const meetings = [meeting('2026-08-03T09:00-04:00', 60)];
    const starts = computeSlots(
      ask({ ...FORTNIGHT, hostTimeZone: 'Asia/Tokyo', maxMeetingsPerDay: 1, meetings, to: '2026-08-04T00:00-04:00' }),
    );
    expect(shown(starts)).toEqual(['08-03 11:00', '08-03 12:00', '08-03 13:00', '08-03 14:00', '08-03 15:00', '08-03 16:00']);
  });

  it('follow the host on travel', () => {
    // 03:00 in New York on the 4th is 09:00 in Berlin; the meeting at 18:30 New York time on the 3rd is 00:30 on the 4th in Berlin.
    const schedule = {
      weeklyHours: [weekly('09:00', '11:00', EVERY_DAY)],
      travel: [{ from: '2026-08-04', to: '2026-08-05', timeZone: 'Europe/Berlin' }],
    };
    const meetings = [meeting('2026-08-03T18:30-04:00', 30)];
    expect(openDates({ schedule, meetings, rules: { maxPerDay: 1 }, to: '2026-08-07T00:00-04:00' })).toBe('03 05 06');
  });
});

describe('holds and limits', () => {
  const hold = meeting('2026-08-03T09:00-04:00', 60, { kind: 'hold', ownerId: 'hold_1' });
  const other = meeting('2026-08-03T10:00-04:00', 60, { kind: 'hold', ownerId: 'hold_2' });
  const closed = '04 05 06 07 08 09 10 11 12 13 14 15 16';

  it.each([
    [{ rules: { maxPerDay: 1 } }],
    [{ rules: { maxPerDay: 2 } }],
    [{ rules: { maxPerWeek: 1 } }],
    [{ rules: { maxPerMonth: 2 } }],
    [{ rules: { maxMinutesPerDay: 120 } }],
    [{ maxMeetingsPerDay: 2 }],
  ] satisfies [Asked][])('alone never close a day in a listing: %j', (limit) => {
    expect(openDates({ meetings: [hold, other], ...limit })).toBe(ALL);
    expect(shown(computeSlots(ask({ meetings: [hold, other], ...limit })))).not.toContain('08-03 09:00');
  });

  it('do close it for a booking', () => {
    expect(openDates({ meetings: [hold, other], rules: { maxPerDay: 2 } }, 'booking')).toBe(closed);
    expect(openDates({ meetings: [hold, other], rules: { maxMinutesPerDay: 120 } }, 'booking')).toBe(closed);
    expect(openDates({ meetings: [hold, other], maxMeetingsPerDay: 2 }, 'booking')).toBe(closed);
  });

  it('count beside a booking in both', () => {
    const both = [hold, meeting('2026-08-03T14:00-04:00', 60)];
    expect(openDates({ meetings: both, rules: { maxPerDay: 2 } })).toBe(closed);
    expect(openDates({ meetings: both, rules: { maxPerDay: 2 } }, 'booking')).toBe(closed);
  });
});

describe('the offered times of one proposal', () => {
  const offer = (start: string, ownerId: string): Meeting => meeting(start, 60, { kind: 'proposal', ownerId });
  const offered = [
    offer('2026-08-03T09:00-04:00', 'prop_1'),
    offer('2026-08-03T12:00-04:00', 'prop_1'),
    offer('2026-08-04T09:00-04:00', 'prop_1'),
  ];

  it('count once a day, in meetings and in minutes', () => {
    expect(openDates({ meetings: offered, rules: { maxPerDay: 2 } })).toBe(ALL);
    expect(openDates({ meetings: offered, rules: { maxMinutesPerDay: 120 } })).toBe(ALL);
    expect(openDates({ meetings: offered, maxMeetingsPerDay: 2 })).toBe(ALL);
    expect(openDates({ meetings: offered, rules: { maxPerDay: 1 } })).toBe('05 06 07 08 09 10 11 12 13 14 15 16');
  });

  it('of two proposals count twice', () => {
    const meetings = [...offered, offer('2026-08-03T15:00-04:00', 'prop_2')];
    expect(openDates({ meetings, rules: { maxPerDay: 2 } })).toBe('04 05 06 07 08 09 10 11 12 13 14 15 16');
  });
});
