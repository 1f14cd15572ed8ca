import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import { formatInstant } from '../../../shared/time/instant.ts';
import { ask, type Asked, at, clock, EVERY_DAY, hours, meeting, shown, weekly } from './ask.ts';

const clocks = (asked: Asked, zone = 'America/New_York'): string => clock(computeSlots(ask(asked)), zone);
const texts = (asked: Asked, zone = 'America/New_York'): string[] => shown(computeSlots(ask(asked)), zone);

describe('weekly hours', () => {
  it('offer every grid start whose slot ends by the end of the hours', () => {
    expect(clocks({})).toBe('09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00');
    expect(clocks({ durationMinutes: 90 })).toBe('09:00 10:00 11:00 12:00 13:00 14:00 15:00');
    expect(clocks({ rules: { slotIntervalMinutes: 150 } })).toBe('09:00 11:30 14:00');
  });

  it('offer nothing on days that are not named', () => {
    expect(clocks({ from: '2026-08-01T00:00-04:00', to: '2026-08-03T00:00-04:00', now: '2026-07-01T00:00Z' })).toBe('');
  });

  it('join where they touch or overlap, so a slot may lie across the seam, on one grid', () => {
    const weeklyHours = [weekly('13:00', '14:30'), weekly('09:00', '11:00'), weekly('11:00', '12:00'), weekly('10:30', '11:30')];
    expect(clocks({ schedule: { weeklyHours }, durationMinutes: 90 })).toBe('09:00 10:00 13:00');
  });

  it('join across midnight for whether a slot fits, while the grid starts again with each date', () => {
    const weeklyHours = [weekly('22:15', '24:00', ['monday']), weekly('00:00', '01:45', ['tuesday'])];
    const asked: Asked = { schedule: { weeklyHours }, to: '2026-08-05T00:00-04:00', rules: { slotIntervalMinutes: 30 } };
    expect(texts(asked)).toEqual(['08-03 22:15', '08-03 22:45', '08-03 23:15', '08-03 23:45', '08-04 00:00', '08-04 00:30']);
  });

  it('open round the clock give the same starts whatever range is asked about', () => {
    const schedule = { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)] };
    const rules = { slotIntervalMinutes: 50 };
    const week = computeSlots(ask({ schedule, rules, to: '2026-08-10T00:00-04:00' }));
    const fromMs = at('2026-08-05T13:07Z');
    expect(computeSlots(ask({ schedule, rules, to: '2026-08-10T00:00-04:00', fromMs }))).toEqual(week.filter((start) => start >= fromMs));
  });
});

describe('the range', () => {
  it('is half-open: a start at from is in, a start at to is not', () => {
    expect(clocks({ from: '2026-08-03T10:00-04:00', to: '2026-08-03T12:00-04:00' })).toBe('10:00 11:00');
    expect(clocks({ from: '2026-08-03T10:00-04:00', to: '2026-08-03T10:00-04:00' })).toBe('');
    expect(clocks({ from: '2026-08-03T12:00-04:00', to: '2026-08-03T10:00-04:00' })).toBe('');
  });
});

describe('busy time', () => {
  it('takes what it touches by more than an edge, and never moves the grid', () => {
    expect(clocks({ busy: [['2026-08-03T10:00-04:00', '2026-08-03T11:00-04:00']] })).toBe('09:00 11:00 12:00 13:00 14:00 15:00 16:00');
    expect(clocks({ busy: [['2026-08-03T10:20-04:00', '2026-08-03T10:40-04:00']] })).toBe('09:00 11:00 12:00 13:00 14:00 15:00 16:00');
    expect(clocks({ busyMs: [at('2026-08-03T10:59-04:00'), at('2026-08-03T11:00-04:00') + 1] })).toBe(
      '09:00 12:00 13:00 14:00 15:00 16:00',
    );
  });

  it('may be unsorted, overlapping, empty, backwards or no number', () => {
    const pairs: [number, number][] = [
      [at('2026-08-03T15:00-04:00'), at('2026-08-03T16:00-04:00')],
      [at('2026-08-03T09:30-04:00'), at('2026-08-03T12:00-04:00')],
      [at('2026-08-03T10:00-04:00'), at('2026-08-03T10:30-04:00')],
      [at('2026-08-03T13:30-04:00'), at('2026-08-03T13:30-04:00')],
      [at('2026-08-03T14:00-04:00'), at('2026-08-03T12:30-04:00')],
      [NaN, at('2026-08-03T14:30-04:00')],
      [at('2026-08-03T12:30-04:00'), NaN],
    ];
    const busyMs = pairs.flat();
    expect(clocks({ busyMs })).toBe('12:00 13:00 14:00 16:00');
    expect(clocks({ busyMs: Float64Array.from(busyMs) })).toBe('12:00 13:00 14:00 16:00');
    expect(clocks({ busyMs: [at('2026-08-03T12:00-04:00'), Infinity] })).toBe('09:00 10:00 11:00');
    expect(clocks({ busyMs: [-Infinity, Infinity] })).toBe('');
  });

  it('that cannot be read means nothing is free', () => {
    expect(clocks({ calendarUnavailable: true })).toBe('');
  });
});

