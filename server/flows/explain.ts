import { formatInstant } from '../../shared/time/instant.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { parseLocalDate } from '../../shared/time/local-date.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { zoneTable } from '../../shared/time/zone-table.ts';
import type { HostRecord } from '../adapters/db/diaries.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { explainDay } from '../domain/slots/explain-day.ts';
import { judgeStart } from '../domain/slots/judge-start.ts';
import type { SlotVerdict } from '../domain/slots/slot-verdict.ts';
import { questionOf } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayUseEventType } from './event-types.ts';
import { readFreshDiary } from './fresh-diaries.ts';
import { showFacts } from './show-facts.ts';

export interface ExplainQuery {
  readonly at?: string;
  readonly date?: string;
  readonly durationMinutes?: number;
  readonly timeZone?: string;
}

const DAY_MS = 86_400_000;

/**
 * Why a start is or is not offered. `at`: one instant, judged by each host. `date`: every grid start of that host-local date. For hosts and
 * secret keys only, since the reasons would publish the host's diary.
 */
export async function explain(deps: Deps, caller: TenantCaller, eventTypeId: string, query: ExplainQuery): Promise<Outcome<unknown>> {
  const nowMs = deps.clock.nowMs();
  if ((query.at === undefined) === (query.date === undefined)) return refuseField('at', 'or date is required, one of them');
  const date = query.date === undefined ? null : parseLocalDate(query.date);
  const aroundMs = query.at !== undefined ? (parseInstant(query.at) ?? 0) : (date ?? 0) * DAY_MS;
  const diary = await readFreshDiary(deps, caller.tenant.id, eventTypeId, {
    nowMs,
    fromMs: aroundMs - 2 * DAY_MS,
    toMs: aroundMs + 3 * DAY_MS,
  });
  const [first] = diary?.hosts ?? [];
  if (diary === undefined || first === undefined || !mayUseEventType(caller, { host_ids: diary.hosts.map((host) => host.hostId) }))
    return refuse('not_found');
  const durationMinutes = query.durationMinutes ?? diary.settings.durationsMinutes[0] ?? 0;
  if (!diary.settings.durationsMinutes.includes(durationMinutes))
    return refuseField('durationMinutes', `must be one of ${diary.settings.durationsMinutes.join(', ')}`);
  const timeZone =
    (query.timeZone === undefined ? null : canonicaliseTimeZone(query.timeZone)) ?? first.schedule?.timeZone ?? first.timeZone;
  const own = caller.kind === 'room' ? diary.hosts.filter((host) => host.hostId === caller.person.hostId) : diary.hosts;
  const ask = (host: HostRecord) =>
    questionOf(diary, host, { nowMs, fromMs: aroundMs - 2 * DAY_MS, toMs: aroundMs + 3 * DAY_MS, durationMinutes, ignoreOwnerIds: [] });
  const common = { eventTypeId, durationMinutes, timeZone, now: formatInstant(nowMs, timeZone) };

  if (date === null) {
    const verdicts = own.map((host) => ({ hostId: host.hostId, ...showVerdict(judgeStart(ask(host), aroundMs, 'listing'), timeZone) }));
    return succeed({
      ...common,
      at: formatInstant(aroundMs, timeZone),
      ...combine(verdicts, diary.settings.assignment),
      ...(verdicts.length > 1 && { hosts: verdicts }),
    });
  }
  const days = own.map((host) => ({ host, day: explainDay(ask(host), date) }));
  const byStart = new Map<number, { hostId: string; bookable: boolean; reason?: string; facts?: unknown }[]>();
  for (const { host, day } of days) {
    for (const { startMs, verdict } of day.starts)
      byStart.set(startMs, [...(byStart.get(startMs) ?? []), { hostId: host.hostId, ...showVerdict(verdict, timeZone) }]);
  }
  const starts = [...byStart]
    .sort(([a], [b]) => a - b)
    .map(([startMs, verdicts]) => ({
      start: formatInstant(startMs, timeZone),
      end: formatInstant(startMs + durationMinutes * 60_000, timeZone),
      ...combine(completed(verdicts, own, ask, startMs, timeZone), diary.settings.assignment),
    }));
  const [firstDay] = days;
  return succeed({
    ...common,
    date: query.date,
    hostTimeZone: firstDay?.day.timeZone,
    override: firstDay?.day.override ?? null,
    windows: firstDay?.day.windows.map((window) => showFacts(window, zoneTable(timeZone).timeZone)) ?? [],
    starts,
  });
}

type ShownVerdict = { hostId: string; bookable: boolean; reason?: string; facts?: unknown };

/** A start on one host's grid may be off another's: everyone is asked. */
function completed(
  verdicts: ShownVerdict[],
  hosts: readonly HostRecord[],
  ask: (host: HostRecord) => Parameters<typeof judgeStart>[0],
  startMs: number,
  timeZone: string,
): ShownVerdict[] {
  return hosts.map(
    (host) =>
      verdicts.find(({ hostId }) => hostId === host.hostId) ?? {
        hostId: host.hostId,
        ...showVerdict(judgeStart(ask(host), startMs, 'listing'), timeZone),
      },
  );
}

/** All must be free, or any; a refusal names the first host that refuses. */
function combine(
  verdicts: readonly ShownVerdict[],
  assignment: 'single' | 'collective' | 'roundRobin',
): Omit<ShownVerdict, 'hostId'> & { hostId?: string } {
  const refused = verdicts.find(({ bookable }) => !bookable);
  const isBookable = assignment === 'roundRobin' ? verdicts.some(({ bookable }) => bookable) : refused === undefined;
  return isBookable || refused === undefined ? { bookable: true } : refused;
}

function showVerdict(verdict: SlotVerdict, timeZone: string): { bookable: boolean; reason?: string; facts?: unknown } {
  return verdict.bookable ? { bookable: true } : { bookable: false, reason: verdict.reason, facts: showFacts(verdict.facts, timeZone) };
}
