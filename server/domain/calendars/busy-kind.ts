import type { BusyKind } from './busy-interval.ts';
import type { EventStanding } from './calendar-event.ts';

/**
 * What an event says about its time; null when it takes none. The host's own marks come before the organiser's: free never blocks, an
 * absence is one even while an invitation is unanswered.
 */
export function busyKindOf({ status, transparent, shownAs, answer }: EventStanding): BusyKind | null {
  if (status === 'cancelled' || answer === 'declined') return null;
  if (transparent || shownAs === 'free') return null;
  if (shownAs === 'outOfOffice' || shownAs === 'workingElsewhere') return shownAs;
  if (answer === 'unanswered') return 'unanswered';
  return status === 'tentative' || shownAs === 'tentative' || answer === 'tentative' ? 'tentative' : 'busy';
}
