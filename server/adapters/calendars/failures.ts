import type { OutboundFailure } from '../outbound/outbound.ts';
import type { CallFailure } from './contract.ts';

export function unavailable(detail: string, retryAfterMs: number | null = null): CallFailure {
  return { ok: false, reason: 'unavailable', retryAfterMs, detail };
}

export function failed(reason: Exclude<CallFailure['reason'], 'rateLimited' | 'unavailable'>, detail: string): CallFailure {
  return { ok: false, reason, detail };
}

/** Credentials of another provider are a mistake of the program, not of the host. */
export function wrongCredentials(provider: string, kind: string): Error {
  return new TypeError(`calendars: ${provider} cannot use ${kind} credentials`);
}

/** Where a provider asks for patience without saying how much. */
export const DEFAULT_RETRY_AFTER_MS = 30_000;
/** Longer waits are cut: a provider that says "tomorrow" by mistake must not blind us for a day. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/**
 * An HTTP status that is no success, as ours. `who` is the provider's name for people. 403 is `forbidden` here; providers that
 * use it for quotas sort those out first.
 */
export function failureOfStatus(status: number, who: string, retryAfter: string | null, nowMs: number): CallFailure {
  const retryAfterMs = readRetryAfter(retryAfter, nowMs);
  switch (status) {
    case 401:
      return failed('authExpired', `${who} no longer accepts this login`);
    case 403:
      return failed('forbidden', `${who} does not allow this with the rights that were granted`);
    case 404:
      return failed('notFound', `${who} has no such calendar or event`);
    case 409:
      return failed('conflict', `${who} has something with that id already`);
    case 410:
      return failed('gone', `${who} no longer knows where the last reading ended`);
    case 412:
      return failed('preconditionFailed', `the event was changed at ${who} in the meantime`);
    case 429:
      return { ok: false, reason: 'rateLimited', retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_AFTER_MS, detail: `${who} asks to wait` };
    default:
      return unavailable(`${who} answered with status ${status}`, retryAfterMs);
  }
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3) -> ms from now, at most an hour; null when there is none. */
export function readRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null || text.trim() === '') return null;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS) : null;
}

/** A guarded request that got no answer, as ours. */
export function failureOfOutbound(reason: OutboundFailure, detail: string): CallFailure {
  const final: readonly OutboundFailure[] = ['address_refused', 'invalid_url', 'too_large', 'too_many_redirects'];
  return final.includes(reason) ? failed('refused', detail) : unavailable(detail);
}
