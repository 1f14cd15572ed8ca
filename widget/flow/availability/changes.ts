import type { ScheduleRules } from '../../../shared/contract/schedule.ts';
import { changedFields, type Draft, draftOf, type HostSettings, limitOf, type RulesBody, rulesBodyOf, scheduleBodyOf } from './draft.ts';

/** What a draft changes, ready to be sent; `seen` is the version it was changed from. */
export interface Changes {
  readonly schedules: readonly Changed<Partial<ScheduleRules>>[];
  readonly eventTypes: readonly Changed<RulesBody>[];
  readonly host: Changed<{ maxMeetingsPerDay: number | null }> | null;
}

interface Changed<Body> {
  readonly id: string;
  readonly seen: string;
  readonly body: Body;
}

/** Compares a draft with what the server said last, field by field. */
export function changesOf(settings: HostSettings, draft: Draft): Changes {
  const before = draftOf(settings);
  const { host } = settings;
  return {
    schedules: settings.schedules.flatMap(({ id, updatedAt }) =>
      changed(id, updatedAt, before.schedules[id], draft.schedules[id], scheduleBodyOf),
    ),
    eventTypes: settings.eventTypes.flatMap(({ id, updatedAt }) => changed(id, updatedAt, before.rules[id], draft.rules[id], rulesBodyOf)),
    host:
      limitOf(before.maxMeetingsPerDay) === limitOf(draft.maxMeetingsPerDay)
        ? null
        : { id: host.id, seen: host.updatedAt, body: { maxMeetingsPerDay: limitOf(draft.maxMeetingsPerDay) } },
  };
}

/** Whether there is anything to save. */
export function hasChanges(settings: HostSettings, draft: Draft): boolean {
  const { schedules, eventTypes, host } = changesOf(settings, draft);
  return schedules.length + eventTypes.length > 0 || host !== null;
}

function changed<Part, Body extends object>(
  id: string,
  seen: string,
  before: Part | undefined,
  now: Part | undefined,
  bodyOf: (part: Part) => Body,
): Changed<Partial<Body>>[] {
  if (before === undefined || now === undefined || before === now) return [];
  const body = changedFields(bodyOf(before), bodyOf(now));
  return Object.keys(body).length === 0 ? [] : [{ id, seen, body }];
}
