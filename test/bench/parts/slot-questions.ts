import type { SlotQuestion, Weekday } from '../../../server/domain/slots/question.ts';
import { DAY_MS } from '../../../shared/time/local-date.ts';

const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const FIRST_DAY_MS = Date.parse('2026-08-03T00:00-04:00');

/** A row as a database gives it: the question's lists are made anew for each call, so nothing can be kept between calls. */
export interface DiaryRow {
  readonly scheduleJson: string;
  readonly busyMs: Float64Array;
}

/** A host in New York, Monday to Friday 09:00-17:00, half-hour slots, with `busyCount` busy intervals spread over `days`. */
export function diaryRow(days: number, busyCount: number): DiaryRow {
  const busyMs = new Float64Array(busyCount * 2);
  const spreadMs = (days * DAY_MS) / busyCount;
  for (let i = 0; i < busyCount; i += 1) {
    // Some land at night or overlap; that is what diaries look like.
    const startMs = FIRST_DAY_MS + Math.floor((i * spreadMs) / 900_000) * 900_000;
    busyMs[2 * i] = startMs;
    busyMs[2 * i + 1] = startMs + (1 + (i % 4)) * 900_000;
  }
  const schedule = {
    timeZone: 'America/New_York',
    weeklyHours: [{ days: WEEKDAYS, start: '09:00', end: '17:00' }],
    dateOverrides: [],
    travel: [],
  };
  return { scheduleJson: JSON.stringify(schedule), busyMs };
}

export function questionOf(row: DiaryRow, days: number): SlotQuestion {
  return {
    schedule: JSON.parse(row.scheduleJson) as SlotQuestion['schedule'],
    busyMs: row.busyMs,
    nowMs: FIRST_DAY_MS - DAY_MS,
    fromMs: FIRST_DAY_MS,
    toMs: FIRST_DAY_MS + days * DAY_MS,
    durationMinutes: 30,
    rules: {
      active: true,
      slotIntervalMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      minimumNoticeMinutes: 120,
      bookingWindow: { type: 'rolling', days: 400, businessDaysOnly: false },
      maxPerDay: null,
      maxPerWeek: null,
      maxPerMonth: null,
      maxMinutesPerDay: null,
    },
    hostTimeZone: 'America/New_York',
    maxMeetingsPerDay: null,
    calendarUnavailable: false,
    meetings: [],
    ignoreOwnerIds: [],
  };
}
