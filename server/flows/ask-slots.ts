import type { SlotRefusal } from '../../shared/contract/reasons.ts';
import { formatInstant } from '../../shared/time/instant.ts';
import type { DiaryRange, EventTypeDiary, HostRecord } from '../adapters/db/diaries.ts';
import { diariesStatement } from '../adapters/db/diaries.ts';
import type { Db } from '../adapters/db/schema.ts';
import { runStatement, type Statement } from '../adapters/db/statement.ts';
import { DEFAULT_MINIMUM_NOTICE_MINUTES, DEFAULT_ROLLING_DAYS, slotRulesOf } from '../domain/bookings/event-type-settings.ts';
import { blockingPairs, type CopyStanding, standingOf, worseOf } from '../domain/calendars/freshness.ts';
import { scheduleForSlots } from '../domain/bookings/read-schedule.ts';
import { chooseHost, intersectStarts, uniteStarts } from '../domain/slots/combine-hosts.ts';
import { computeSlots } from '../domain/slots/compute-slots.ts';
import { judgeAlreadyHeld } from '../domain/slots/judge-already-held.ts';
import { judgeStart } from '../domain/slots/judge-start.ts';
import type { SlotQuestion } from '../domain/slots/question.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is asked of an event type, whoever asks. */
export interface SlotsAsked {
  readonly nowMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly durationMinutes: number;
  readonly ignoreOwnerIds: readonly string[];
}

/** Reads the diary widely enough for every rule: buffers and long meetings reach over the edge, caps count whole weeks and months. */
export async function readDiaryFor(
  db: Db,
  tenantId: string,
  eventTypeId: string,
  asked: Pick<SlotsAsked, 'nowMs' | 'fromMs' | 'toMs'>,
): Promise<EventTypeDiary | undefined> {
  return runStatement(db, diaryStatementFor(tenantId, eventTypeId, asked));
}

/** The same as a statement, to be run together with others. */
export function diaryStatementFor(
  tenantId: string,
  eventTypeId: string,
  asked: Pick<SlotsAsked, 'nowMs' | 'fromMs' | 'toMs'>,
  reachMs = WIDEST_REACH_MS,
): Statement<EventTypeDiary | undefined> {
  const { read, ...statement } = diariesStatement(tenantId, [eventTypeId], widened(asked, reachMs));
  return { ...statement, read: (rows) => read(rows)[0] };
}

/** The range that has to be read so that every rule can be judged in the range asked for. */
export function widened({ nowMs, fromMs, toMs }: Pick<SlotsAsked, 'nowMs' | 'fromMs' | 'toMs'>, reachMs = WIDEST_REACH_MS): DiaryRange {
  return { nowMs, fromMs: fromMs - reachMs, toMs: toMs + reachMs };
}

/** The two days by which zones and buffers may reach over what is counted. */
const EDGE_DAYS = 2;
/** What is counted may be a month. */
const WIDEST_REACH_MS = (31 + EDGE_DAYS) * DAY_MS;

/**
 * How far from a start its diary has to be read to judge it: as far as the event type's limits count, a host's own always counting days. Whom several
 * hosts' turns fall to is told by what each has before and behind it.
 */
export function reachToJudge({ assignment, maxPerMonth, maxPerWeek }: EventTypeDiary['settings']): number {
  if (assignment === 'roundRobin' || maxPerMonth !== null) return WIDEST_REACH_MS;
  return ((maxPerWeek === null ? 1 : 7) + EDGE_DAYS) * DAY_MS;
}

/** The question for one host. */
export function questionOf(diary: EventTypeDiary, host: HostRecord, asked: SlotsAsked): SlotQuestion {
  const defaults = { minimumNoticeMinutes: DEFAULT_MINIMUM_NOTICE_MINUTES, rollingDays: DEFAULT_ROLLING_DAYS };
  return {
    ...asked,
    rules: slotRulesOf(diary.settings, asked.durationMinutes, defaults),
    schedule:
      host.schedule === null
        ? { timeZone: host.timeZone, weeklyHours: [], dateOverrides: [], travel: [] }
        : scheduleForSlots(host.schedule),
    hostTimeZone: host.timeZone,
    maxMeetingsPerDay: host.maxMeetingsPerDay,
    busyMs: blockingPairs(host.calendars),
    calendarUnavailable: hostStanding(diary, host, asked) === 'unavailable',
    meetings: host.meetings,
  };
}

/** What the copies of a host's calendars are worth for this question, all together. */
export function hostStanding(diary: EventTypeDiary, host: HostRecord, asked: Omit<SlotsAsked, 'ignoreOwnerIds'>): CopyStanding {
  const untilMs = neededUntil(diary, asked);
  return host.calendars.map((copy) => standingOf(copy, asked.nowMs, untilMs)).reduce(worseOf, 'fresh');
}

