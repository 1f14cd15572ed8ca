import type { Hours } from '../../../shared/contract/schedule.ts';
import type { enAvailability } from '../../i18n/en-availability.ts';
import type { Values } from '../../i18n/say.ts';
import { minutesOfAmount, UNIT_MINUTES } from './amount.ts';
import { type Draft, limitOf, type RulesDraft, type ScheduleDraft } from './draft.ts';
import { minutesOf } from './paint-hours.ts';
import { WEEKDAYS } from './week.ts';

/** What is wrong with a field, in words of ours. */
export interface Issue {
  readonly say: keyof typeof enAvailability;
  readonly values?: Values;
}

/** By the id of the control: `hours-monday-0-end`, `travel-1-to`, `bufferAfterMinutes`. */
export type Issues = Readonly<Record<string, Issue>>;

const DAY = UNIT_MINUTES.days;

/** What the server would refuse in a schedule, found before it is asked. */
export function findScheduleIssues({ week, special, travel }: ScheduleDraft): Issues {
  return Object.assign(
    {},
    ...WEEKDAYS.map((day) => hoursIssues(`hours-${day}`, week[day])),
    ...special.map(({ isOff, intervals }, index) => (isOff ? {} : hoursIssues(`special-${index}`, intervals))),
    ...travel.map(({ from, to }, index) => dateIssues(`travel-${index}-from`, `travel-${index}-to`, from, to)),
  ) as Issues;
}

/** The same for the rules of an event type. */
export function findRulesIssues(rules: RulesDraft): Issues {
  const issues: Record<string, Issue> = {};
  const check = (id: string, text: string | number, from: number, to: number) => {
    const value = Number(text);
    if (text === '' || !Number.isInteger(value) || value < from || value > to) issues[id] = { say: 'needNumber', values: { from, to } };
  };
  const checkLimit = (id: string, text: string) => text.trim() !== '' && check(id, text, 1, 100_000);
  if (rules.durationsMinutes.length === 0) issues['otherLength'] = { say: 'needLength' };
  check('bufferBeforeMinutes', rules.bufferBeforeMinutes, 0, DAY);
  check('bufferAfterMinutes', rules.bufferAfterMinutes, 0, DAY);
  const { unit, count } = rules.minimumNotice;
  check('minimumNoticeMinutes', count, 0, Math.floor((366 * DAY) / UNIT_MINUTES[unit]));
  if (rules.windowType === 'rolling') check('windowDays', rules.windowDays, 0, 3650);
  if (rules.windowType === 'range') Object.assign(issues, dateIssues('windowFrom', 'windowTo', rules.windowFrom, rules.windowTo));
  checkLimit('maxPerDay', rules.maxPerDay);
  checkLimit('maxPerWeek', rules.maxPerWeek);
  checkLimit('maxPerMonth', rules.maxPerMonth);
  checkLimit('maxMinutesPerDay', rules.maxMinutesPerDay);
  check('guestLimit', rules.guestLimit, 0, 50);
  rules.reminders.forEach(({ before }, index) => {
    const most = Math.floor((60 * DAY) / UNIT_MINUTES[before.unit]);
    if (before.count.trim() === '' || minutesOfAmount(before) < 1) check(`reminder-${index}`, before.count || -1, 1, most);
    else check(`reminder-${index}`, before.count, 1, most);
  });
  return issues;
}

/** Everything wrong with what is shown: one schedule, one event type's rules, and the host's own limit. */
export function findIssues(draft: Draft, scheduleId: string, eventTypeId: string): Issues {
  const schedule = draft.schedules[scheduleId];
  const rules = draft.rules[eventTypeId];
  const most = limitOf(draft.maxMeetingsPerDay);
  return {
    ...(schedule && findScheduleIssues(schedule)),
    ...(rules && findRulesIssues(rules)),
    ...(most !== null &&
      (!Number.isInteger(most) || most < 1 || most > 1000) && { maxMeetingsPerDay: { say: 'needNumber', values: { from: 1, to: 1000 } } }),
  };
}

/** The issues of a day's blocks; `id` is what their controls' ids begin with. */
export function hoursIssues(id: string, hours: readonly Hours[]): Issues {
  const issues: Record<string, Issue> = {};
  hours.forEach(({ start, end }, block) => {
    if (Number.isNaN(minutesOf(start))) issues[`${id}-${block}-start`] = { say: 'needTime' };
    if (Number.isNaN(minutesOf(end))) issues[`${id}-${block}-end`] = { say: 'needTime' };
    else if (minutesOf(end) <= minutesOf(start)) issues[`${id}-${block}-end`] = { say: 'endAfterStart' };
  });
  return issues;
}

/** The issues of a first and a last day. */
export function dateIssues(fromId: string, toId: string, from: string, to: string): Issues {
  const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
  if (!isDate(from)) return { [fromId]: { say: 'needDate' } };
  if (!isDate(to)) return { [toId]: { say: 'needDate' } };
  return to < from ? { [toId]: { say: 'lastBeforeFirst' } } : {};
}
