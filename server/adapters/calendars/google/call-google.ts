import type { calendar_v3 } from '@googleapis/calendar';
import type { CallOptions, CallOutcome } from '../contract.ts';
import { DEFAULT_RETRY_AFTER_MS, failed, failureOfStatus, readRetryAfter, unavailable } from '../failures.ts';
import { field, PROVIDER_TIMEOUT_MS, textField } from '../http/request-json.ts';

/** One opened account, for one call. */
export interface GoogleCall extends CallOptions {
  readonly api: calendar_v3.Calendar;
  readonly accessToken: string;
  readonly nowMs: number;
}

/** What the library takes beside the parameters; the parts of its own type that are used here. */
export interface GoogleOptions {
  headers: Record<string, string>;
  retry: boolean;
  timeout: number;
  signal?: AbortSignal;
}

/**
 * Makes one call through the library, which neither refreshes logins nor tries again by itself here: both are the business of flows,
 * under their lock and in their budget. An `ifMatch` that no longer holds is `preconditionFailed`.
 */
export async function callGoogle<T>(
  google: GoogleCall,
  ask: (options: GoogleOptions) => Promise<{ readonly data: T }>,
  ifMatch: string | null = null,
): Promise<CallOutcome<T>> {
  const headers = { authorization: `Bearer ${google.accessToken}`, ...(ifMatch === null ? {} : { 'if-match': ifMatch }) };
  const options = {
    headers,
    retry: false,
    timeout: PROVIDER_TIMEOUT_MS,
    ...(google.signal === undefined ? {} : { signal: google.signal }),
  };
  try {
    const { data } = await ask(options);
    // What is no JSON comes back as text.
    if (typeof data === 'string' && data !== '') return unavailable('Google gave an answer that is no JSON');
    return { ok: true, value: data };
  } catch (error) {
    return failureOfError(error, google.nowMs);
  }
}

const QUOTA_REASONS = ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded', 'calendarUsageLimitsExceeded'];

function failureOfError(error: unknown, nowMs: number): CallOutcome<never> {
  const response = field(error, 'response');
  const status = Number(field(response, 'status'));
  if (!(status > 0)) return unavailable('Google could not be reached or did not answer in time');
  const retryAfter = retryAfterOf(field(response, 'headers'));
  const reasons = reasonsOf(field(response, 'data'));
  if (status === 403 && reasons.some((reason) => QUOTA_REASONS.includes(reason))) {
    const retryAfterMs = readRetryAfter(retryAfter, nowMs) ?? DEFAULT_RETRY_AFTER_MS;
    return { ok: false, reason: 'rateLimited', retryAfterMs, detail: 'Google asks to wait' };
  }
  // 410 is also how Google answers for an event that was deleted; only a sync token needs everything to be read again.
  if (status === 410 && reasons.includes('deleted')) return failed('notFound', 'the event was deleted at Google');
  return failureOfStatus(status, 'Google', retryAfter, nowMs);
}

function reasonsOf(data: unknown): string[] {
  const errors = field(field(data, 'error'), 'errors');
  return Array.isArray(errors) ? errors.map((one) => textField(one, 'reason') ?? '') : [];
}

/** The library's headers are those of its own fetch, not always of ours. */
function retryAfterOf(headers: unknown): string | null {
  const get = field(headers, 'get');
  return typeof get === 'function' ? (headers as Headers).get('retry-after') : textField(headers, 'retry-after');
}
