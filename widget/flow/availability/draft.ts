import type { EventType, EventTypeCreate, Reminder } from '../../../shared/contract/event-type.ts';
import type { Host } from '../../../shared/contract/host.ts';
import type { DateOverride, Hours, Schedule, ScheduleRules, Travel } from '../../../shared/contract/schedule.ts';
import { type Amount, amountOf, minutesOfAmount } from './amount.ts';
import { type Week, weekOf, weeklyHoursOf } from './week.ts';

/** What the server said last. */
export interface HostSettings {
  readonly host: Host;
  readonly schedules: readonly Schedule[];
  readonly eventTypes: readonly EventType[];
}

/** A day or days that are not like every week. */
export interface SpecialDays {
  readonly from: string;
  readonly to: string;
  readonly isOff: boolean;
  readonly intervals: readonly Hours[];
  readonly note: string;
}

export interface ScheduleDraft {
  readonly timeZone: string;
  readonly week: Week;
  readonly special: readonly SpecialDays[];
  readonly travel: readonly Travel[];
}

export interface ReminderDraft {
  readonly before: Amount;
  readonly channel: Reminder['channel'];
  readonly to: Reminder['to'];
}

/** Numbers are kept as they were typed, so that nothing is lost while they are wrong. */
export interface RulesDraft {
  readonly durationsMinutes: readonly number[];
  readonly slotIntervalMinutes: number | null;
  readonly bufferBeforeMinutes: string;
  readonly bufferAfterMinutes: string;
  readonly minimumNotice: Amount;
  readonly windowType: 'rolling' | 'range' | 'unlimited';
  readonly windowDays: string;
  readonly businessDaysOnly: boolean;
  readonly windowFrom: string;
  readonly windowTo: string;
  readonly maxPerDay: string;
  readonly maxPerWeek: string;
  readonly maxPerMonth: string;
  readonly maxMinutesPerDay: string;
  readonly confirmation: 'instant' | 'request';
  readonly guestLimit: string;
  readonly message: string;
  readonly reminders: readonly ReminderDraft[];
}

/** What stands on the screen: every schedule and event type the host has, by id. */
export interface Draft {
  readonly schedules: Readonly<Record<string, ScheduleDraft>>;
  readonly rules: Readonly<Record<string, RulesDraft>>;
  readonly maxMeetingsPerDay: string;
}

/** The draft nothing was changed in. */
export function draftOf({ host, schedules, eventTypes }: HostSettings): Draft {
  return {
    schedules: Object.fromEntries(schedules.map((schedule) => [schedule.id, scheduleDraftOf(schedule)])),
    rules: Object.fromEntries(eventTypes.map((eventType) => [eventType.id, rulesDraftOf(eventType)])),
    maxMeetingsPerDay: textOf(host.maxMeetingsPerDay),
  };
}

export function scheduleDraftOf({ timeZone, weeklyHours, dateOverrides, travel }: Schedule): ScheduleDraft {
  const special = dateOverrides.map((override) => ({
    from: override.date ?? override.from ?? '',
    to: override.date ?? override.to ?? '',
    isOff: override.intervals.length === 0,
    intervals: override.intervals,
    note: override.note ?? '',
  }));
  return { timeZone, week: weekOf(weeklyHours), special: special.toSorted((one, other) => one.from.localeCompare(other.from)), travel };
}

export function rulesDraftOf(eventType: EventType): RulesDraft {
  const { bookingWindow: window } = eventType;
  return {
    durationsMinutes: eventType.durationsMinutes,
    slotIntervalMinutes: eventType.slotIntervalMinutes,
    bufferBeforeMinutes: textOf(eventType.bufferBeforeMinutes),
    bufferAfterMinutes: textOf(eventType.bufferAfterMinutes),
    minimumNotice: amountOf(eventType.minimumNoticeMinutes),
    windowType: window.type,
    windowDays: window.type === 'rolling' ? textOf(window.days) : '60',
    businessDaysOnly: window.type === 'rolling' && window.businessDaysOnly === true,
    windowFrom: window.type === 'range' ? window.from : '',
    windowTo: window.type === 'range' ? window.to : '',
    maxPerDay: textOf(eventType.maxPerDay),
    maxPerWeek: textOf(eventType.maxPerWeek),
    maxPerMonth: textOf(eventType.maxPerMonth),
    maxMinutesPerDay: textOf(eventType.maxMinutesPerDay),
    confirmation: eventType.confirmation,
    guestLimit: textOf(eventType.guestLimit),
    message: eventType.message ?? '',
    reminders: eventType.reminders.map(({ minutesBefore, channel, to }) => ({ before: amountOf(minutesBefore), channel, to })),
  };
}

/** The schedule as the API takes it. What is typed wrong goes along wrong: `findIssues` is to be asked before. */
export function scheduleBodyOf({ timeZone, week, special, travel }: ScheduleDraft): Required<ScheduleRules> {
  return {
    timeZone,
    weeklyHours: weeklyHoursOf(week).weeklyHours,
    dateOverrides: special.map(({ from, to, isOff, intervals, note }): DateOverride => ({
      ...(from === to ? { date: from } : { from, to }),
      intervals: isOff ? [] : [...intervals],
      ...(note.trim() !== '' && { note: note.trim() }),
    })),
    travel: [...travel],
  };
}

export type RulesBody = Omit<Partial<EventTypeCreate>, 'hostId' | 'title'>;

/** The rules as the API takes them. */
export function rulesBodyOf(draft: RulesDraft): RulesBody {
  return {
    durationsMinutes: [...draft.durationsMinutes],
    slotIntervalMinutes: draft.slotIntervalMinutes,
    bufferBeforeMinutes: Number(draft.bufferBeforeMinutes),
    bufferAfterMinutes: Number(draft.bufferAfterMinutes),
    minimumNoticeMinutes: minutesOfAmount(draft.minimumNotice),
    bookingWindow: windowOf(draft),
    maxPerDay: limitOf(draft.maxPerDay),
    maxPerWeek: limitOf(draft.maxPerWeek),
    maxPerMonth: limitOf(draft.maxPerMonth),
    maxMinutesPerDay: limitOf(draft.maxMinutesPerDay),
    confirmation: draft.confirmation,
    guestLimit: Number(draft.guestLimit),
    message: draft.message.trim() === '' ? null : draft.message.trim(),
    reminders: draft.reminders.map(({ before, channel, to }) => ({ minutesBefore: minutesOfAmount(before), channel, to })),
  };
}

/** The fields in which `now` differs from `before`: the body of a PATCH, empty when nothing is changed. */
export function changedFields<Body extends object>(before: Body, now: Body): Partial<Body> {
  const keys = Object.keys(now) as (keyof Body)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key])).map((key) => [key, now[key]]),
  ) as Partial<Body>;
}

/** A limit as it is typed; nothing typed is no limit. */
export function limitOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

function windowOf(draft: RulesDraft): EventType['bookingWindow'] {
  switch (draft.windowType) {
    case 'rolling':
      return { type: 'rolling', days: Number(draft.windowDays), ...(draft.businessDaysOnly && { businessDaysOnly: true }) };
    case 'range':
      return { type: 'range', from: draft.windowFrom, to: draft.windowTo };
    default:
      return { type: 'unlimited' };
  }
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
