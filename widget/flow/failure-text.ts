import type { FailureCode } from '../api/result.ts';
import type { BookKey } from '../i18n/en-book.ts';

/** What to tell the visitor when a call failed. Never the server's own words: those are for developers. */
export function failureText(code: FailureCode): BookKey {
  switch (code) {
    case 'offline':
    case 'slow':
      return code;
    case 'token_expired':
    case 'unauthenticated':
      return 'tokenExpired';
    case 'not_found':
      return 'notFound';
    case 'forbidden':
    case 'origin_not_allowed':
      return 'notAllowed';
    case 'calendar_unavailable':
      return 'calendarUnavailable';
    case 'rate_limited':
      return 'tooMany';
    case 'unreachable':
    case 'internal_error':
    case 'unavailable':
      return 'unreachable';
    default:
      return 'notBooked';
  }
}

const FINAL = new Set<FailureCode>(['not_found', 'forbidden', 'origin_not_allowed', 'token_expired', 'unauthenticated']);

/** Whether asking again can help. */
export function canRetry(code: FailureCode): boolean {
  return !FINAL.has(code);
}
