import type { Interval } from '../../../shared/time/interval.ts';

/** Why time is taken. Time that is free, or whose event was cancelled or declined, has no kind: it is not reported at all. */
export type BusyKind = 'busy' | 'tentative' | 'unanswered' | 'outOfOffice' | 'workingElsewhere';

/** All that is kept of outside events: when, and of which kind. */
export interface BusyInterval extends Interval {
  readonly kind: BusyKind;
  readonly allDay: boolean;
}