describe('buffers', () => {
  it('widen the new meeting against outside busy time, on each side by its own', () => {
    const busy: Asked['busy'] = [['2026-08-03T12:00-04:00', '2026-08-03T13:00-04:00']];
    expect(clocks({ busy, rules: { bufferAfterMinutes: 15 } })).toBe('09:00 10:00 13:00 14:00 15:00 16:00');
    expect(clocks({ busy, rules: { bufferBeforeMinutes: 15 } })).toBe('09:00 10:00 11:00 14:00 15:00 16:00');
    expect(clocks({ busy, rules: { bufferBeforeMinutes: 60, bufferAfterMinutes: 60 } })).toBe('09:00 10:00 14:00 15:00 16:00');
  });

  it('of two own meetings add up', () => {
    const meetings = [meeting('2026-08-03T12:00-04:00', 60, { before: 30, after: 30 })];
    expect(clocks({ meetings, rules: { bufferAfterMinutes: 30 } })).toBe('09:00 10:00 14:00 15:00 16:00');
    expect(clocks({ meetings, rules: { slotIntervalMinutes: 30, bufferBeforeMinutes: 30 } })).toBe(
      '09:00 09:30 10:00 10:30 14:00 14:30 15:00 15:30 16:00',
    );
  });

  it('may reach outside the weekly hours', () => {
    expect(clocks({ rules: { bufferBeforeMinutes: 120, bufferAfterMinutes: 120 } })).toBe(
      '09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00',
    );
    expect(clocks({ rules: { bufferBeforeMinutes: 30 }, busy: [['2026-08-03T08:00-04:00', '2026-08-03T08:45-04:00']] })).toMatch(/^10:00/);
    expect(clocks({ rules: { bufferBeforeMinutes: 15 }, busy: [['2026-08-03T08:00-04:00', '2026-08-03T08:45-04:00']] })).toMatch(/^09:00/);
  });
});

describe('meetings', () => {
  const booked = meeting('2026-08-03T12:00-04:00', 60, { ownerId: 'bkg_1' });
  it.each(['booking', 'hold', 'proposal'] as const)('of kind %s take their time', (kind) => {
    expect(clocks({ meetings: [{ ...booked, kind }] })).toBe('09:00 10:00 11:00 13:00 14:00 15:00 16:00');
  });

  it('of an ignored owner neither block nor count', () => {
    expect(clocks({ meetings: [booked], ignoreOwnerIds: ['bkg_1'], rules: { maxPerDay: 1 } })).toBe(
      '09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00',
    );
  });

  it('of other event types block all the same', () => {
    expect(clocks({ meetings: [{ ...booked, sameEventType: false }] })).toBe('09:00 10:00 11:00 13:00 14:00 15:00 16:00');
  });
});

describe('minimum notice', () => {
  it('lets in a start exactly that far ahead', () => {
    expect(clocks({ now: '2026-08-03T10:00-04:00', rules: { minimumNoticeMinutes: 120 } })).toBe('12:00 13:00 14:00 15:00 16:00');
    expect(clocks({ now: '2026-08-03T10:01-04:00', rules: { minimumNoticeMinutes: 120 } })).toBe('13:00 14:00 15:00 16:00');
    expect(clocks({ now: '2026-08-03T12:00-04:00' })).toBe('12:00 13:00 14:00 15:00 16:00');
  });
});

describe('the booking window', () => {
  const dates = (asked: Asked): string[] => [...new Set(texts(asked).map((text) => text.slice(0, 5)))];
  const month: Asked = { from: '2026-08-01T00:00-04:00', to: '2026-09-01T00:00-04:00' };
  const always = { weeklyHours: [weekly('09:00', '10:00', EVERY_DAY)] };

  it('rolling ends with the host-local date so many days on', () => {
    expect(
      dates({
        ...month,
        schedule: always,
        now: '2026-08-07T12:00Z',
        rules: { bookingWindow: { type: 'rolling', days: 2, businessDaysOnly: false } },
      }),
    ).toEqual(['08-07', '08-08', '08-09']);
  });

  it('rolling counts from the date at the host, not from the date in UTC', () => {
    // 02:00 UTC on the 8th is 22:00 on the 7th in New York.
    const rules = { bookingWindow: { type: 'rolling', days: 1, businessDaysOnly: false } } as const;
    expect(dates({ ...month, schedule: always, now: '2026-08-08T02:00Z', rules })).toEqual(['08-08']);
  });

  it('rolling in business days does not count weekends, and keeps those before its end bookable', () => {
    const rules = { bookingWindow: { type: 'rolling', days: 2, businessDaysOnly: true } } as const;
    expect(dates({ ...month, schedule: always, now: '2026-08-07T04:00Z', rules })).toEqual(['08-07', '08-08', '08-09', '08-10', '08-11']);
  });

  it('range has both its dates in it', () => {
    const rules = { bookingWindow: { type: 'range', from: '2026-08-05', to: '2026-08-06' } } as const;
    expect(dates({ ...month, schedule: always, rules })).toEqual(['08-05', '08-06']);
  });
});

