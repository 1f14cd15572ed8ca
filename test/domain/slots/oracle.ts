import { Temporal } from 'temporal-polyfill';
import type { Meeting, SlotQuestion } from '../../../server/domain/slots/question.ts';

/**
 * The slot rules once more, slowly and with Temporal: no shared code with the engine, no merging, no shortcuts. Every rule is asked of
 * every candidate by looking through the raw lists. What it leaves out are refusal reasons; it only says yes or no.
 */
export function oracleStarts(question: SlotQuestion, purpose: 'listing' | 'booking' = 'listing'): number[] {
  const { fromMs, toMs } = question;
  const blocks = blocksBetween(question, dateIn(fromMs, 'UTC').subtract({ days: 3 }), dateIn(toMs, 'UTC').add({ days: 5 }));
  const starts = new Set<number>();
  for (const block of blocks) {
    for (let startMs = block.startMs; startMs < block.endMs; startMs += question.rules.slotIntervalMinutes * MINUTE_MS) {
      if (startMs >= fromMs && startMs < toMs && isBookable(question, startMs, blocks, purpose)) starts.add(startMs);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

const MINUTE_MS = 60_000;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

interface Block {
  readonly startMs: number;
  readonly endMs: number;
}

function isBookable(question: SlotQuestion, startMs: number, blocks: readonly Block[], purpose: 'listing' | 'booking'): boolean {
  const { rules, nowMs } = question;
  if (!rules.active || question.calendarUnavailable) return false;
  if (startMs < nowMs + rules.minimumNoticeMinutes * MINUTE_MS) return false;
  const endMs = startMs + question.durationMinutes * MINUTE_MS;
  return (
    isOpenThroughout(blocks, startMs, endMs) &&
    isInWindow(question, startMs) &&
    isFree(question, startMs, endMs) &&
    isWithinCaps(question, startMs, purpose)
  );
}

function isOpenThroughout(blocks: readonly Block[], startMs: number, endMs: number): boolean {
  let reachedMs = startMs;
  while (reachedMs < endMs) {
    const block = blocks.find((one) => one.startMs <= reachedMs && reachedMs < one.endMs);
    if (block === undefined) return false;
    reachedMs = block.endMs;
  }
  return true;
}

function isInWindow(question: SlotQuestion, startMs: number): boolean {
  const window = question.rules.bookingWindow;
  const date = hostDate(question, startMs);
  if (window.type === 'unlimited') return true;
  if (window.type === 'range') return date.toString() >= window.from && date.toString() <= window.to;
  let last = hostDate(question, question.nowMs);
  for (let left = window.days; left > 0;) {
    last = last.add({ days: 1 });
    if (!window.businessDaysOnly || last.dayOfWeek <= 5) left -= 1;
  }
  return Temporal.PlainDate.compare(date, last) <= 0;
}

function isFree(question: SlotQuestion, startMs: number, endMs: number): boolean {
  const blockedFromMs = startMs - question.rules.bufferBeforeMinutes * MINUTE_MS;
  const blockedUntilMs = endMs + question.rules.bufferAfterMinutes * MINUTE_MS;
  const meets = (fromMs: number, untilMs: number): boolean => fromMs < untilMs && fromMs < blockedUntilMs && blockedFromMs < untilMs;
  for (let i = 0; i < question.busyMs.length; i += 2) if (meets(question.busyMs[i]!, question.busyMs[i + 1]!)) return false;
  return !otherMeetings(question).some((meeting) => meets(meeting.blockedStartMs, meeting.blockedEndMs));
}

function isWithinCaps(question: SlotQuestion, startMs: number, purpose: 'listing' | 'booking'): boolean {
  const { rules } = question;
  const own = otherMeetings(question).filter((meeting) => meeting.sameEventType);
  const dayOf = (ms: number): string => hostDate(question, ms).toString();
  const weekOf = (ms: number): string => `${hostDate(question, ms).yearOfWeek} ${hostDate(question, ms).weekOfYear}`;
  const monthOf = (ms: number): string => hostDate(question, ms).toPlainYearMonth().toString();
  const hostDayOf = (ms: number): string => dateIn(ms, question.hostTimeZone).toString();
  const count = (meetings: readonly Meeting[]): number => meetings.length;
  const minutes = (meetings: readonly Meeting[]): number =>
    meetings.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / MINUTE_MS, 0);
  const fits = (
    limit: number | null,
    meetings: readonly Meeting[],
    periodOf: (ms: number) => string,
    dayOfOffer: (ms: number) => string,
    measure: (meetings: readonly Meeting[]) => number,
    next: number,
  ): boolean => {
    if (limit === null) return true;
    const inPeriod = oncePerDay(meetings, dayOfOffer).filter((meeting) => periodOf(meeting.startMs) === periodOf(startMs));
    const onlyHolds = inPeriod.every((meeting) => meeting.kind === 'hold');
    return (onlyHolds && purpose === 'listing' ? 0 : measure(inPeriod)) + next <= limit;
  };
  return (
    fits(rules.maxPerDay, own, dayOf, dayOf, count, 1) &&
    fits(rules.maxMinutesPerDay, own, dayOf, dayOf, minutes, question.durationMinutes) &&
    fits(rules.maxPerWeek, own, weekOf, dayOf, count, 1) &&
    fits(rules.maxPerMonth, own, monthOf, dayOf, count, 1) &&
    fits(question.maxMeetingsPerDay, otherMeetings(question), hostDayOf, hostDayOf, count, 1)
  );
}

function oncePerDay(meetings: readonly Meeting[], dayOf: (ms: number) => string): Meeting[] {
  return meetings.filter(
    (meeting, index) =>
      meeting.kind !== 'proposal' ||
      !meetings
        .slice(0, index)
        .some(
          (earlier) =>
            earlier.kind === 'proposal' && earlier.ownerId === meeting.ownerId && dayOf(earlier.startMs) === dayOf(meeting.startMs),
        ),
  );
}

function otherMeetings(question: SlotQuestion): Meeting[] {
  return question.meetings.filter((meeting) => !question.ignoreOwnerIds.includes(meeting.ownerId));
}

/** The host-local date: of the first travel period that has the instant's date there, else of the schedule's own zone. */
function hostDate(question: SlotQuestion, ms: number): Temporal.PlainDate {
  for (const travel of question.schedule.travel) {
    const there = dateIn(ms, travel.timeZone);
    if (there.toString() >= travel.from && there.toString() <= travel.to) return there;
  }
  return dateIn(ms, question.schedule.timeZone);
}

function dateIn(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

function blocksBetween(question: SlotQuestion, first: Temporal.PlainDate, last: Temporal.PlainDate): Block[] {
  const blocks: Block[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    blocks.push(...blocksOf(question.schedule, date));
  return blocks;
}

/** One date's hours, minute by minute: an open minute is open once, however often it is listed. */
function blocksOf(schedule: SlotQuestion['schedule'], date: Temporal.PlainDate): Block[] {
  const text = date.toString();
  const override = schedule.dateOverrides.findLast(({ from, to }) => from <= text && text <= to);
  const hours = override?.intervals ?? schedule.weeklyHours.filter(({ days }) => days.includes(WEEKDAYS[date.dayOfWeek - 1]!));
  const travel = schedule.travel.find(({ from, to }) => from <= text && text <= to);
  const isOpen = (minute: number): boolean => hours.some(({ start, end }) => minuteOf(start) <= minute && minute < minuteOf(end));
  const blocks: Block[] = [];
  for (let minute = 0; minute < 1440; minute += 1) {
    if (!isOpen(minute) || (minute > 0 && isOpen(minute - 1))) continue;
    let end = minute;
    while (end < 1440 && isOpen(end)) end += 1;
    const timeZone = travel?.timeZone ?? schedule.timeZone;
    const [startMs, endMs] = [instantOf(date, minute, timeZone), instantOf(date, end, timeZone)];
    if (startMs < endMs) blocks.push({ startMs, endMs });
  }
  return blocks;
}

function minuteOf(wallTime: string): number {
  return Number(wallTime.slice(0, 2)) * 60 + Number(wallTime.slice(3));
}

function instantOf(date: Temporal.PlainDate, minute: number, timeZone: string): number {
  const wall =
    minute === 1440
      ? date.add({ days: 1 }).toPlainDateTime()
      : date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}
