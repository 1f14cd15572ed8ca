import type { Hours, Meeting, SlotQuestion, SlotRules, Weekday, WeeklyHours } from '../../../server/domain/slots/question.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { formatInstant } from '../../../shared/time/instant.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
export const EVERY_DAY: readonly Weekday[] = [...WEEKDAYS, 'saturday', 'sunday'];

/** `2026-08-03T14:00Z` or `2026-08-03T10:00-04:00` -> ms; throws for what is no instant. */
export function at(text: string): number {
  const instantMs = parseInstant(text.replace(/T(\d{2}:\d{2})(?=Z|[+-])/, 'T$1:00'));
  if (instantMs === null) throw new Error(`${text} is no instant`);
  return instantMs;
}

export function hours(start: string, end: string): Hours {
  return { start, end };
}

export function weekly(start: string, end: string, days: readonly Weekday[] = WEEKDAYS): WeeklyHours {
  return { days, start, end };
}

export const RULES: SlotRules = {
  active: true,
  slotIntervalMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 0,
  bookingWindow: { type: 'unlimited' },
  maxPerDay: null,
  maxPerWeek: null,
  maxPerMonth: null,
  maxMinutesPerDay: null,
};

export interface Asked extends Partial<Omit<SlotQuestion, 'rules' | 'schedule'>> {
  readonly rules?: Partial<SlotRules>;
  readonly schedule?: Partial<SlotQuestion['schedule']>;
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
  readonly busy?: readonly (readonly [string, string])[];
}

/** A question about a host in New York, open Monday to Friday 09:00-17:00 with hourly slots, asked about Monday 3 August 2026. */
export function ask({ from, to, now, busy, rules, schedule, ...rest }: Asked = {}): SlotQuestion {
  return {
    nowMs: at(now ?? '2026-08-01T12:00Z'),
    fromMs: at(from ?? '2026-08-03T00:00-04:00'),
    toMs: at(to ?? '2026-08-04T00:00-04:00'),
    durationMinutes: 60,
    schedule: { timeZone: 'America/New_York', weeklyHours: [weekly('09:00', '17:00')], dateOverrides: [], travel: [], ...schedule },
    rules: { ...RULES, ...rules },
    hostTimeZone: schedule?.timeZone ?? 'America/New_York',
    maxMeetingsPerDay: null,
    busyMs: (busy ?? []).flatMap(([start, end]) => [at(start), at(end)]),
    calendarUnavailable: false,
    meetings: [],
    ignoreOwnerIds: [],
    ...rest,
  };
}

/** A meeting of this event type; buffers widen what it blocks. */
export function meeting(start: string, minutes: number, more: Partial<Meeting> & { before?: number; after?: number } = {}): Meeting {
  const { before = 0, after = 0, ...rest } = more;
  const startMs = at(start);
  const endMs = startMs + minutes * MINUTE_MS;
  return {
    kind: 'booking',
    ownerId: `bkg_${start}`,
    startMs,
    endMs,
    blockedStartMs: startMs - before * MINUTE_MS,
    blockedEndMs: endMs + after * MINUTE_MS,
    sameEventType: true,
    ...rest,
  };
}

/** Starts as `MM-DD HH:MM` in a zone. */
export function shown(startsMs: readonly number[], timeZone = 'America/New_York'): string[] {
  return startsMs.map((startMs) => formatInstant(startMs, timeZone).slice(5, 16).replace('T', ' '));
}

/** Starts of one day as `HH:MM`, joined by blanks. */
export function clock(startsMs: readonly number[], timeZone = 'America/New_York'): string {
  return startsMs.map((startMs) => formatInstant(startMs, timeZone).slice(11, 16)).join(' ');
}
