import type { EventTime } from './calendar-event.ts';

export type Frequency = 'secondly' | 'minutely' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

/** `nth` counts within the month or year, from the end when negative; 0 means every one. Monday is 1. */
export interface RuleWeekday {
  readonly weekday: number;
  readonly nth: number;
}

/** A recurrence rule (RFC 5545, 3.3.10); empty lists are parts that were not given. */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  /** At least 1. */
  readonly interval: number;
  readonly count: number | null;
  /** The last moment an instance may start, itself included. */
  readonly until: EventTime | null;
  /** Monday is 1. */
  readonly weekStart: number;
  readonly byMonth: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleWeekday[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
  readonly bySetPos: readonly number[];
}
