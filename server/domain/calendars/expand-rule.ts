import { DAY_MS, type LocalDate, weekdayOf } from '../../../shared/time/local-date.ts';
import type { Frequency, RecurrenceRule } from './recurrence-rule.ts';
import { createDayTest } from './rule-days.ts';

/** Work left for everything that is expanded together; a rule that never meets its own conditions would otherwise run for ever. */
export interface StepBudget {
  stepsLeft: number;
}

export interface RuleExpansion {
  readonly rule: RecurrenceRule;
  /** DTSTART. Wall times are written as the instants they would be in UTC. */
  readonly startWallMs: number;
  /** The rule's UNTIL in the same wall time; Infinity where there is none. */
  readonly untilWallMs: number;
  /** Only instances from here on, ... */
  readonly windowFromMs: number;
  /** ... and before here. */
  readonly windowUntilMs: number;
}

/**
 * The starts a recurrence rule makes within a window, ascending, in wall time; null when the budget ran out. Nothing before DTSTART, and
 * DTSTART itself only where the rule names it. Without COUNT the years before the window cost nothing. Source: RFC 5545, 3.3.10.
 */
export function expandRule(expansion: RuleExpansion, budget: StepBudget): number[] | null {
  const { rule, startWallMs } = expansion;
  const endMs = Math.min(expansion.windowUntilMs - 1, expansion.untilWallMs);
  const instancesOf = createPeriodReader(rule, startWallMs, budget);
  const found: number[] = [];
  let counted = 0;
  let index = rule.count === null ? firstPeriod(rule, startWallMs, expansion.windowFromMs) : 0;
  for (; ; index += 1) {
    const period = periodAt(rule, startWallMs, index);
    if (period.fromMs > endMs) return found;
    if (budget.stepsLeft <= 0) return null;
    for (const instanceMs of instancesOf(period)) {
      if (instanceMs < startWallMs) continue;
      if (instanceMs > endMs) return found;
      counted += 1;
      if (rule.count !== null && counted > rule.count) return found;
      if (instanceMs >= expansion.windowFromMs) found.push(instanceMs);
    }
    if (rule.count !== null && counted >= rule.count) return found;
  }
}

interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

const UNIT_MS = { secondly: 1000, minutely: 60_000, hourly: 3_600_000, daily: DAY_MS, weekly: 7 * DAY_MS } as const;

/** The nth stretch the rule looks at: a whole second, ..., a whole year. */
function periodAt(rule: RecurrenceRule, startWallMs: number, index: number): Period {
  const { frequency } = rule;
  if (frequency === 'monthly' || frequency === 'yearly') {
    const monthsLong = frequency === 'yearly' ? 12 : 1;
    const start = new Date(startWallMs);
    const month = (frequency === 'yearly' ? 0 : start.getUTCMonth()) + index * rule.interval * monthsLong;
    return { fromMs: Date.UTC(start.getUTCFullYear(), month, 1), untilMs: Date.UTC(start.getUTCFullYear(), month + monthsLong, 1) };
  }
  const unitMs = UNIT_MS[frequency];
  const fromMs = unitStart(frequency, rule.weekStart, startWallMs) + index * rule.interval * unitMs;
  return { fromMs, untilMs: fromMs + unitMs };
}

function unitStart(frequency: keyof typeof UNIT_MS, weekStart: number, wallMs: number): number {
  if (frequency !== 'weekly') return Math.floor(wallMs / UNIT_MS[frequency]) * UNIT_MS[frequency];
  const date = Math.floor(wallMs / DAY_MS);
  return (date - ((weekdayOf(date) - weekStart + 7) % 7)) * DAY_MS;
}

/** A period that surely ends before the window; estimated from the longest a period can be, so never too late. */
function firstPeriod(rule: RecurrenceRule, startWallMs: number, windowFromMs: number): number {
  const longestMs = LONGEST_MS[rule.frequency] * rule.interval;
  return Math.max(0, Math.floor((windowFromMs - startWallMs) / longestMs) - 1);
}
const LONGEST_MS: Readonly<Record<Frequency, number>> = { ...UNIT_MS, monthly: 31 * DAY_MS, yearly: 366 * DAY_MS };

function createPeriodReader(rule: RecurrenceRule, startWallMs: number, budget: StepBudget): (period: Period) => readonly number[] {
  const isNamed = createDayTest(rule, Math.floor(startWallMs / DAY_MS));
  const timesOf = createTimeReader(rule, startWallMs);
  return (period) => {
    const instances: number[] = [];
    const firstDate: LocalDate = Math.floor(period.fromMs / DAY_MS);
    const lastDate: LocalDate = Math.floor((period.untilMs - 1) / DAY_MS);
    for (let date = firstDate; date <= lastDate; date += 1) {
      budget.stepsLeft -= 1;
      if (!isNamed(date)) continue;
      for (const timeMs of timesOf(period.fromMs - date * DAY_MS)) {
        budget.stepsLeft -= 1;
        instances.push(date * DAY_MS + timeMs);
      }
    }
    return rule.bySetPos.length === 0 ? instances : pickPositions(instances, rule.bySetPos);
  };
}

/** Times of day, in ms after midnight: parts below the frequency expand it, parts at or above limit it. */
function createTimeReader(rule: RecurrenceRule, startWallMs: number): (periodMsOfDay: number) => readonly number[] {
  const start = new Date(startWallMs);
  const byHour = rule.byHour.length > 0 ? rule.byHour : [start.getUTCHours()];
  const byMinute = rule.byMinute.length > 0 ? rule.byMinute : [start.getUTCMinutes()];
  const bySecond = rule.bySecond.length > 0 ? rule.bySecond.map((second) => Math.min(second, 59)) : [start.getUTCSeconds()];
  const allDay = allTimes(byHour, byMinute, bySecond);
  const rank = RANKS[rule.frequency];
  if (rank === 0) return () => allDay;
  return (msOfDay) => {
    const hour = Math.floor(msOfDay / UNIT_MS.hourly);
    const minute = Math.floor(msOfDay / UNIT_MS.minutely) % 60;
    const second = Math.floor(msOfDay / UNIT_MS.secondly) % 60;
    const hours = limit(hour, rule.byHour);
    const minutes = rank >= 2 ? limit(minute, rule.byMinute) : byMinute;
    const seconds = rank >= 3 ? limit(second, rule.bySecond) : bySecond;
    return allTimes(hours, minutes, seconds);
  };
}
const RANKS: Readonly<Record<Frequency, number>> = { secondly: 3, minutely: 2, hourly: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0 };

function limit(value: number, list: readonly number[]): readonly number[] {
  return list.length === 0 || list.includes(value) ? [value] : [];
}

function allTimes(hours: readonly number[], minutes: readonly number[], seconds: readonly number[]): number[] {
  const times = hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1000)));
  return [...new Set(times)].sort((a, b) => a - b);
}

function pickPositions(instances: readonly number[], positions: readonly number[]): number[] {
  const picked = positions.map((position) => instances.at(position > 0 ? position - 1 : position));
  return [...new Set(picked.filter((instanceMs) => instanceMs !== undefined))].sort((a, b) => a - b);
}
