import type { FailureCode } from '../api/result.ts';
import type { MeetingsAction } from './meetings-action.ts';
import type { enMeetings } from '../i18n/en-meetings.ts';

/** What to tell a person when a call failed: the list's, or that of the action of this kind. */
export function meetingsFailureText(code: FailureCode, kind?: MeetingsAction['kind']): keyof typeof enMeetings {
  switch (code) {
    case 'validation_failed':
      return kind === 'addGuest' ? 'failGuestEmail' : kind === 'cancel' ? 'needsReason' : 'failOther';
    case 'offline':
      return 'failOffline';
    case 'token_expired':
    case 'unauthenticated':
      return 'failExpired';
    case 'forbidden':
    case 'origin_not_allowed':
      return 'failNotAllowed';
    case 'slot_unavailable':
    case 'hold_expired':
      return 'failTaken';
    case 'change_not_allowed':
      return 'failTooLate';
    case 'invalid_state':
    case 'not_found':
    case 'conflict':
      return 'failState';
    case 'contact_details_detected':
      return 'failContact';
    case 'guest_limit':
      return 'failGuests';
    case 'rate_limited':
      return 'failTooMany';
    case 'unreachable':
    case 'slow':
    case 'internal_error':
    case 'unavailable':
    case 'calendar_unavailable':
      return 'failUnreachable';
    default:
      return 'failOther';
  }
}
