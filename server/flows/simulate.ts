import type { SimulateRequest } from '../../shared/contract/slots.ts';
import { formatInstant } from '../../shared/time/instant.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { readSchedule } from '../domain/bookings/read-schedule.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { simulate as simulateHost } from '../domain/slots/simulate.ts';
import { listStarts, questionOf, type SlotsAsked } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayUseEventType } from './event-types.ts';
import { readFreshDiary } from './fresh-diaries.ts';
import { showFacts } from './show-facts.ts';

const DAY_MS = 86_400_000;
const DEFAULT_WEEKS = 4;

export interface SimulatedAnswer {
  readonly timeZone: string;
  readonly gained: { start: string; end: string }[];
  readonly lost: { start: string; end: string }[];
  readonly outside: { bookingId: string; start: string; end: string; reason: string; facts: unknown }[];
}

/**
 * What changed rules would do to the listing of the next weeks: starts gained and lost, and bookings that would fall outside. Nothing is
 * changed. A schedule replaces that of the first host.
 */
export async function simulate(
  deps: Deps,
  caller: TenantCaller,
  eventTypeId: string,
  given: SimulateRequest,
): Promise<Outcome<SimulatedAnswer>> {
  const nowMs = deps.clock.nowMs();
  const range = { fromMs: nowMs, toMs: nowMs + (given.weeks ?? DEFAULT_WEEKS) * 7 * DAY_MS };
  const diary = await readFreshDiary(deps, caller.tenant.id, eventTypeId, { nowMs, ...range });
  const [first] = diary?.hosts ?? [];
  if (diary === undefined || first === undefined || !mayUseEventType(caller, { host_ids: diary.hosts.map((host) => host.hostId) }))
    return refuse('not_found');
  const changed = changeDiary(diary, given);
  if (!changed.ok) return changed;
  const durationMinutes = given.durationMinutes ?? changed.value.settings.durationsMinutes[0] ?? 0;
  if (!changed.value.settings.durationsMinutes.includes(durationMinutes))
    return refuseField('durationMinutes', `must be one of ${changed.value.settings.durationsMinutes.join(', ')}`);
  const asked: SlotsAsked = { nowMs, ...range, durationMinutes, ignoreOwnerIds: [] };
  const oldDuration = diary.settings.durationsMinutes.includes(durationMinutes)
    ? durationMinutes
    : (diary.settings.durationsMinutes[0] ?? durationMinutes);
  const before = listStarts(diary, { ...asked, durationMinutes: oldDuration });
  const after = listStarts(changed.value, asked);
  const timeZone = first.schedule?.timeZone ?? first.timeZone;
  const show = (minutes: number) => (startMs: number) => ({
    start: formatInstant(startMs, timeZone),
    end: formatInstant(startMs + minutes * 60_000, timeZone),
  });
  const outside = changed.value.hosts.flatMap((host) => simulateHost(questionOf(changed.value, host, asked), {}).outside);
  return succeed({
    timeZone,
    gained: without(after, before).map(show(durationMinutes)),
    lost: without(before, after).map(show(oldDuration)),
    outside: outside.map(({ ownerId, startMs, endMs, refused }) => ({
      bookingId: ownerId,
      start: formatInstant(startMs, timeZone),
      end: formatInstant(endMs, timeZone),
      reason: refused.reason,
      facts: showFacts(refused.facts, timeZone),
    })),
  });
}

function changeDiary(diary: EventTypeDiary, given: SimulateRequest): Outcome<EventTypeDiary> {
  const settings = { ...diary.settings, ...(given.rules as Partial<EventTypeDiary['settings']>) };
  if (settings.bookingWindow.type === 'range' && settings.bookingWindow.to < settings.bookingWindow.from)
    return refuseField('rules.bookingWindow.to', 'must not be before from');
  if (given.schedule === undefined) return succeed({ ...diary, settings });
  const schedule = readSchedule(given.schedule, 'schedule.');
  if (!schedule.ok) return schedule;
  return succeed({ ...diary, settings, hosts: diary.hosts.map((host, i) => (i === 0 ? { ...host, schedule: schedule.value } : host)) });
}

function without(starts: readonly number[], others: readonly number[]): number[] {
  const known = new Set(others);
  return starts.filter((startMs) => !known.has(startMs));
}
