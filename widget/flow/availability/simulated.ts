import type { ScheduleRules } from '../../../shared/contract/schedule.ts';
import { changesOf } from './changes.ts';
import type { RulesBody } from './draft.ts';
import { findIssues } from './find-issues.ts';
import { type AvailabilityState, PREVIEW_WEEKS, shownOf } from './state.ts';
import { scheduleBodyOf } from './draft.ts';

/** The rules that decide which times are offered. */
const SLOT_RULES = [
  'durationsMinutes',
  'slotIntervalMinutes',
  'bufferBeforeMinutes',
  'bufferAfterMinutes',
  'minimumNoticeMinutes',
  'bookingWindow',
  'maxPerDay',
  'maxPerWeek',
  'maxPerMonth',
  'maxMinutesPerDay',
] as const;

/** What to ask about before saving; `null` when no times would change, or something is wrong still. */
export function simulated(
  state: AvailabilityState,
): { readonly rules?: RulesBody; readonly schedule?: ScheduleRules; readonly weeks: number } | null {
  const { settings, draft, eventTypeId } = state;
  const shown = shownOf(state);
  if (settings === null || draft === null || shown === null) return null;
  if (Object.keys(findIssues(draft, shown.scheduleId, eventTypeId)).length > 0) return null;
  const changes = changesOf(settings, draft);
  const changed: Record<string, unknown> = { ...changes.eventTypes.find(({ id }) => id === eventTypeId)?.body };
  const rules = Object.fromEntries(SLOT_RULES.filter((rule) => rule in changed).map((rule) => [rule, changed[rule]])) as RulesBody;
  const hasSchedule = changes.schedules.some(({ id }) => id === shown.scheduleId);
  if (!hasSchedule && Object.keys(rules).length === 0) return null;
  return { weeks: PREVIEW_WEEKS, rules, ...(hasSchedule && { schedule: scheduleBodyOf(shown.schedule) }) };
}
