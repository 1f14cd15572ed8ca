/**
 * The question the slot engine answers, in plain data: one host's rules, what already takes the host's
 * time, and the range asked for. Every number named `...Ms` is milliseconds since 1970-01-01T00:00:00Z.
 */

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Wall-clock hours `HH:MM` of one local day; `24:00` is allowed as an end; `start < end`. */
export interface Hours {
  readonly start: string;
  readonly end: string;
}

export interface WeeklyHours extends Hours {
  readonly days: readonly Weekday[];
}

/** Replaces the hours of the local dates `from..to`, both included; no intervals means closed. */
export interface DateOverride {
  readonly from: string;
  readonly to: string;
  readonly intervals: readonly Hours[];
}

/** The local dates `from..to`, both included, in which the schedule is read in another zone. */
export interface Travel {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export interface Schedule {
  readonly timeZone: string;
  readonly weeklyHours: readonly WeeklyHours[];
  readonly dateOverrides: readonly DateOverride[];
  readonly travel: readonly Travel[];
}

export type BookingWindow =
  | { readonly type: 'rolling'; readonly days: number; readonly businessDaysOnly: boolean }
  | { readonly type: 'range'; readonly from: string; readonly to: string }
  | { readonly type: 'unlimited' };

/** The rules of one event type, with every default filled in. */
export interface SlotRules {
  readonly active: boolean;
  readonly slotIntervalMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly minimumNoticeMinutes: number;
  readonly bookingWindow: BookingWindow;
  readonly maxPerDay: number | null;
  readonly maxPerWeek: number | null;
  readonly maxPerMonth: number | null;
  readonly maxMinutesPerDay: number | null;
}

/**
 * What takes (or counts against) the host's time inside Parley: a booking, a hold, or one offered time of a proposal.
 * `blocked...` is the meeting widened by its own buffers. `sameEventType` says whether it counts for the event
 * type's caps; every meeting counts for the host's `maxMeetingsPerDay`.
 */
export interface Meeting {
  readonly kind: 'booking' | 'hold' | 'proposal';
  /** The booking's, hold's or proposal's id: claims of one owner never block each other. */
  readonly ownerId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly blockedStartMs: number;
  readonly blockedEndMs: number;
  readonly sameEventType: boolean;
}

/** One host's side of the question. */
export interface HostDiary {
  readonly schedule: Schedule;
  /** The host's own zone: the dates of `maxMeetingsPerDay`. */
  readonly hostTimeZone: string;
  readonly maxMeetingsPerDay: number | null;
  /** Outside busy time as flat pairs `[start, end, start, end, ...]` in ms; any order, overlaps allowed. */
  readonly busyMs: readonly number[] | Float64Array;
  /** True when a checked calendar cannot be read and its last good copy is too old: nothing is free. */
  readonly calendarUnavailable: boolean;
  readonly meetings: readonly Meeting[];
}

export interface SlotQuestion extends HostDiary {
  readonly nowMs: number;
  /** Slots with `fromMs <= start < toMs` are asked for. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly durationMinutes: number;
  readonly rules: SlotRules;
  /** Owners whose meetings neither block nor count: the booking being moved, the hold or proposal being used. */
  readonly ignoreOwnerIds: readonly string[];
}
