import { type EventTypeDiary, readDiaries } from '../adapters/db/diaries.ts';
import { standingOf } from '../domain/calendars/freshness.ts';
import { neededUntil, widened } from './ask-slots.ts';
import type { Deps } from './deps.ts';
import { refreshBusy } from './refresh-busy.ts';

const DAY_MS = 86_400_000;
/** A listing waits this long for calendars, all together; what is not there by then arrives for the next one. */
const BUDGET_MS = 1500;
/** Calendars read at once for one request. */
const AT_ONCE = 8;

export interface DiariesAsked {
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Diaries whose copies of outside calendars are as fresh as could be had in time: those too old, or not reaching as far as is asked, are read first. While a
 * calendar fails, it is not asked again before its back-off ends.
 */
export async function readFreshDiaries(
  deps: Deps,
  tenantId: string,
  eventTypeIds: readonly string[],
  asked: DiariesAsked,
): Promise<EventTypeDiary[]> {
  const diaries = await readDiaries(deps.db, tenantId, eventTypeIds, widened(asked));
  const wanted = wantedReadings(diaries, asked);
  if (wanted.size === 0) return diaries;
  await withinBudget(readAll(deps, tenantId, [...wanted]));
  return readDiaries(deps.db, tenantId, eventTypeIds, widened(asked));
}

export async function readFreshDiary(
  deps: Deps,
  tenantId: string,
  eventTypeId: string,
  asked: DiariesAsked,
): Promise<EventTypeDiary | undefined> {
  const [diary] = await readFreshDiaries(deps, tenantId, [eventTypeId], asked);
  return diary;
}

/** Connection -> days ahead it must reach. */
function wantedReadings(diaries: readonly EventTypeDiary[], asked: DiariesAsked): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const diary of diaries) {
    const untilMs = neededUntil(diary, { ...asked, durationMinutes: Math.max(...diary.settings.durationsMinutes) });
    for (const { calendars } of diary.hosts) {
      for (const copy of calendars) {
        const mayAsk = copy.status === 'ok' || (copy.status === 'failing' && copy.nextAtMs <= asked.nowMs);
        if (!mayAsk || standingOf(copy, asked.nowMs, untilMs) === 'fresh') continue;
        const reachDays = Math.ceil((untilMs - asked.nowMs) / DAY_MS) + 1;
        wanted.set(copy.connectionId, Math.max(wanted.get(copy.connectionId) ?? 0, Math.min(reachDays, 800)));
      }
    }
  }
  return wanted;
}

async function readAll(deps: Deps, tenantId: string, wanted: readonly [string, number][]): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let one = wanted[next++]; one !== undefined; one = wanted[next++]) {
      await refreshBusy(deps, tenantId, one[0], { reachDays: one[1] });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted.length) }, work));
}

/** What takes longer goes on by itself; its failures are the calendar's and written down there. */
async function withinBudget(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const isOver = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, BUDGET_MS);
  });
  await Promise.race([work.catch(() => {}), isOver]);
  clearTimeout(timer);
}
