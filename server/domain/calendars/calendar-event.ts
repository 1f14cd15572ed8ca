import type { LocalDate } from '../../../shared/time/local-date.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** One block of a VTIMEZONE (RFC 5545, 3.6.5): from each onset on, clocks show `offsetToMs` ahead of UTC. */
export interface Observance {
  /** The first onset, in the wall time of the offset before it. */
  readonly startWallMs: number;
  readonly offsetFromMs: number;
  readonly offsetToMs: number;
  readonly rules: readonly RecurrenceRule[];
  readonly extraStartsWallMs: readonly number[];
}

/** Where a wall time is to be read. `host` is a floating time: it means the clock on the wall of whoever looks, so the host's. */
export type EventZone =
  | { readonly kind: 'host' }
  | { readonly kind: 'iana'; readonly name: string }
  | { readonly kind: 'custom'; readonly observances: readonly Observance[] };

/** A wall time is written as the instant it would be in UTC. */
export type EventTime =
  | { readonly kind: 'date'; readonly date: LocalDate }
  | { readonly kind: 'instant'; readonly instantMs: number }
  | { readonly kind: 'wall'; readonly wallMs: number; readonly zone: EventZone };

/**
 * `until`: as long as from the event's start to `end`, for every instance. `ends`: this one instance ends there. `lasts`: days are calendar days,
 * `ms` is exact (RFC 5545, 3.3.6). `none`: a day for a date, a moment for a time.
 */
export type EventLength =
  | { readonly kind: 'until'; readonly end: EventTime }
  | { readonly kind: 'ends'; readonly end: EventTime }
  | { readonly kind: 'lasts'; readonly days: number; readonly ms: number }
  | { readonly kind: 'none' };

/** What decides whether an event's time is taken. */
export interface EventStanding {
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly transparent: boolean;
  /** How the host shows the time, where the calendar knows that; `busy` where it does not. */
  readonly shownAs: 'free' | 'tentative' | 'busy' | 'outOfOffice' | 'workingElsewhere';
  /** The host's own answer to an invitation; `none` for an event without invitations. */
  readonly answer: 'none' | 'accepted' | 'tentative' | 'declined' | 'unanswered';
}

/** An event, or the exception to a series (`recurrenceId`), without anything about its content. */
export interface CalendarEvent extends EventStanding {
  readonly uid: string;
  readonly sequence: number;
  readonly start: EventTime;
  readonly length: EventLength;
  readonly rules: readonly RecurrenceRule[];
  readonly exclusionRules: readonly RecurrenceRule[];
  readonly extraStarts: readonly { readonly start: EventTime; readonly length: EventLength | null }[];
  readonly excludedStarts: readonly EventTime[];
  readonly recurrenceId: { readonly time: EventTime; readonly thisAndFuture: boolean } | null;
}
