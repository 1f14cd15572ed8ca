import type { ComputeRequest } from '../../shared/contract/slots.ts';
import { formatInstant, parseInstant } from '../../shared/time/instant.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { zoneTable } from '../../shared/time/zone-table.ts';
import { slotRulesOf } from '../domain/bookings/event-type-settings.ts';
import { readSchedule, scheduleForSlots } from '../domain/bookings/read-schedule.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { computeSlots } from '../domain/slots/compute-slots.ts';
import { explainDay } from '../domain/slots/explain-day.ts';
import { writeDays } from '../domain/slots/group-slots.ts';
import type { Meeting, SlotQuestion } from '../domain/slots/question.ts';
import { showFacts } from './show-facts.ts';
import { readSlotRange } from './slot-range.ts';
import { warningsOf } from './slot-warnings.ts';

interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * Slots from rules and busy times that the caller brings; nothing is read or stored. Rules left out mean no limit: no minimum notice,
 * an unlimited window. Answers JSON text.
 */
export function computeStateless(given: ComputeRequest): Outcome<string> {
  const question = readQuestion(given);
  if (!question.ok) return question;
  const { durationMinutes, fromMs, toMs } = question.value;
  const hostTimeZone = question.value.schedule.timeZone;
  const timeZone = (given.timeZone === undefined ? null : canonicaliseTimeZone(given.timeZone)) ?? hostTimeZone;
  const starts = computeSlots(question.value);
  const days = writeDays({ startsMs: starts, durationMinutes, timeZone, fromMs, toMs });
  const warnings = starts.length > 0 ? [] : warningsOf(question.value);
  const head = JSON.stringify({ timeZone, hostTimeZone, durationMinutes }).slice(0, -1);
  const explained = given.explain === true ? `,"explain":${JSON.stringify(explainRange(question.value, timeZone))}` : '';
  return succeed(`${head},"days":${days},"calendarStatus":"fresh","warnings":${JSON.stringify(warnings)}${explained}}`);
}

/** Every grid start of the range with its verdict. */
function explainRange(question: SlotQuestion, timeZone: string): unknown[] {
  const { fromMs, toMs, schedule } = question;
  const table = zoneTable(schedule.timeZone);
  const verdicts: unknown[] = [];
  // Travel may read a date in another zone, up to a day away.
  for (let date = table.localDateAt(fromMs) - 1; date <= table.localDateAt(toMs) + 1; date++) {
    for (const { startMs, verdict } of explainDay(question, date).starts) {
      if (startMs < fromMs || startMs >= toMs) continue;
      const start = formatInstant(startMs, timeZone);
      verdicts.push(
        verdict.bookable
          ? { start, bookable: true }
          : { start, bookable: false, reason: verdict.reason, facts: showFacts(verdict.facts, timeZone) },
      );
    }
  }
  return verdicts;
}

function readQuestion(given: ComputeRequest): Outcome<SlotQuestion> {
  const schedule = readSchedule(given.schedule, 'schedule.');
  if (!schedule.ok) return schedule;
  const timeZone = (given.timeZone === undefined ? null : canonicaliseTimeZone(given.timeZone)) ?? schedule.value.timeZone;
  const range = readSlotRange(given, timeZone);
  if (!range.ok) return range;
  const { rules } = given;
  const durationMinutes = given.durationMinutes ?? rules.durationsMinutes[0] ?? 0;
  if (!rules.durationsMinutes.includes(durationMinutes))
    return refuseField('durationMinutes', `must be one of ${rules.durationsMinutes.join(', ')}`);
  if (rules.bookingWindow?.type === 'range' && rules.bookingWindow.to < rules.bookingWindow.from)
    return refuseField('rules.bookingWindow.to', 'must not be before from');
  const issues: Issue[] = [];
  const busyMs = readBusy(given.busy ?? [], issues);
  const meetings = readMeetings(given.bookings ?? [], issues);
  const [first] = issues;
  if (first !== undefined) return refuse('validation_failed', { detail: `${first.path} ${first.message}`, issues: issues.slice(0, 20) });
  return succeed({
    nowMs: parseInstant(given.now) ?? 0,
    ...range.value,
    durationMinutes,
    rules: slotRulesOf(rules, durationMinutes, { minimumNoticeMinutes: 0, rollingDays: null }),
    schedule: scheduleForSlots(schedule.value),
    hostTimeZone: schedule.value.timeZone,
    maxMeetingsPerDay: rules.maxMeetingsPerDay ?? null,
    busyMs,
    calendarUnavailable: false,
    meetings,
    ignoreOwnerIds: [],
  });
}

function readBusy(busy: NonNullable<ComputeRequest['busy']>, issues: Issue[]): Float64Array {
  const pairs = new Float64Array(busy.length * 2);
  for (const [i, interval] of busy.entries()) {
    const startMs = parseInstant(interval.start) ?? 0;
    const endMs = parseInstant(interval.end) ?? 0;
    if (endMs <= startMs) issues.push({ path: `busy.${i}.end`, message: 'must be after start' });
    pairs[i * 2] = startMs;
    pairs[i * 2 + 1] = endMs;
  }
  return pairs;
}

function readMeetings(bookings: NonNullable<ComputeRequest['bookings']>, issues: Issue[]): Meeting[] {
  return bookings.map((booking, i) => {
    const startMs = parseInstant(booking.start) ?? 0;
    const endMs = parseInstant(booking.end) ?? 0;
    if (endMs <= startMs) issues.push({ path: `bookings.${i}.end`, message: 'must be after start' });
    return {
      kind: 'booking',
      ownerId: `bookings.${i}`,
      startMs,
      endMs,
      blockedStartMs: startMs - (booking.bufferBeforeMinutes ?? 0) * 60_000,
      blockedEndMs: endMs + (booking.bufferAfterMinutes ?? 0) * 60_000,
      sameEventType: true,
    };
  });
}
