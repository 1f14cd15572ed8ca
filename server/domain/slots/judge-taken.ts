import { type Interval, overlaps } from '../../../shared/time/interval.ts';
import type { Meeting, SlotQuestion } from './question.ts';
import type { MeetingInTheWay, SlotRefused } from './slot-verdict.ts';
import { blockingMeetings } from './taken-time.ts';

const MINUTE_MS = 60_000;

/** The first reason why this time is not free (unreadable calendar, busy, booked, held, buffer), or null. It knows no other rule. */
export function judgeTaken(question: SlotQuestion, startMs: number): SlotRefused | null {
  if (question.calendarUnavailable) return { reason: 'calendar_unavailable', facts: {} };
  const slot = { startMs, endMs: startMs + question.durationMinutes * MINUTE_MS };
  const blocked = {
    startMs: slot.startMs - question.rules.bufferBeforeMinutes * MINUTE_MS,
    endMs: slot.endMs + question.rules.bufferAfterMinutes * MINUTE_MS,
  };
  const busy = busyWithin(question.busyMs, blocked);
  const meetings = blockingMeetings(question).filter((meeting) => overlaps(blockedOf(meeting), blocked));

  const inside = busy.find((interval) => overlaps(interval, slot));
  if (inside !== undefined) return { reason: 'busy', facts: inside };
  const met = meetings.filter((meeting) => overlaps(meeting, slot));
  const booking = met.find((meeting) => meeting.kind === 'booking');
  if (booking !== undefined) return { reason: 'booked', facts: inTheWay(booking) };
  const [held] = met;
  if (held !== undefined) return { reason: 'held', facts: inTheWay(held) };

  const [near] = meetings;
  if (near !== undefined) return { reason: 'buffer', facts: { blocked, takenMs: blockedOf(near), meeting: inTheWay(near) } };
  const [beside] = busy;
  return beside === undefined ? null : { reason: 'buffer', facts: { blocked, takenMs: beside, meeting: null } };
}

function busyWithin(busyMs: SlotQuestion['busyMs'], blocked: Interval): Interval[] {
  const found: Interval[] = [];
  for (let i = 0; i < busyMs.length; i += 2) {
    const interval = { startMs: busyMs[i]!, endMs: busyMs[i + 1]! };
    if (overlaps(interval, blocked)) found.push(interval);
  }
  return found;
}

function blockedOf(meeting: Meeting): Interval {
  return { startMs: meeting.blockedStartMs, endMs: meeting.blockedEndMs };
}

function inTheWay({ kind, ownerId, startMs, endMs }: Meeting): MeetingInTheWay {
  return { kind, ownerId, startMs, endMs };
}
