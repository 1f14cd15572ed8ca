import type { SearchRequest } from '../../shared/contract/slots.ts';
import { formatInstant } from '../../shared/time/instant.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { type Outcome, succeed } from '../domain/outcome.ts';
import { listStarts } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayUseEventType } from './event-types.ts';
import { readFreshDiaries } from './fresh-diaries.ts';
import { readSlotRange } from './slot-range.ts';

export interface FoundSlots {
  readonly eventTypeId: string;
  readonly first: { readonly start: string; readonly end: string } | null;
  readonly count: number;
}

/** The first slot and the number of slots of up to 200 event types, read in one round trip. What the caller may not see is left out. */
export async function searchSlots(
  deps: Deps,
  caller: TenantCaller,
  given: SearchRequest,
): Promise<Outcome<{ timeZone: string; data: FoundSlots[] }>> {
  const nowMs = deps.clock.nowMs();
  const timeZone = (given.timeZone === undefined ? null : canonicaliseTimeZone(given.timeZone)) ?? 'UTC';
  const range = readSlotRange(given, timeZone);
  if (!range.ok) return range;
  const diaries = await readFreshDiaries(deps, caller.tenant.id, given.eventTypeIds, { nowMs, ...range.value });
  const byId = new Map(diaries.map((diary) => [diary.eventTypeId, diary]));
  const data = given.eventTypeIds.flatMap((eventTypeId): FoundSlots[] => {
    const diary = byId.get(eventTypeId);
    if (diary === undefined || !mayUseEventType(caller, { host_ids: diary.hosts.map((host) => host.hostId) })) return [];
    const { durationsMinutes } = diary.settings;
    const durationMinutes = given.durationMinutes ?? durationsMinutes[0] ?? 0;
    if (!durationsMinutes.includes(durationMinutes)) return [{ eventTypeId, first: null, count: 0 }];
    const starts = listStarts(diary, { nowMs, ...range.value, durationMinutes, ignoreOwnerIds: [] });
    const [first] = starts;
    return [
      {
        eventTypeId,
        first:
          first === undefined
            ? null
            : { start: formatInstant(first, timeZone), end: formatInstant(first + durationMinutes * 60_000, timeZone) },
        count: starts.length,
      },
    ];
  });
  return succeed({ timeZone, data });
}
