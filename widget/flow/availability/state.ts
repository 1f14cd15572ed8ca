import type { Failure } from '../../api/result.ts';
import type { Calendars } from './connections.ts';
import type { Draft, HostSettings, RulesDraft, ScheduleDraft, SpecialDays } from './draft.ts';
import type { Issues } from './find-issues.ts';
import type { Change } from './preview.ts';
import type { Weekday } from './week.ts';

/** The parts of the settings, in the order they are listed. */
export const SECTIONS = ['week', 'days', 'travel', 'rules', 'messages', 'calendars'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One cell of the painted week. */
export interface Cell {
  readonly day: Weekday;
  readonly index: number;
}

/** Special days being written; `index` is the entry they replace, `null` for new ones. */
export interface SpecialForm {
  readonly index: number | null;
  readonly days: SpecialDays;
  readonly isChecked: boolean;
}

export interface AvailabilityState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
  /** What the server said last, and what stands on the screen. */
  readonly settings: HostSettings | null;
  readonly draft: Draft | null;
  readonly eventTypeId: string;
  readonly section: SectionName;
  readonly saving: 'idle' | 'busy' | 'saved' | 'failed' | 'conflict';
  readonly saveFailure: Failure | null;
  /** The server's objections, until their field changes or everything is saved. */
  readonly refused: Issues;
  /** Controls somebody has left once: only they show what is wrong, all do after a try to save. */
  readonly touched: ReadonlySet<string>;
  readonly isChecked: boolean;
  readonly cursor: Cell;
  /** The cells shown: `firstCell` to `endCell`, the latter excluded. */
  readonly firstCell: number;
  readonly endCell: number;
  readonly copyFrom: Weekday | null;
  readonly copyTo: readonly Weekday[];
  readonly month: string;
  readonly dayCursor: string;
  readonly special: SpecialForm | null;
  readonly otherLength: string;
  /** Which search for a zone is open. */
  readonly openZone: string | null;
  readonly preview: Preview;
  readonly calendars: Calendars;
  readonly sms: SmsForm;
  /** What was just done, for screen readers. */
  readonly said: string;
}

export interface Preview {
  readonly zone: string;
  /** The month somebody leafed to; `null`: the one in which there is something to see. */
  readonly month: string | null;
  readonly date: string | null;
  /** The starts offered now; `null` until they are known. */
  readonly starts: readonly string[] | null;
  readonly change: Change | null;
  readonly status: 'waiting' | 'ready' | 'failed';
}

export interface SmsForm {
  readonly phone: string;
  readonly isTicked: boolean;
  readonly status: 'open' | 'busy' | 'agreed';
  readonly issues: Issues;
}

/** How many weeks the preview and the count of changed times reach. */
export const PREVIEW_WEEKS = 8;

/** Everything a view of the settings is handed. `schedule` and `rules` are those of the event type that is shown. */
export interface Shown {
  readonly scheduleId: string;
  readonly schedule: ScheduleDraft;
  readonly rules: RulesDraft;
}

/** What the settings on the screen are about; `null` while there is nothing. */
export function shownOf({ settings, draft, eventTypeId }: AvailabilityState): Shown | null {
  const scheduleId = settings === null ? null : scheduleIdOf(settings, eventTypeId);
  const schedule = scheduleId === null ? undefined : draft?.schedules[scheduleId];
  const rules = draft?.rules[eventTypeId];
  return scheduleId === null || schedule === undefined || rules === undefined ? null : { scheduleId, schedule, rules };
}

/** The schedule an event type goes by: its own, else the host's first. */
export function scheduleIdOf({ host, schedules, eventTypes }: HostSettings, eventTypeId: string): string | null {
  const named = eventTypes.find(({ id }) => id === eventTypeId)?.scheduleId;
  return schedules.find(({ id }) => id === (named ?? host.defaultScheduleId))?.id ?? schedules[0]?.id ?? null;
}
