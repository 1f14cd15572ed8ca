import { nextAttemptAt } from './retry-schedule.ts';

/** What came of one attempt: the HTTP status, or `null` when there was no answer. */
export interface DeliveryAttempt {
  readonly status: number | null;
  readonly attempt: number;
  readonly atMs: number;
  readonly luck: number;
  readonly retryAfterMs: number | null;
  /** When a delivery to this endpoint last succeeded; `null` for never. */
  readonly endpointLastSuccessMs: number | null;
  /** When this delivery was first tried. */
  readonly firstAttemptMs: number;
}

export type DeliveryVerdict =
  | { readonly act: 'delivered' }
  | { readonly act: 'retry'; readonly atMs: number }
  /** The attempts are used up; other deliveries to the endpoint go on. */
  | { readonly act: 'giveUp' }
  /** Used up, and nothing has reached the endpoint all that time: it is paused until somebody switches it on again. */
  | { readonly act: 'pause' }
  /** The receiver said it is gone for good. */
  | { readonly act: 'disable' };

/**
 * What follows from an attempt. Only 2xx is a success: a redirect is a failure, because its target was never agreed on. 410 disables the
 * endpoint (Standard Webhooks). Everything else is tried again: a 4xx may be a bug that is being mended.
 */
export function judgeDelivery(attempt: DeliveryAttempt): DeliveryVerdict {
  const { status } = attempt;
  if (status !== null && status >= 200 && status < 300) return { act: 'delivered' };
  if (status === 410) return { act: 'disable' };
  const atMs = nextAttemptAt({ ...attempt, failedAtMs: attempt.atMs });
  if (atMs !== null) return { act: 'retry', atMs };
  const reachedMeanwhile = attempt.endpointLastSuccessMs !== null && attempt.endpointLastSuccessMs >= attempt.firstAttemptMs;
  return { act: reachedMeanwhile ? 'giveUp' : 'pause' };
}
