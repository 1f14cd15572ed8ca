import type { FailureCode } from '../api/result.ts';
import type { TextKey } from '../i18n/say.ts';

/** What to tell the visitor when a call failed. Never the server's own words: those are for developers. */
export function failureText(code: FailureCode): TextKey {
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
