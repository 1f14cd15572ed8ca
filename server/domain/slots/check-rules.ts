import { DAY_MS, formatLocalDate } from '../../../shared/time/local-date.ts';
import { bookingWindowDates } from './booking-window.ts';
import { computeSlots } from './compute-slots.ts';
import { HostCalendar } from './host-calendar.ts';
import { openBlocks } from './open-blocks.ts';
import type { Schedule, SlotQuestion, SlotRules } from './question.ts';

export interface RuleWarning {
  readonly code:
    | 'no_hours'
    | 'window_in_past'
    | 'notice_beyond_window'
    | 'duration_exceeds_hours'
    | 'duration_exceeds_daily_minutes'
    | 'no_hours_in_window';
  readonly message: string;
}

const MINUTE_MS = 60_000;
/** A schedule is looked at as far as one query may reach. */
const LOOK_AHEAD_DAYS = 366;

/** Says when a schedule can never yield a slot, whatever is booked with it: it has no hours within the next year. */
export function checkSchedule(schedule: Schedule, nowMs: number): RuleWarning[] {
  return longestWindowMs(schedule, nowMs, LOOK_AHEAD_DAYS) > 0 ? [] : [NO_HOURS];
}

/**
 * Says why rules can never yield a slot even with an empty diary, as of now; an empty list when they can. The rules stay allowed: a host
 * may be in the middle of setting them up.
 */
export function checkRules(schedule: Schedule, rules: SlotRules, durationMinutes: number, nowMs: number): RuleWarning[] {
  const longestMs = longestWindowMs(schedule, nowMs, LOOK_AHEAD_DAYS);
  if (longestMs === 0) return [NO_HOURS];
  const warnings = [...checkDuration(rules, durationMinutes, longestMs), ...checkWindow(schedule, rules, nowMs)];
  if (warnings.length > 0 || !rules.active) return warnings;
  return hasAnySlot(schedule, rules, durationMinutes, nowMs) ? [] : [NO_HOURS_IN_WINDOW];
}

const NO_HOURS: RuleWarning = {
  code: 'no_hours',
  message: 'The schedule has no open hours within the next year, so there is never a slot.',
};
const NO_HOURS_IN_WINDOW: RuleWarning = {
  code: 'no_hours_in_window',
  message: 'Between the minimum notice and the end of the booking window the schedule leaves no time for a slot.',
};

function checkDuration(rules: SlotRules, durationMinutes: number, longestMs: number): RuleWarning[] {
  const warnings: RuleWarning[] = [];
  if (durationMinutes * MINUTE_MS > longestMs) {
    const message = `${durationMinutes} minutes are longer than the longest open hours, ${longestMs / MINUTE_MS} minutes.`;
    warnings.push({ code: 'duration_exceeds_hours', message });
  }
  if (rules.maxMinutesPerDay !== null && durationMinutes > rules.maxMinutesPerDay) {
    const message = `${durationMinutes} minutes are more than the ${rules.maxMinutesPerDay} minutes allowed per day.`;
    warnings.push({ code: 'duration_exceeds_daily_minutes', message });
  }
  return warnings;
}

function checkWindow(schedule: Schedule, rules: SlotRules, nowMs: number): RuleWarning[] {
  const calendar = new HostCalendar(schedule);
  const today = calendar.dateAt(nowMs);
  const { firstDate, lastDate } = bookingWindowDates(rules.bookingWindow, today);
  if (lastDate < firstDate) return [{ code: 'window_in_past', message: 'The booking window ends before it begins.' }];
  if (lastDate < today) return [{ code: 'window_in_past', message: `The booking window ended on ${formatLocalDate(lastDate)}.` }];
  if (calendar.dateAt(nowMs + rules.minimumNoticeMinutes * MINUTE_MS) <= lastDate) return [];
  const message = `The minimum notice of ${rules.minimumNoticeMinutes} minutes reaches beyond the booking window, which ends on ${formatLocalDate(lastDate)}.`;
  return [{ code: 'notice_beyond_window', message }];
}

function longestWindowMs(schedule: Schedule, nowMs: number, days: number): number {
  const calendar = new HostCalendar(schedule);
  const today = calendar.dateAt(nowMs);
  const { startsMs, windowEndsMs } = openBlocks(calendar, today, today + days);
  return startsMs.reduce((longestMs, startMs, i) => Math.max(longestMs, windowEndsMs[i]! - startMs), 0);
}

/** Whether an empty diary has a slot in the first year of the booking window. */
function hasAnySlot(schedule: Schedule, rules: SlotRules, durationMinutes: number, nowMs: number): boolean {
  const calendar = new HostCalendar(schedule);
  const { firstDate } = bookingWindowDates(rules.bookingWindow, calendar.dateAt(nowMs));
  const earliestMs = nowMs + rules.minimumNoticeMinutes * MINUTE_MS;
  const fromMs = Number.isFinite(firstDate) ? Math.max(earliestMs, (firstDate - 1) * DAY_MS) : earliestMs;
  const question: SlotQuestion = {
    schedule,
    rules,
    durationMinutes,
    nowMs,
    fromMs,
    toMs: fromMs + LOOK_AHEAD_DAYS * DAY_MS,
    hostTimeZone: schedule.timeZone,
    maxMeetingsPerDay: null,
    busyMs: [],
    calendarUnavailable: false,
    meetings: [],
    ignoreOwnerIds: [],
  };
  return computeSlots(question).length > 0;
}
