import * as fc from 'fast-check';
import type { DateOverride, Hours, Meeting, SlotQuestion, SlotRules, Travel, WeeklyHours } from '../../../server/domain/slots/question.ts';
import { DAY_MS, EVERY_DAY, MINUTE_MS, RULES } from './ask.ts';

/** Zones and the law they stand for: DST on both hemispheres, half an hour of it, odd offsets, midnight changes, Ramadan, none. */
const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Santiago',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Pago_Pago',
  'Asia/Gaza',
  'UTC',
];
/** Around clock changes of 2026 and 2027, a month's end, a year's end, and any day. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-09-06',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-12-31',
  '2027-02-28',
  '2027-06-15',
];

const wall = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const anyHours: fc.Arbitrary<Hours> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc
        .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 2 })
        .map((quarters) => quarters.map((one) => one * 15)),
    },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constantFrom([0, 1440], [0, 180], [1320, 1440], [120, 180], [1410, 1440]) },
  )
  .map((minutes) => ({ start: wall(Math.min(...minutes)), end: wall(Math.max(...minutes)) }));

const anyWeekly: fc.Arbitrary<WeeklyHours> = fc
  .tuple(fc.oneof(fc.constant([...EVERY_DAY]), fc.subarray([...EVERY_DAY], { minLength: 1 })), anyHours)
  .map(([days, hours]) => ({ days, ...hours }));

const aroundDays = (baseMs: number): fc.Arbitrary<{ from: string; to: string }> =>
  fc.tuple(fc.integer({ min: -3, max: 5 }), fc.integer({ min: 0, max: 4 })).map(([first, more]) => ({
    from: dateText(baseMs + first * DAY_MS),
    to: dateText(baseMs + (first + more) * DAY_MS),
  }));

const anyOverride = (baseMs: number): fc.Arbitrary<DateOverride> =>
  fc.tuple(aroundDays(baseMs), fc.array(anyHours, { maxLength: 3 })).map(([dates, intervals]) => ({ ...dates, intervals }));

const anyTravel = (baseMs: number): fc.Arbitrary<Travel> =>
  fc.tuple(aroundDays(baseMs), fc.constantFrom(...ZONES)).map(([dates, timeZone]) => ({ ...dates, timeZone }));

const orNull = (cap: fc.Arbitrary<number>): fc.Arbitrary<number | null> => fc.option(cap, { nil: null, freq: 2 });

const anyRules = (baseMs: number): fc.Arbitrary<SlotRules> =>
  fc.record({
    active: fc.constant(true),
    slotIntervalMinutes: fc.constantFrom(7, 15, 20, 30, 45, 60, 90, 1440),
    bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 15, 60, 90),
    bufferAfterMinutes: fc.constantFrom(0, 0, 10, 30, 120),
    minimumNoticeMinutes: fc.constantFrom(0, 0, 120, 1440, 3000),
    bookingWindow: fc.oneof(
      { weight: 2, arbitrary: fc.constant({ type: 'unlimited' } as const) },
      fc.record({ type: fc.constant('rolling' as const), days: fc.integer({ min: 0, max: 12 }), businessDaysOnly: fc.boolean() }),
      aroundDays(baseMs).map((dates) => ({ type: 'range', ...dates }) as const),
    ),
    maxPerDay: orNull(fc.integer({ min: 1, max: 3 })),
    maxPerWeek: orNull(fc.integer({ min: 1, max: 5 })),
    maxPerMonth: orNull(fc.integer({ min: 1, max: 8 })),
    maxMinutesPerDay: orNull(fc.integer({ min: 30, max: 300 })),
  });

const anyMeeting = (baseMs: number): fc.Arbitrary<Meeting> =>
  fc
    .record({
      kind: fc.constantFrom('booking' as const, 'hold' as const, 'proposal' as const),
      owner: fc.integer({ min: 1, max: 4 }),
      startMinute: fc.oneof(fc.integer({ min: 0, max: 96 }), fc.integer({ min: -10 * 96, max: 10 * 96 })).map((quarter) => quarter * 15),
      minutes: fc.constantFrom(15, 30, 60, 120),
      before: fc.constantFrom(0, 15, 45),
      after: fc.constantFrom(0, 10, 60),
      sameEventType: fc.boolean(),
    })
    .map(({ kind, owner, startMinute, minutes, before, after, sameEventType }) => {
      const startMs = baseMs + startMinute * MINUTE_MS;
      const endMs = startMs + minutes * MINUTE_MS;
      return {
        kind,
        ownerId: `${kind}_${owner}`,
        startMs,
        endMs,
        blockedStartMs: startMs - before * MINUTE_MS,
        blockedEndMs: endMs + after * MINUTE_MS,
        sameEventType,
      };
    });

const anyBusy = (baseMs: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: -4 * 288, max: 6 * 288 }), fc.integer({ min: -6, max: 60 })), { maxLength: 12 })
    .map((pairs) => pairs.flatMap(([start, fives]) => [baseMs + start * 5 * MINUTE_MS, baseMs + (start + fives) * 5 * MINUTE_MS]));

/** Any question over two to four days, mostly around a clock change, with some of everything in it. */
export const anyQuestion: fc.Arbitrary<SlotQuestion> = fc
  .constantFrom(...DAYS)
  .map((day) => Date.parse(day))
  .chain((baseMs) =>
    fc.record({
      nowMs: fc.integer({ min: -96 * 8, max: 48 }).map((quarter) => baseMs + quarter * 15 * MINUTE_MS + 1),
      fromMs: fc.integer({ min: -48, max: 24 }).map((half) => baseMs + half * 30 * MINUTE_MS),
      toMs: fc.integer({ min: 24, max: 72 }).map((hour) => baseMs + hour * 60 * MINUTE_MS),
      durationMinutes: fc.constantFrom(15, 30, 45, 60, 90, 240, 1500),
      schedule: fc.record({
        timeZone: fc.constantFrom(...ZONES),
        weeklyHours: fc.array(anyWeekly, { maxLength: 4 }),
        dateOverrides: fc.array(anyOverride(baseMs), { maxLength: 3 }),
        travel: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(anyTravel(baseMs), { maxLength: 2 }) },
        ),
      }),
      rules: fc.oneof({ weight: 2, arbitrary: anyRules(baseMs) }, { weight: 1, arbitrary: fc.constant(RULES) }),
      hostTimeZone: fc.constantFrom(...ZONES),
      maxMeetingsPerDay: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null, freq: 2 }),
      busyMs: anyBusy(baseMs),
      calendarUnavailable: fc.constant(false),
      meetings: fc.array(anyMeeting(baseMs), { maxLength: 6 }),
      ignoreOwnerIds: fc.subarray(['booking_1', 'hold_1', 'proposal_1']),
    }),
  );
