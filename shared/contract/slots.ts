import Type from 'typebox';
import { Id, Instant, Interval, LocalDate, TimeZone, Warning } from './common.ts';
import { ruleProperties, PublicEventType } from './event-type.ts';
import { CurrentNotice } from './notice.ts';
import { ScheduleRules } from './schedule.ts';
import { SLOT_REFUSALS } from './reasons.ts';
import { nullable, oneOf, strictObject } from './shape.ts';

/** The most days one query may span; more is refused, not cut. */
export const MAX_RANGE_DAYS = 366;
/** The most busy intervals or bookings one stateless question may carry. */
export const MAX_INTERVALS = 100_000;

const InstantOrDate = Type.String({ format: 'instant-or-date', examples: ['2026-08-03', '2026-08-03T00:00:00Z'] });

export const SlotsQuery = strictObject({
  from: InstantOrDate,
  to: InstantOrDate,
  timeZone: Type.Optional(TimeZone),
  durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  holdId: Type.Optional(Id),
  rescheduleOf: Type.Optional(Id),
  include: Type.Optional(Type.String({ pattern: '^(eventType|notice|brand)(,(eventType|notice|brand))*$' })),
  key: Type.Optional(Type.String({ maxLength: 200 })),
});
export type SlotsQuery = Type.Static<typeof SlotsQuery>;

export const ComputeRequest = strictObject(
  {
    now: Instant,
    from: InstantOrDate,
    to: InstantOrDate,
    timeZone: Type.Optional(TimeZone),
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
    schedule: ScheduleRules,
    rules: strictObject({ ...ruleProperties, maxMeetingsPerDay: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1000 }))) }),
    busy: Type.Optional(Type.Array(Interval, { maxItems: MAX_INTERVALS })),
    bookings: Type.Optional(
      Type.Array(
        strictObject({
          start: Instant,
          end: Instant,
          bufferBeforeMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1440 })),
          bufferAfterMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1440 })),
        }),
        { maxItems: MAX_INTERVALS },
      ),
    ),
    explain: Type.Optional(Type.Boolean()),
  },
  { $id: 'ComputeRequest' },
);
export type ComputeRequest = Type.Static<typeof ComputeRequest>;

export const Slot = Type.Object({ start: Type.String(), end: Type.String() }, { $id: 'Slot' });
export type Slot = Type.Static<typeof Slot>;

export const SlotDay = Type.Object({ date: Type.String(), available: Type.Boolean(), slots: Type.Array(Slot) }, { $id: 'SlotDay' });
export type SlotDay = Type.Static<typeof SlotDay>;

export const CalendarStatus = oneOf(['fresh', 'stale', 'unavailable']);
export type CalendarStatus = Type.Static<typeof CalendarStatus>;

export const SlotVerdict = Type.Object({
  start: Type.String(),
  bookable: Type.Boolean(),
  reason: Type.Optional(Type.String()),
  facts: Type.Optional(Type.Unknown()),
});

export const SlotsAnswer = Type.Object(
  {
    timeZone: Type.String(),
    hostTimeZone: Type.String(),
    durationMinutes: Type.Integer(),
    days: Type.Array(SlotDay),
    calendarStatus: CalendarStatus,
    calendars: Type.Optional(
      Type.Array(Type.Object({ connectionId: Type.String(), status: Type.String(), checkedAt: nullable(Type.String()) })),
    ),
    warnings: Type.Array(Warning),
    explain: Type.Optional(Type.Array(SlotVerdict)),
    eventType: Type.Optional(PublicEventType),
    notice: Type.Optional(nullable(CurrentNotice)),
    brand: Type.Optional(Type.Object({ name: nullable(Type.String()), color: nullable(Type.String()), logoUrl: nullable(Type.String()) })),
  },
  { $id: 'SlotsAnswer' },
);
export type SlotsAnswer = Type.Static<typeof SlotsAnswer>;

export const ExplainQuery = strictObject({
  key: Type.Optional(Type.String({ maxLength: 200 })),
  at: Type.Optional(Instant),
  date: Type.Optional(LocalDate),
  durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  timeZone: Type.Optional(TimeZone),
});

export const SearchRequest = strictObject(
  {
    eventTypeIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    from: InstantOrDate,
    to: InstantOrDate,
    timeZone: Type.Optional(TimeZone),
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  },
  { $id: 'SearchRequest' },
);
export type SearchRequest = Type.Static<typeof SearchRequest>;

export const SimulateRequest = strictObject(
  {
    rules: Type.Optional(strictObject({ ...Type.Partial(Type.Object(ruleProperties)).properties })),
    schedule: Type.Optional(ScheduleRules),
    weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 52, default: 4 })),
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  },
  { $id: 'SimulateRequest' },
);
export type SimulateRequest = Type.Static<typeof SimulateRequest>;

const Verdict = {
  bookable: Type.Boolean(),
  reason: Type.Optional(oneOf(SLOT_REFUSALS)),
  hostId: Type.Optional(Type.String({ description: 'The host who refuses' })),
  facts: Type.Optional(Type.Unknown({ description: 'What the rule looked at: the window, the booking, the limit' })),
};

/** Answer of `?at`: one verdict. Of `?date`: `starts`, every grid start of that host-local date with its verdict. */
export const ExplainAnswer = Type.Object(
  {
    eventTypeId: Type.String(),
    durationMinutes: Type.Integer(),
    timeZone: Type.String(),
    now: Type.String(),
    at: Type.Optional(Type.String()),
    bookable: Type.Optional(Type.Boolean()),
    reason: Type.Optional(oneOf(SLOT_REFUSALS)),
    hostId: Type.Optional(Type.String()),
    facts: Type.Optional(Type.Unknown()),
    hosts: Type.Optional(Type.Array(Type.Object(Verdict))),
    date: Type.Optional(Type.String()),
    hostTimeZone: Type.Optional(Type.String()),
    override: Type.Optional(Type.Unknown()),
    windows: Type.Optional(Type.Array(Slot)),
    starts: Type.Optional(Type.Array(Type.Object({ start: Type.String(), end: Type.String(), ...Verdict }))),
  },
  { $id: 'ExplainAnswer' },
);
export type ExplainAnswer = Type.Static<typeof ExplainAnswer>;

export const SimulateAnswer = Type.Object(
  {
    timeZone: Type.String(),
    gained: Type.Array(Slot),
    lost: Type.Array(Slot),
    outside: Type.Array(
      Type.Object({
        bookingId: Type.String(),
        start: Type.String(),
        end: Type.String(),
        reason: oneOf(SLOT_REFUSALS),
        facts: Type.Unknown(),
      }),
    ),
  },
  { $id: 'SimulateAnswer' },
);
export type SimulateAnswer = Type.Static<typeof SimulateAnswer>;

export const SearchAnswer = Type.Object(
  { timeZone: Type.String(), data: Type.Array(Type.Object({ eventTypeId: Type.String(), first: nullable(Slot), count: Type.Integer() })) },
  { $id: 'SearchAnswer' },
);
export type SearchAnswer = Type.Static<typeof SearchAnswer>;
