import type { ScheduleRules } from '../../../shared/contract/schedule.ts';
import type { ComputeRequest, SlotsAnswer } from '../../../shared/contract/slots.ts';
import { computeStateless } from '../../flows/compute-slots.ts';
import { BUSY, GALLERY_NOW } from './cast.ts';
import { OWN_EVENT_TYPE, OWN_HOURS } from './settings-cast.ts';

const WEEK_MS = 7 * 86_400_000;
const { durationsMinutes, slotIntervalMinutes, minimumNoticeMinutes } = OWN_EVENT_TYPE;
const OWN_RULES: ComputeRequest['rules'] = { durationsMinutes, slotIntervalMinutes, minimumNoticeMinutes };

interface Times {
  readonly start: string;
  readonly end: string;
}

/** What changed hours or rules would do to the gallery host's times, by the real slot rules. */
export function simulatedChange(body: Readonly<Record<string, unknown>>): { gained: Times[]; lost: Times[]; outside: never[] } {
  const weeks = typeof body['weeks'] === 'number' ? body['weeks'] : 4;
  const now = offered(OWN_HOURS, OWN_RULES, weeks);
  const then = offered((body['schedule'] ?? OWN_HOURS) as ScheduleRules, { ...OWN_RULES, ...(body['rules'] as object) }, weeks);
  const without = (times: readonly Times[], others: readonly Times[]) => {
    const starts = new Set(others.map(({ start }) => start));
    return times.filter(({ start }) => !starts.has(start));
  };
  return { gained: without(then, now), lost: without(now, then), outside: [] };
}

/** What the host offers in the weeks from now on. */
function offered(schedule: ScheduleRules, rules: ComputeRequest['rules'], weeks: number): Times[] {
  const to = new Date(Date.parse(GALLERY_NOW) + weeks * WEEK_MS).toISOString();
  const computed = computeStateless({
    now: GALLERY_NOW,
    from: GALLERY_NOW,
    to,
    timeZone: 'UTC',
    durationMinutes: 30,
    schedule,
    rules,
    busy: BUSY,
  });
  return computed.ok ? (JSON.parse(computed.value) as SlotsAnswer).days.flatMap(({ slots }) => slots) : [];
}