describe('a date override', () => {
  const week: Asked = {
    from: '2026-08-03T00:00-04:00',
    to: '2026-08-08T00:00-04:00',
    durationMinutes: 240,
    rules: { slotIntervalMinutes: 240 },
  };
  it('replaces the whole day, closes it when empty, and may span dates', () => {
    const dateOverrides = [
      { from: '2026-08-04', to: '2026-08-05', intervals: [] },
      { from: '2026-08-06', to: '2026-08-06', intervals: [hours('18:00', '22:00')] },
    ];
    expect(texts({ ...week, schedule: { dateOverrides } })).toEqual([
      '08-03 09:00',
      '08-03 13:00',
      '08-06 18:00',
      '08-07 09:00',
      '08-07 13:00',
    ]);
  });

  it('opens a day that is closed otherwise, and the last listed wins', () => {
    const dateOverrides = [
      { from: '2026-08-01', to: '2026-08-31', intervals: [] },
      { from: '2026-08-08', to: '2026-08-08', intervals: [hours('10:00', '14:00')] },
    ];
    expect(texts({ ...week, to: '2026-08-12T00:00-04:00', schedule: { dateOverrides } })).toEqual(['08-08 10:00']);
  });

  it('may be given 366 times', () => {
    const dateOverrides = Array.from({ length: 366 }, (_, i) => {
      const date = new Date(at('2026-08-03T00:00Z') + i * 86_400_000).toISOString().slice(0, 10);
      return { from: date, to: date, intervals: i % 2 === 0 ? [hours('08:00', '12:00')] : [] };
    });
    expect(computeSlots(ask({ ...week, to: '2027-08-04T00:00-04:00', schedule: { dateOverrides } }))).toHaveLength(183);
  });
});

describe('travel', () => {
  const travel = [{ from: '2026-08-04', to: '2026-08-05', timeZone: 'Europe/Berlin' }];
  it('reads the schedule of its dates in the other zone', () => {
    const schedule = { weeklyHours: [weekly('09:00', '11:00')], travel };
    expect(texts({ schedule, to: '2026-08-07T00:00-04:00' })).toEqual([
      '08-03 09:00',
      '08-03 10:00',
      '08-04 03:00',
      '08-04 04:00',
      '08-05 03:00',
      '08-05 04:00',
      '08-06 09:00',
      '08-06 10:00',
    ]);
  });

  it('never offers an instant twice where two dates lie over each other', () => {
    // Monday's evening in New York and Tuesday's small hours in Berlin are the same hours.
    const schedule = { weeklyHours: [weekly('00:00', '24:00', EVERY_DAY)], travel };
    const starts = computeSlots(ask({ schedule, from: '2026-08-03T20:00Z', to: '2026-08-04T06:00Z' }));
    expect(clock(starts, 'UTC')).toBe('20:00 21:00 22:00 23:00 00:00 01:00 02:00 03:00 04:00 05:00');
  });
});

