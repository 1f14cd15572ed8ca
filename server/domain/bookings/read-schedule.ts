import type { DateOverride, ScheduleRules } from '../../../shared/contract/schedule.ts';
import { canonicaliseTimeZone } from '../../../shared/time/time-zone.ts';
import { type Outcome, refuse, succeed } from '../outcome.ts';
import type { Schedule } from '../slots/question.ts';

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A schedule as it is kept: zones canonical, lists present. The overrides keep their private notes. */
export interface KeptSchedule {
  readonly timeZone: string;
  readonly weeklyHours: ScheduleRules['weeklyHours'];
  readonly dateOverrides: DateOverride[];
  readonly travel: NonNullable<ScheduleRules['travel']>;
}

/** Checks what a schema cannot: that ends follow starts, dates are in order, an override names its dates once. `at` is the path before the fields. */
export function readSchedule(given: ScheduleRules, at = ''): Outcome<KeptSchedule> {
  const issues = [...hoursIssues(given, at), ...overrideIssues(given.dateOverrides ?? [], at), ...travelIssues(given, at)];
  const timeZone = canonicaliseTimeZone(given.timeZone);
  if (timeZone === null) issues.push({ path: `${at}timeZone`, message: 'must be an IANA time zone, such as Asia/Kolkata' });
  const [first] = issues;
  if (first !== undefined || timeZone === null) return refuse('validation_failed', { detail: `${first?.path} ${first?.message}`, issues });
  return succeed({
    timeZone,
    weeklyHours: given.weeklyHours,
    dateOverrides: given.dateOverrides ?? [],
    travel: (given.travel ?? []).map((period) => ({ ...period, timeZone: canonicaliseTimeZone(period.timeZone) ?? period.timeZone })),
  });
}

/** The form the slot rules read: every override as a date range, no notes. */
export function scheduleForSlots(kept: KeptSchedule): Schedule {
  return {
    timeZone: kept.timeZone,
    weeklyHours: kept.weeklyHours,
    dateOverrides: kept.dateOverrides.map((override) => ({
      from: override.date ?? override.from ?? '',
      to: override.date ?? override.to ?? '',
      intervals: override.intervals,
    })),
    travel: kept.travel,
  };
}

const SPLIT =
  'must be after start; hours that pass midnight are written as two blocks, one ending at 24:00 and one starting at 00:00 on the next day';

function hoursIssues(given: ScheduleRules, at: string): Issue[] {
  return given.weeklyHours.flatMap((hours, i) => (hours.end <= hours.start ? [{ path: `${at}weeklyHours.${i}.end`, message: SPLIT }] : []));
}

function overrideIssues(overrides: readonly DateOverride[], at: string): Issue[] {
  return overrides.flatMap((override, i) => {
    const path = `${at}dateOverrides.${i}`;
    const issues: Issue[] = [];
    const { date, from, to } = override;
    if (date === undefined && (from === undefined || to === undefined))
      issues.push({ path: `${path}.date`, message: 'is required, or both from and to' });
    if (date !== undefined && (from !== undefined || to !== undefined))
      issues.push({ path: `${path}.date`, message: 'must stand alone, without from and to' });
    if (from !== undefined && to !== undefined && to < from) issues.push({ path: `${path}.to`, message: 'must not be before from' });
    override.intervals.forEach((hours, k) => {
      if (hours.end <= hours.start) issues.push({ path: `${path}.intervals.${k}.end`, message: SPLIT });
    });
    return issues;
  });
}

function travelIssues(given: ScheduleRules, at: string): Issue[] {
  return (given.travel ?? []).flatMap((period, i) =>
    period.to < period.from ? [{ path: `${at}travel.${i}.to`, message: 'must not be before from' }] : [],
  );
}
