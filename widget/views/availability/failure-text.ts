import type { FailureCode } from '../../api/result.ts';

/** Why the settings cannot be had or saved, for people; the server's own words are for developers. */
export function textOf(code: FailureCode): 'offline' | 'onlyHost' | 'tokenExpired' | 'unreachable' {
  switch (code) {
    case 'offline':
      return code;
    case 'token_expired':
    case 'unauthenticated':
      return 'tokenExpired';
    case 'forbidden':
    case 'origin_not_allowed':
    case 'not_found':
      return 'onlyHost';
    default:
      return 'unreachable';
  }
}
