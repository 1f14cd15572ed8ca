/** A daily stretch in which no SMS is sent, as wall times `HH:MM`; it may reach over midnight. Equal ends mean no quiet hours. */
export interface QuietHours {
  readonly start: string;
  readonly end: string;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** A clock change moves the end of the quiet hours by an hour at most; two cover the odd zones. */
const CLOCK_CHANGE_MINUTES = 120;

/** Whether this instant falls into the quiet hours of someone in `timeZone`. The start belongs to them, the end does not. */
export function isQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): boolean {
  if (quietHours === null || quietHours.start === quietHours.end) return false;
  const minute = localMinute(instantMs, timeZone);
  const start = minuteOf(quietHours.start);
  const end = minuteOf(quietHours.end);
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

/**
 * The moment the quiet hours around `instantMs` are over; the instant itself when it is not quiet. On the night of a clock change the
 * end may fall into the skipped hour: then it is the first minute after the gap.
 */
export function endOfQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): number {
  if (quietHours === null || !isQuiet(instantMs, quietHours, timeZone)) return instantMs;
  const end = minuteOf(quietHours.end);
  const guess = wholeMinute(instantMs) + clockwise(localMinute(instantMs, timeZone), end) * MINUTE_MS;
  return firstAwake(settle(guess, end, timeZone), MINUTE_MS, quietHours, timeZone);
}

/** The last whole minute before the quiet hours around `instantMs` began; the instant itself when it is not quiet. */
export function lastMinuteBeforeQuiet(instantMs: number, quietHours: QuietHours | null, timeZone: string): number {
  if (quietHours === null || !isQuiet(instantMs, quietHours, timeZone)) return instantMs;
  const last = (minuteOf(quietHours.start) + DAY_MINUTES - 1) % DAY_MINUTES;
  const guess = wholeMinute(instantMs) - clockwise(last, localMinute(instantMs, timeZone)) * MINUTE_MS;
  return firstAwake(settle(guess, last, timeZone), -MINUTE_MS, quietHours, timeZone);
}

/** Moves a guess that a clock change put beside the wanted wall minute. */
function settle(guessMs: number, wantedMinute: number, timeZone: string): number {
  const ahead = clockwise(localMinute(guessMs, timeZone), wantedMinute);
  return guessMs + (ahead > DAY_MINUTES / 2 ? ahead - DAY_MINUTES : ahead) * MINUTE_MS;
}

function firstAwake(fromMs: number, stepMs: number, quietHours: QuietHours, timeZone: string): number {
  let instantMs = fromMs;
  for (let step = 0; step <= CLOCK_CHANGE_MINUTES && isQuiet(instantMs, quietHours, timeZone); step += 1) instantMs += stepMs;
  return instantMs;
}

/** Minutes from one wall minute on to the next occurrence of another: 0 to 1439. */
function clockwise(fromMinute: number, toMinute: number): number {
  return (toMinute - fromMinute + DAY_MINUTES) % DAY_MINUTES;
}

function wholeMinute(instantMs: number): number {
  return Math.floor(instantMs / MINUTE_MS) * MINUTE_MS;
}

function minuteOf(wallTime: string): number {
  const [hour = '0', minute = '0'] = wallTime.split(':');
  return Number(hour) * 60 + Number(minute);
}

function localMinute(instantMs: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(instantMs);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return read('hour') * 60 + read('minute');
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs some 30 times as much as using it, and a plan asks for the same zone several times. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(timeZone, clock);
  }
  return clock;
}
