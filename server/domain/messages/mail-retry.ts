const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each attempt that failed for now the next one comes: some two days in all, as mail servers do it (RFC 5321, 4.5.4.1, asks for days). */
export const MAIL_RETRY_DELAYS_MS: readonly number[] = [
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  12 * HOUR_MS,
  20 * HOUR_MS,
];
const JITTER = 0.2;

/** When to try again after attempt number `attempt` (1 for the first) failed, or `null` when it is given up. `luck` is from 0 up to 1. */
export function nextMailAttemptAt(attempt: number, failedAtMs: number, luck: number): number | null {
  const delayMs = MAIL_RETRY_DELAYS_MS[attempt - 1];
  return delayMs === undefined ? null : failedAtMs + Math.round(delayMs * (1 + JITTER * luck));
}

/**
 * The same for a reminder of something at `startMs`: it waits a quarter of the time that is left at most, so that an hour without a mail server still
 * lets it arrive in time, and `null` where it would come too late.
 */
export function nextReminderAttemptAt(attempt: number, failedAtMs: number, startMs: number, luck: number): number | null {
  const usualMs = MAIL_RETRY_DELAYS_MS[attempt - 1] ?? Infinity;
  const delayMs = Math.max(MINUTE_MS, Math.min(usualMs, (startMs - failedAtMs) / 4));
  const nextMs = failedAtMs + Math.round(delayMs * (1 + JITTER * luck));
  return nextMs < startMs ? nextMs : null;
}