/** How far busy time has to be known: to the end of the last meeting that may begin in the range, or that may begin at all. */
export function neededUntil(
  { settings }: Pick<EventTypeDiary, 'settings'>,
  { nowMs, toMs, durationMinutes }: Pick<SlotsAsked, 'nowMs' | 'toMs' | 'durationMinutes'>,
): number {
  const { bookingWindow: window } = settings;
  const week = window.type === 'rolling' && window.businessDaysOnly ? 7 / 5 : 1;
  const windowEndMs =
    window.type === 'rolling'
      ? nowMs + (Math.ceil(window.days * week) + 4) * DAY_MS
      : window.type === 'range'
        ? Date.parse(window.to) + 2 * DAY_MS
        : Infinity;
  return Math.min(toMs, windowEndMs) + (durationMinutes + settings.bufferAfterMinutes) * 60_000;
}

/** Every bookable start of the event type in the range, ascending: free for its host, for all of several, or for any of them. */
export function listStarts(diary: EventTypeDiary, asked: SlotsAsked): number[] {
  const lists = diary.hosts.map((host) => computeSlots(questionOf(diary, host, asked)));
  return diary.settings.assignment === 'roundRobin' ? uniteStarts(lists) : intersectStarts(lists);
}

export type Judgement =
  | { readonly bookable: true; readonly hostIds: readonly string[] }
  | { readonly bookable: false; readonly reason: SlotRefusal; readonly hostId: string; readonly facts: unknown };

/** Whether one start is bookable, by the same function as the listing, and which hosts take the meeting. */
export function judgeDiary(diary: EventTypeDiary, startMs: number, asked: Omit<SlotsAsked, 'fromMs' | 'toMs'>): Judgement {
  const range = { fromMs: startMs, toMs: startMs + 1 };
  const verdicts = diary.hosts.map((host) => ({ host, verdict: judgeStart(questionOf(diary, host, { ...asked, ...range }), startMs) }));
  const free = verdicts.filter(({ verdict }) => verdict.bookable).map(({ host }) => host);
  const refused = verdicts.find(({ verdict }) => !verdict.bookable);
  const needsAll = diary.settings.assignment !== 'roundRobin';
  if (refused !== undefined && !refused.verdict.bookable && (needsAll || free.length === 0)) {
    return { bookable: false, reason: refused.verdict.reason, hostId: refused.host.hostId, facts: refused.verdict.facts };
  }
  if (needsAll) return { bookable: true, hostIds: diary.hosts.map((host) => host.hostId) };
  const chosen = chooseHost(free.map((host) => ({ hostId: host.hostId, ...loadOf(host, asked.nowMs) })));
  if (chosen === null) throw new Error('judgeDiary: an event type without hosts');
  return { bookable: true, hostIds: [chosen.hostId] };
}

/**
 * Whether a start that a hold, request or proposal keeps for these hosts may become a meeting: it was judged when it was kept, so only busy
 * time and other owners' claims are looked at again. Name the keeper in `ignoreOwnerIds`.
 */
export function judgeHeld(
  diary: EventTypeDiary,
  hostIds: readonly string[],
  startMs: number,
  asked: Omit<SlotsAsked, 'fromMs' | 'toMs'>,
): Judgement {
  const range = { fromMs: startMs, toMs: startMs + 1 };
  for (const hostId of hostIds) {
    const host = diary.hosts.find((one) => one.hostId === hostId);
    if (host === undefined) return { bookable: false, reason: 'event_type_inactive', hostId, facts: {} };
    const verdict = judgeAlreadyHeld(questionOf(diary, host, { ...asked, ...range }), startMs);
    if (!verdict.bookable) return { bookable: false, reason: verdict.reason, hostId, facts: verdict.facts };
  }
  return { bookable: true, hostIds };
}

/** Up to three bookable starts nearest to the one wanted: first within a week, then within a month, as far as diaries are read. */
export function findAlternatives(
  diary: EventTypeDiary,
  wantedMs: number,
  asked: Omit<SlotsAsked, 'fromMs' | 'toMs'>,
  timeZone: string,
): { start: string; end: string }[] {
  for (const reachDays of [7, 30]) {
    const fromMs = Math.max(wantedMs - reachDays * DAY_MS, asked.nowMs);
    const toMs = Math.max(wantedMs, asked.nowMs) + reachDays * DAY_MS;
    const starts = listStarts(diary, { ...asked, fromMs, toMs });
    const nearest = starts.sort((a, b) => Math.abs(a - wantedMs) - Math.abs(b - wantedMs) || a - b).slice(0, 3);
    if (nearest.length === 3 || (reachDays > 7 && nearest.length > 0)) {
      return nearest.map((startMs) => ({
        start: formatInstant(startMs, timeZone),
        end: formatInstant(startMs + asked.durationMinutes * 60_000, timeZone),
      }));
    }
  }
  return [];
}

function loadOf(host: HostRecord, nowMs: number): { upcomingBookings: number; lastBookedMs: number | null } {
  const bookings = host.meetings.filter((meeting) => meeting.kind === 'booking' && meeting.sameEventType);
  const past = bookings.filter((meeting) => meeting.startMs <= nowMs).map((meeting) => meeting.startMs);
  return {
    upcomingBookings: bookings.filter((meeting) => meeting.startMs > nowMs).length,
    lastBookedMs: past.length === 0 ? null : Math.max(...past),
  };
}
