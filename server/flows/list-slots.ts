import { hash } from 'node:crypto';
import type { SlotsQuery } from '../../shared/contract/slots.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { zoneTable } from '../../shared/time/zone-table.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { type CopyStanding, standingOf, worseOf } from '../domain/calendars/freshness.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { writeDays } from '../domain/slots/group-slots.ts';
import { hostStanding, listStarts, neededUntil, questionOf, type SlotsAsked } from './ask-slots.ts';
import { maySeeBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { readFreshDiary } from './fresh-diaries.ts';
import { readSlotExtras } from './slot-extras.ts';
import { readSlotRange } from './slot-range.ts';
import { warningsOf } from './slot-warnings.ts';

/**
 * The answer as JSON in UTF-8, built once: serialising it costs more than computing it, and encoding it again for every viewer as much as sending it.
 * With its entity tag (RFC 9110, 8.8.3).
 */
export interface SlotsText {
  readonly body: Buffer;
  readonly etag: string;
}

/** What is the same for every viewer of one range in one zone. */
interface Core {
  readonly diary: EventTypeDiary;
  readonly text: string;
  readonly untilMs: number;
  /** How far busy time had to be known, and when the question was put. */
  readonly asked: Pick<SlotsAsked, 'nowMs' | 'fromMs' | 'toMs' | 'durationMinutes'>;
}

/** Answers are kept at most this long, whatever they rest on. */
const LONGEST_MS = 5 * 60_000;
/** With the notice in them, less: a version may begin to count by its date alone. */
const LONGEST_WITH_NOTICE_MS = 10_000;

/** Bookable starts, grouped by the viewer's dates. An unchanged answer comes from this process's cache. */
export async function listSlots(deps: Deps, caller: TenantCaller, eventTypeId: string, query: SlotsQuery): Promise<Outcome<SlotsText>> {
  const { cache } = deps;
  const tenantId = caller.tenant.id;
  const nowMs = deps.clock.nowMs();
  const isShared =
    (caller.kind === 'publishable' || caller.kind === 'secret') && query.holdId === undefined && query.rescheduleOf === undefined;
  const key = `slots ${caller.kind} ${keyOf(eventTypeId, query)} ${query.include ?? ''}`;
  const kept = isShared ? cache.get<SlotsText>(tenantId, key, nowMs) : undefined;
  if (kept !== undefined) return succeed(kept);

  const mark = cache.mark(tenantId);
  const core = await readCore(deps, caller, eventTypeId, query, { nowMs, keeps: !isShared });
  if (!core.ok) return core;
  const { diary } = core.value;
  const extras = await readSlotExtras(deps, caller, diary, query);
  const body = Buffer.from(`${core.value.text}${calendarsFor(caller, core.value)}${extras}}`);
  const answer = { body, etag: `"${hash('sha1', body, 'base64url')}"` };
  if (isShared) {
    const longest = (query.include ?? '').includes('notice') ? LONGEST_WITH_NOTICE_MS : LONGEST_MS;
    const hostIds = diary.hosts.map((host) => host.hostId);
    cache.put(tenantId, key, answer, { mark, untilMs: Math.min(core.value.untilMs, nowMs + longest), hostIds, bytes: body.byteLength });
  }
  return succeed(answer);
}

/** `keeps`: people in rooms share the core of an answer; where the whole answer is kept, keeping its core too would cost the memory twice. */
async function readCore(
  deps: Deps,
  caller: TenantCaller,
  eventTypeId: string,
  query: SlotsQuery,
  { nowMs, keeps }: { readonly nowMs: number; readonly keeps: boolean },
): Promise<Outcome<Core>> {
  const { cache } = deps;
  const tenantId = caller.tenant.id;
  const ignored = await ignoredOwners(deps, caller, query);
  if (!ignored.ok) return ignored;
  const key = `core ${keyOf(eventTypeId, query)}`;
  const kept = ignored.value.length === 0 ? cache.get<Core>(tenantId, key, nowMs) : undefined;
  if (kept !== undefined) return mayAsk(caller, kept.diary) ? succeed(kept) : refuse('not_found');

  const mark = cache.mark(tenantId);
  const viewerZone = query.timeZone === undefined ? null : canonicaliseTimeZone(query.timeZone);
  const roughRange = readSlotRange(query, viewerZone ?? 'UTC');
  if (!roughRange.ok) return roughRange;
  const diary = await readFreshDiary(deps, tenantId, eventTypeId, { nowMs, ...roughRange.value });
  const [firstHost] = diary?.hosts ?? [];
  if (diary === undefined || firstHost === undefined || !mayAsk(caller, diary)) return refuse('not_found');
  const durationMinutes = query.durationMinutes ?? diary.settings.durationsMinutes[0] ?? 0;
  if (!diary.settings.durationsMinutes.includes(durationMinutes)) {
    return refuseField('durationMinutes', `must be one of ${diary.settings.durationsMinutes.join(', ')}`);
  }
  const hostTimeZone = firstHost.schedule?.timeZone ?? firstHost.timeZone;
  const timeZone = viewerZone ?? hostTimeZone;
  const range = viewerZone === null ? readSlotRange(query, timeZone) : roughRange;
  if (!range.ok) return range;
  const asked: SlotsAsked = { nowMs, ...range.value, durationMinutes, ignoreOwnerIds: ignored.value };
  const startsMs = listStarts(diary, asked);
  const warnings = startsMs.length > 0 ? [] : warningsOf(questionOf(diary, firstHost, asked));
  const days = writeDays({ startsMs, durationMinutes, timeZone, ...range.value });
  const head = JSON.stringify({ timeZone, hostTimeZone, durationMinutes }).slice(0, -1);
  const core: Core = {
    diary,
    text: `${head},"days":${days},"calendarStatus":"${statusOf(diary, asked)}","warnings":${JSON.stringify(warnings)}`,
    untilMs: trueUntil(diary, startsMs[0], asked),
    asked,
  };
  if (keeps && ignored.value.length === 0)
    cache.put(tenantId, key, core, {
      mark,
      untilMs: Math.min(core.untilMs, nowMs + LONGEST_MS),
      hostIds: diary.hosts.map((host) => host.hostId),
      bytes: core.text.length,
    });
  return succeed(core);
}

/**
 * The first instant at which time alone makes the answer untrue: the first slot crosses its minimum notice, a hold ends by itself, or a
 * host's midnight moves the rolling window, a calendar's copy stops being fresh.
 */
function trueUntil(diary: EventTypeDiary, firstStartMs: number | undefined, asked: SlotsAsked): number {
  const { nowMs } = asked;
  const ends = diary.hosts.map((host) => nextMidnight(host.schedule?.timeZone ?? host.timeZone, nowMs));
  for (const host of diary.hosts) if (host.nextExpiryMs !== null) ends.push(host.nextExpiryMs);
  for (const host of diary.hosts) ends.push(...calendarEnds(diary, host, asked));
  if (firstStartMs !== undefined) ends.push(firstStartMs - diary.settings.minimumNoticeMinutes * 60_000 + 1);
  return Math.min(...ends);
}

function nextMidnight(timeZone: string, nowMs: number): number {
  const table = zoneTable(timeZone);
  return table.instantAt(table.localDateAt(nowMs) + 1, 0);
}

function keyOf(eventTypeId: string, { from, to, timeZone, durationMinutes }: SlotsQuery): string {
  return JSON.stringify([eventTypeId, from, to, timeZone, durationMinutes]);
}

/** While a calendar cannot be read, the answer may be another one any moment. */
const LONGEST_WITHOUT_CALENDAR_MS = 5000;

function calendarEnds(diary: EventTypeDiary, host: EventTypeDiary['hosts'][number], asked: SlotsAsked): number[] {
  const untilMs = neededUntil(diary, asked);
  return host.calendars.map((copy) =>
    standingOf(copy, asked.nowMs, untilMs) === 'fresh' && copy.freshUntilMs !== null
      ? copy.freshUntilMs
      : asked.nowMs + LONGEST_WITHOUT_CALENDAR_MS,
  );
}

/** Of several hosts of whom any may take the meeting, one who can be read is enough for the answer to be of use. */
function statusOf(diary: EventTypeDiary, asked: SlotsAsked): CopyStanding {
  const standings = diary.hosts.map((host) => hostStanding(diary, host, asked));
  const worst = standings.reduce(worseOf, 'fresh');
  const anyWillDo = diary.settings.assignment === 'roundRobin' && standings.some((standing) => standing !== 'unavailable');
  return worst === 'unavailable' && anyWillDo ? 'stale' : worst;
}

/** For the tenant and the host: each calendar that counts, how fresh, and when it was last read. */
function calendarsFor(caller: TenantCaller, { diary, asked }: Core): string {
  if (!(caller.kind === 'secret' || (caller.kind === 'room' && caller.person.role === 'host'))) return '';
  const hosts = caller.kind === 'room' ? diary.hosts.filter((host) => host.hostId === caller.person.hostId) : diary.hosts;
  const untilMs = neededUntil(diary, asked);
  const calendars = hosts.flatMap((host) =>
    host.calendars.map((copy) => ({
      connectionId: copy.connectionId,
      status: standingOf(copy, asked.nowMs, untilMs),
      checkedAt: copy.checkedAtMs === null ? null : new Date(copy.checkedAtMs).toISOString(),
    })),
  );
  return `,"calendars":${JSON.stringify(calendars)}`;
}

function mayAsk(caller: TenantCaller, diary: EventTypeDiary): boolean {
  switch (caller.kind) {
    case 'secret':
    case 'publishable':
      return true;
    case 'room':
      return diary.hosts.some((host) => host.hostId === caller.person.hostId);
    case 'manage':
      return caller.hostId === null || diary.hosts.some((host) => host.hostId === caller.hostId);
    default:
      return caller satisfies never;
  }
}

/** The booking being moved does not block itself, for those who may move it; a hold does not block its owner. */
async function ignoredOwners(deps: Deps, caller: TenantCaller, query: SlotsQuery): Promise<Outcome<string[]>> {
  const ignored = query.holdId?.startsWith('hold_') === true ? [query.holdId] : [];
  if (query.rescheduleOf === undefined) return succeed(ignored);
  const booking = await findBooking(deps.db, caller.tenant.id, query.rescheduleOf);
  if (booking === undefined || !(await maySeeBooking(deps.db, caller, booking))) return refuse('not_found');
  return succeed([...ignored, booking.booking_id]);
}
