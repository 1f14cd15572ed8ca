const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long after each failed attempt the next one comes: the table of the Standard Webhooks specification, ten attempts in all over
 * some three days and three hours.
 */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Each wait is stretched by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2;
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS;

export interface FailedAttempt {
  /** Attempts made so far, this one included: 1 for the first. */
  readonly attempt: number;
  readonly failedAtMs: number;
  /** From 0 up to 1. */
  readonly luck: number;
  /** What the receiver asked for (`Retry-After`); heeded when longer than the table, up to a day. */
  readonly retryAfterMs: number | null;
}

/** When to try again, or `null` when the attempts are used up. */
export function nextAttemptAt({ attempt, failedAtMs, luck, retryAfterMs }: FailedAttempt): number | null {
  const delayMs = RETRY_DELAYS_MS[attempt - 1];
  if (delayMs === undefined) return null;
  const wishedMs = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
  return failedAtMs + Math.round(Math.max(delayMs, wishedMs) * (1 + JITTER * luck));
}
