import type { SlotQuestion, WeeklyHours } from '../../../../server/domain/slots/question.ts';
import { canonicaliseTimeZone } from '../../../../shared/time/time-zone.ts';
import { ask, EVERY_DAY, weekly } from '../ask.ts';

/** Four kinds of opening hours that clock changes treat differently: not at all, across midnight, with both ends in the skipped hours, all of it. */
export const KINDS: Readonly<Record<string, readonly WeeklyHours[]>> = {
  office: [weekly('09:00', '17:00')],
  night: [weekly('22:00', '24:00', EVERY_DAY), weekly('00:00', '06:00', EVERY_DAY)],
  earlyMorning: [weekly('01:30', '02:30', EVERY_DAY)],
  wholeDay: [weekly('00:00', '24:00', EVERY_DAY)],
};

/** The local year 2027 of every zone, from UTC+14 to UTC-12. */
export const YEAR = { fromMs: Date.parse('2026-12-31T10:00Z'), toMs: Date.parse('2028-01-01T12:00Z') };
export const DURATION_MINUTES = 60;
export const INTERVAL_MINUTES = 30;

/** Every zone the runtime knows, and the fixed ones of the database. */
export const ALL_ZONES: readonly string[] = [
  ...new Set([
    ...Intl.supportedValuesOf('timeZone').map((name) => canonicaliseTimeZone(name) ?? name),
    'UTC',
    ...Array.from({ length: 14 }, (_, i) => `Etc/GMT-${i + 1}`),
    ...Array.from({ length: 12 }, (_, i) => `Etc/GMT+${i + 1}`),
  ]),
].sort();

export function yearQuestion(timeZone: string, weeklyHours: readonly WeeklyHours[]): SlotQuestion {
  return ask({
    ...YEAR,
    nowMs: YEAR.fromMs,
    durationMinutes: DURATION_MINUTES,
    rules: { slotIntervalMinutes: INTERVAL_MINUTES },
    schedule: { timeZone, weeklyHours },
  });
}