describe('clock changes', () => {
  it('New York, 8 March 2026, 02:00 -> 03:00: hours from 02:30 begin at 03:30, and no start is lost or invented', () => {
    const schedule = { weeklyHours: [weekly('02:30', '05:00', ['sunday'])] };
    const asked: Asked = {
      now: '2026-03-01T00:00Z',
      from: '2026-03-08T00:00-05:00',
      to: '2026-03-09T00:00-04:00',
      rules: { slotIntervalMinutes: 30 },
    };
    expect(clocks({ ...asked, schedule, durationMinutes: 30 })).toBe('03:30 04:00 04:30');
  });

  it.each([
    ['8 March 2026, one hour shorter', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00', '2026-03-08T13:00Z'],
    ['1 November 2026, one hour longer', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00', '2026-11-01T14:00Z'],
  ])('New York, %s: nine on the wall stays nine on the wall, not nine hours after midnight', (_, from, to, nine) => {
    const schedule = { weeklyHours: [weekly('09:00', '10:00', ['sunday'])] };
    expect(computeSlots(ask({ schedule, from, to, now: '2026-01-01T00:00Z' }))).toEqual([at(nine)]);
  });

  it('New York, 8 March 2026: hours wholly inside the missing hour are 02:15-02:45 read as 03:15-03:45', () => {
    const schedule = { weeklyHours: [weekly('02:15', '02:45', ['sunday'])] };
    const asked: Asked = { now: '2026-03-01T00:00Z', from: '2026-03-08T00:00-05:00', to: '2026-03-09T00:00-04:00' };
    expect(clocks({ ...asked, schedule, durationMinutes: 30 })).toBe('03:15');
  });

  it('New York, 1 November 2026, 02:00 -> 01:00: both instants of the repeated hour are offered, told apart by their offset', () => {
    const schedule = { weeklyHours: [weekly('00:00', '03:00', ['sunday'])] };
    const asked: Asked = {
      now: '2026-10-01T00:00Z',
      from: '2026-11-01T00:00-04:00',
      to: '2026-11-02T00:00-05:00',
      rules: { slotIntervalMinutes: 60 },
    };
    expect(computeSlots(ask({ ...asked, schedule })).map((start) => formatInstant(start, 'America/New_York').slice(11))).toEqual([
      '00:00:00-04:00',
      '01:00:00-04:00',
      '01:00:00-05:00',
      '02:00:00-05:00',
    ]);
  });

  it('Lord Howe, 4 October 2026, 02:00 -> 02:30: the grid goes on in elapsed time', () => {
    const schedule = { timeZone: 'Australia/Lord_Howe', weeklyHours: [weekly('01:00', '04:00', ['sunday'])] };
    const asked: Asked = {
      now: '2026-10-01T00:00Z',
      from: '2026-10-03T14:00Z',
      to: '2026-10-04T14:00Z',
      durationMinutes: 30,
      rules: { slotIntervalMinutes: 30 },
    };
    expect(clocks({ ...asked, schedule }, 'Australia/Lord_Howe')).toBe('01:00 01:30 02:30 03:00 03:30');
  });

  it('Cairo, 24 April 2026, 00:00 -> 01:00: the day is 23 hours long and begins at 01:00', () => {
    const schedule = { timeZone: 'Africa/Cairo', weeklyHours: [weekly('00:00', '24:00', ['friday'])] };
    const asked: Asked = { now: '2026-04-01T00:00Z', from: '2026-04-23T20:00Z', to: '2026-04-25T00:00Z' };
    const starts = computeSlots(ask({ ...asked, schedule }));
    expect(starts).toHaveLength(23);
    expect(formatInstant(starts[0] ?? NaN, 'Africa/Cairo')).toBe('2026-04-24T01:00:00+03:00');
  });
});

describe('numbers no rule can work with', () => {
  it.each([
    [{ durationMinutes: 0 }, 'durationMinutes'],
    [{ durationMinutes: -30 }, 'durationMinutes'],
    [{ durationMinutes: NaN }, 'durationMinutes'],
    [{ durationMinutes: Infinity }, 'durationMinutes'],
    [{ rules: { slotIntervalMinutes: 0 } }, 'slotIntervalMinutes'],
    [{ rules: { slotIntervalMinutes: -15 } }, 'slotIntervalMinutes'],
    [{ rules: { slotIntervalMinutes: 1e-9 } }, 'slotIntervalMinutes'],
    [{ rules: { bufferBeforeMinutes: -1 } }, 'bufferBeforeMinutes'],
    [{ rules: { bufferAfterMinutes: NaN } }, 'bufferAfterMinutes'],
    [{ rules: { minimumNoticeMinutes: -1 } }, 'minimumNoticeMinutes'],
    [{ nowMs: NaN }, 'nowMs'],
    [{ fromMs: -Infinity }, 'fromMs'],
    [{ toMs: Infinity }, 'toMs'],
    [{ toMs: at('2027-09-03T00:00Z') }, 'toMs'],
    [{ busyMs: [1] }, 'busyMs'],
  ] satisfies [Asked, string][])('%j is refused by name', (asked, name) => {
    expect(() => computeSlots(ask(asked))).toThrow(new RegExp(`^${name} `));
  });

  it('longer than a day, a slot needs hours that are', () => {
    const schedule = { weeklyHours: [weekly('00:00', '24:00', ['monday', 'tuesday'])] };
    const asked: Asked = { schedule, durationMinutes: 36 * 60, rules: { slotIntervalMinutes: 360 }, to: '2026-08-06T00:00-04:00' };
    expect(texts(asked)).toEqual(['08-03 00:00', '08-03 06:00', '08-03 12:00']);
    expect(texts({ ...asked, durationMinutes: 49 * 60 })).toEqual([]);
  });
});
