import type { SlotRefusal } from '../../../shared/contract/reasons.ts';
import type { Interval } from '../../../shared/time/interval.ts';
import type { ReachedCap } from './caps.ts';
import type { DateOverride, Meeting } from './question.ts';

/** A meeting in the way; `ownerId` is the booking's, hold's or proposal's id. */
export interface MeetingInTheWay extends Interval {
  readonly kind: Meeting['kind'];
  readonly ownerId: string;
}

/** The first rule that refuses a start, with what it looked at. Instants in ms, local dates as text; for the host, never for an invitee. */
export type SlotRefused =
  | { readonly reason: 'event_type_inactive'; readonly facts: Readonly<Record<string, never>> }
  | { readonly reason: 'past'; readonly facts: { readonly nowMs: number } }
  | { readonly reason: 'minimum_notice'; readonly facts: { readonly earliestMs: number; readonly minimumNoticeMinutes: number } }
  | {
      readonly reason: 'beyond_window';
      readonly facts: { readonly localDate: string; readonly firstDate: string | null; readonly lastDate: string | null };
    }
  | { readonly reason: 'date_override'; readonly facts: { readonly localDate: string; readonly override: DateOverride } }
  | {
      readonly reason: 'outside_hours';
      /** The open windows that touch the start's host-local date, joined across midnight. */
      readonly facts: { readonly localDate: string; readonly timeZone: string; readonly windows: readonly Interval[] };
    }
  | {
      readonly reason: 'off_grid';
      /** The grid of the block the start lies in; `nextMs` is null when the block ends first. */
      readonly facts: {
        readonly blockStartMs: number;
        readonly slotIntervalMinutes: number;
        readonly previousMs: number;
        readonly nextMs: number | null;
      };
    }
  | { readonly reason: 'calendar_unavailable'; readonly facts: Readonly<Record<string, never>> }
  | { readonly reason: 'busy'; readonly facts: Interval }
  | { readonly reason: 'booked'; readonly facts: MeetingInTheWay }
  | { readonly reason: 'held'; readonly facts: MeetingInTheWay }
  | {
      readonly reason: 'buffer';
      /** What the new blocked range runs into: a meeting with its own buffers, or outside busy time (then `meeting` is null). */
      readonly facts: { readonly blocked: Interval; readonly takenMs: Interval; readonly meeting: MeetingInTheWay | null };
    }
  | ReachedCap;

export type SlotVerdict = { readonly bookable: true } | ({ readonly bookable: false } & SlotRefused);

/** Compiles only while the reasons here and those of the contract are the same. */
export type EveryRefusalIsNamed = [SlotRefusal] extends [SlotRefused['reason']]
  ? [SlotRefused['reason']] extends [SlotRefusal]
    ? true
    : never
  : never;
