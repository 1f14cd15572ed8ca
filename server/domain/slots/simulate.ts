import { computeSlots } from './compute-slots.ts';
import { HostCalendar } from './host-calendar.ts';
import { judgeHours } from './judge-hours.ts';
import type { Meeting, SlotQuestion } from './question.ts';
import type { SlotRefused } from './slot-verdict.ts';

/** What would be different; what is left out stays as it is. */
export type SlotChange = Partial<Pick<SlotQuestion, 'schedule' | 'rules' | 'durationMinutes' | 'maxMeetingsPerDay'>>;

export interface Simulated {
  /** Starts that only the changed rules offer, ascending. */
  readonly gainedMs: readonly number[];
  /** Starts that only the present rules offer, ascending. */
  readonly lostMs: readonly number[];
  /** Bookings to come, within the range, that the changed hours or overrides would not allow. They stay booked. */
  readonly outside: readonly OutsideBooking[];
}

export interface OutsideBooking {
  readonly ownerId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly refused: SlotRefused;
}

/** What a change of rules would do to the listing of `[fromMs, toMs)`, without making it. */
export function simulate(question: SlotQuestion, change: SlotChange): Simulated {
  const changed: SlotQuestion = { ...question, ...change };
  const before = computeSlots(question);
  const after = computeSlots(changed);
  return { gainedMs: without(after, before), lostMs: without(before, after), outside: bookingsOutside(changed) };
}

function without(starts: readonly number[], others: readonly number[]): number[] {
  const known = new Set(others);
  return starts.filter((startMs) => !known.has(startMs));
}

function bookingsOutside(changed: SlotQuestion): OutsideBooking[] {
  const calendar = new HostCalendar(changed.schedule);
  return changed.meetings
    .filter(({ kind, sameEventType, startMs }) => kind === 'booking' && sameEventType && startMs >= changed.nowMs && startMs < changed.toMs)
    .sort((a, b) => a.startMs - b.startMs)
    .flatMap((meeting) => {
      const refused = refusedHours(calendar, changed, meeting);
      return refused === null ? [] : [{ ownerId: meeting.ownerId, startMs: meeting.startMs, endMs: meeting.endMs, refused }];
    });
}

/** Another grid leaves a booking where it is; closed hours do not. */
function refusedHours(calendar: HostCalendar, { rules }: SlotQuestion, { startMs, endMs }: Meeting): SlotRefused | null {
  const { slotIntervalMinutes } = rules;
  const refused = judgeHours(calendar, { startMs, durationMinutes: (endMs - startMs) / 60_000, slotIntervalMinutes });
  return refused === null || refused.reason === 'off_grid' ? null : refused;
}
