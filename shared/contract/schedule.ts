import Type from 'typebox';
import { Id, Instant, LocalDate, Name, ShortText, TimeZone, Warning, WallTime, WallTimeEnd } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const Weekday = oneOf(WEEKDAYS);

export const Hours = strictObject({ start: WallTime, end: WallTimeEnd });
export type Hours = Type.Static<typeof Hours>;

export const WeeklyHours = strictObject({
  days: Type.Array(Weekday, { minItems: 1, maxItems: 7, uniqueItems: true }),
  start: WallTime,
  end: WallTimeEnd,
});
export type WeeklyHours = Type.Static<typeof WeeklyHours>;

/** Either `date`, or `from` and `to` (both included). */
export const DateOverride = strictObject({
  date: Type.Optional(LocalDate),
  from: Type.Optional(LocalDate),
  to: Type.Optional(LocalDate),
  intervals: Type.Array(Hours, { maxItems: 50 }),
  note: Type.Optional(nullable(ShortText)),
});
export type DateOverride = Type.Static<typeof DateOverride>;

export const Travel = strictObject({ from: LocalDate, to: LocalDate, timeZone: TimeZone });
export type Travel = Type.Static<typeof Travel>;

/** The part the slot rules read; also what the stateless endpoint takes. */
export const ScheduleRules = strictObject({
  timeZone: TimeZone,
  weeklyHours: Type.Array(WeeklyHours, { maxItems: 100 }),
  dateOverrides: Type.Optional(Type.Array(DateOverride, { maxItems: 1000 })),
  travel: Type.Optional(Type.Array(Travel, { maxItems: 200 })),
});
export type ScheduleRules = Type.Static<typeof ScheduleRules>;

export const ScheduleCreate = strictObject(
  { hostId: Id, name: Type.Optional(Name), ...ScheduleRules.properties },
  { $id: 'ScheduleCreate' },
);
export type ScheduleCreate = Type.Static<typeof ScheduleCreate>;

/** The same without the host, for the schedule a host is made with. */
export const HostSchedule = strictObject({ name: Type.Optional(Name), ...ScheduleRules.properties, timeZone: Type.Optional(TimeZone) });
export type HostSchedule = Type.Static<typeof HostSchedule>;

export const Schedule = Type.Object(
  {
    id: Type.String(),
    hostId: Type.String(),
    name: Type.String(),
    timeZone: Type.String(),
    weeklyHours: Type.Array(WeeklyHours),
    dateOverrides: Type.Array(DateOverride),
    travel: Type.Array(Travel),
    warnings: Type.Optional(Type.Array(Warning)),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'Schedule' },
);
export type Schedule = Type.Static<typeof Schedule>;
export const SchedulePage = pageOf(Schedule);
