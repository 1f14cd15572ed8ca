import type { BookingWindow, EventTypeCreate, Location, Question, Reminder } from '../../../shared/contract/event-type.ts';
import type { SlotRules } from '../slots/question.ts';

/** An event type as it is kept: every rule with its default filled in. Who hosts it is kept beside, in columns. */
export interface EventTypeSettings {
  readonly assignment: 'single' | 'collective' | 'roundRobin';
  readonly title: string;
  readonly description: string;
  readonly durationsMinutes: number[];
  readonly slotIntervalMinutes: number | null;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly minimumNoticeMinutes: number;
  readonly bookingWindow: BookingWindow;
  readonly maxPerDay: number | null;
  readonly maxPerWeek: number | null;
  readonly maxPerMonth: number | null;
  readonly maxMinutesPerDay: number | null;
  readonly maxOpenPerInvitee: number | null;
  readonly confirmation: 'instant' | 'request';
  readonly requestExpiresMinutes: number;
  readonly locations: Location[];
  readonly guestLimit: number;
  readonly questions: Question[];
  readonly message: string | null;
  readonly reminders: Reminder[];
  readonly messages: { readonly email: boolean };
  readonly cancelCutoffMinutes: number;
  readonly rescheduleCutoffMinutes: number;
  readonly maxReschedules: number | null;
  readonly reasonRequired: boolean;
  readonly active: boolean;
}

export const DEFAULT_REMINDERS: readonly Reminder[] = [
  { minutesBefore: 1440, channel: 'email', to: 'all' },
  { minutesBefore: 120, channel: 'email', to: 'all' },
];

export const DEFAULT_MINIMUM_NOTICE_MINUTES = 120;
export const DEFAULT_ROLLING_DAYS = 60;
const DEFAULT_REQUEST_EXPIRES_MINUTES = 2880;
const DEFAULT_GUEST_LIMIT = 5;

/** Fills in the defaults of what was left out; `null` takes a field back to its default. */
export function fillEventType(given: Omit<EventTypeCreate, 'hostId'>): EventTypeSettings {
  return {
    assignment: given.assignment ?? 'single',
    title: given.title.trim(),
    description: given.description ?? '',
    durationsMinutes: given.durationsMinutes,
    slotIntervalMinutes: given.slotIntervalMinutes ?? null,
    bufferBeforeMinutes: given.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: given.bufferAfterMinutes ?? 0,
    minimumNoticeMinutes: given.minimumNoticeMinutes ?? DEFAULT_MINIMUM_NOTICE_MINUTES,
    bookingWindow: given.bookingWindow ?? { type: 'rolling', days: DEFAULT_ROLLING_DAYS, businessDaysOnly: false },
    maxPerDay: given.maxPerDay ?? null,
    maxPerWeek: given.maxPerWeek ?? null,
    maxPerMonth: given.maxPerMonth ?? null,
    maxMinutesPerDay: given.maxMinutesPerDay ?? null,
    maxOpenPerInvitee: given.maxOpenPerInvitee ?? null,
    confirmation: given.confirmation ?? 'instant',
    requestExpiresMinutes: given.requestExpiresMinutes ?? DEFAULT_REQUEST_EXPIRES_MINUTES,
    locations: given.locations ?? [{ type: 'room' }],
    guestLimit: given.guestLimit ?? DEFAULT_GUEST_LIMIT,
    questions: given.questions ?? [],
    message: given.message ?? null,
    reminders: given.reminders ?? [...DEFAULT_REMINDERS],
    messages: { email: given.messages?.email ?? true },
    cancelCutoffMinutes: given.cancelCutoffMinutes ?? 0,
    rescheduleCutoffMinutes: given.rescheduleCutoffMinutes ?? 0,
    maxReschedules: given.maxReschedules ?? null,
    reasonRequired: given.reasonRequired ?? false,
    active: given.active ?? true,
  };
}

type RuleFields = Pick<
  EventTypeCreate,
  | 'slotIntervalMinutes'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes'
  | 'minimumNoticeMinutes'
  | 'bookingWindow'
  | 'maxPerDay'
  | 'maxPerWeek'
  | 'maxPerMonth'
  | 'maxMinutesPerDay'
  | 'active'
>;

/** The part the slot function reads. The grid's interval is the duration asked for unless the event type sets one. */
export function slotRulesOf(
  fields: RuleFields,
  durationMinutes: number,
  defaults: { minimumNoticeMinutes: number; rollingDays: number | null },
): SlotRules {
  const window = fields.bookingWindow;
  return {
    active: fields.active ?? true,
    slotIntervalMinutes: fields.slotIntervalMinutes ?? durationMinutes,
    bufferBeforeMinutes: fields.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: fields.bufferAfterMinutes ?? 0,
    minimumNoticeMinutes: fields.minimumNoticeMinutes ?? defaults.minimumNoticeMinutes,
    bookingWindow:
      window === undefined
        ? defaultWindow(defaults.rollingDays)
        : window.type === 'rolling'
          ? { businessDaysOnly: false, ...window }
          : window,
    maxPerDay: fields.maxPerDay ?? null,
    maxPerWeek: fields.maxPerWeek ?? null,
    maxPerMonth: fields.maxPerMonth ?? null,
    maxMinutesPerDay: fields.maxMinutesPerDay ?? null,
  };
}

function defaultWindow(rollingDays: number | null): SlotRules['bookingWindow'] {
  return rollingDays === null ? { type: 'unlimited' } : { type: 'rolling', days: rollingDays, businessDaysOnly: false };
}
