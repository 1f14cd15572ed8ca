import type { BusyInterval } from './busy-interval.ts';

/** The host's choice, per connection. Plain busy time always blocks. */
export interface TreatAsBusy {
  readonly tentative: boolean;
  readonly unanswered: boolean;
  readonly outOfOffice: boolean;
  readonly workingElsewhere: boolean;
  /** Whole days, except those out of office, which that choice alone decides. */
  readonly allDay: boolean;
}

export const DEFAULT_TREAT_AS_BUSY: TreatAsBusy = {
  tentative: true,
  unanswered: false,
  outOfOffice: true,
  workingElsewhere: false,
  allDay: true,
};

/** Whether this stretch keeps people from booking. */
export function isBlocking(busy: BusyInterval, choice: TreatAsBusy): boolean {
  if (busy.kind === 'outOfOffice') return choice.outOfOffice;
  if (busy.allDay && !choice.allDay) return false;
  return busy.kind === 'busy' || choice[busy.kind];
}
