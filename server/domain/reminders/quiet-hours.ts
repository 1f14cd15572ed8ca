import { zoneTable } from '../../../shared/time/zone-table.ts';

/** A daily stretch in which no SMS is sent, as wall times `HH:MM`; it may reach over midnight. Equal ends mean no quiet hours. */
export interface QuietHours {
  readonly start: string;
  readonly end: string;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Whether this instant falls into the quiet hours of someone in `timeZone`. The start belongs to them, the end does not. */
export function isQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): boolean {
  if (quietHours === null || quietHours.start === quietHours.end) return false;
  const start = minuteOf(quietHours.start);
  const end = minuteOf(quietHours.end);
  const minute = Math.floor((instantMs + zoneTable(timeZone).offsetAt(instantMs)) / MINUTE_MS) % DAY_MINUTES;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

/**
 * The moment the quiet hours around `instantMs` are over; the instant itself when it is not quiet. On the night of a clock change the
 * end may fall into the skipped hour: then it is the first minute after the gap, or, where that is quiet again, the next day's end.
 */
export function endOfQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): number {
  return walkOut(instantMs, MINUTE_MS, quietHours, timeZone);
}

/** The last whole minute before the quiet hours around `instantMs` began; the instant itself when it is not quiet. */
export function lastMinuteBeforeQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): number {
  return walkOut(instantMs, -MINUTE_MS, quietHours, timeZone);
}

/** Asks minute by minute, which no clock change can mislead; two days at most, since a change may skip a day's only minutes. */
function walkOut(instantMs: number, stepMs: number, quietHours: QuietHours | null, timeZone: string): number {
  if (!isQuiet(instantMs, quietHours, timeZone)) return instantMs;
  let minuteMs = Math.floor(instantMs / MINUTE_MS) * MINUTE_MS;
  while (isQuiet(minuteMs, quietHours, timeZone)) minuteMs += stepMs;
  return minuteMs;
}

function minuteOf(wallTime: string): number {
  const [hour = '0', minute = '0'] = wallTime.split(':');
  return Number(hour) * 60 + Number(minute);
}
