import type { Reminder } from '../../../shared/contract/event-type.ts';
import { endOfQuiet, isQuiet, lastMinuteBeforeQuiet, type QuietHours } from './quiet-hours.ts';

export type ReminderChannel = Reminder['channel'];

/** Used where an event type says nothing about reminders: a day and two hours before, by mail, to everybody. */
export const DEFAULT_REMINDERS: readonly Reminder[] = [
  { minutesBefore: 1440, channel: 'email', to: 'all' },
  { minutesBefore: 120, channel: 'email', to: 'all' },
];

export interface ReminderRecipient {
  readonly personId: string;
  readonly party: 'host' | 'invitee' | 'guest';
  readonly timeZone: string;
  /** Whether mail can reach this person: an address is known and our mails are switched on. */
  readonly takesMail: boolean;
  /** Whether SMS may reach this person: a number, a consent in the ledger, and SMS switched on. */
  readonly takesSms: boolean;
}

export interface PlannedReminder {
  /** `channel:minutesBefore`; with the booking, its sequence and `personId` it names one reminder for ever. */
  readonly ruleKey: string;
  readonly personId: string;
  readonly party: ReminderRecipient['party'];
  readonly channel: ReminderChannel;
  readonly dueMs: number;
}

export interface ReminderQuestion {
  readonly startMs: number;
  readonly nowMs: number;
  /** `null`: the event type says nothing, so the defaults; an empty list: none. */
  readonly rules: readonly Reminder[] | null;
  readonly recipients: readonly ReminderRecipient[];
  /** For SMS only, in each recipient's own zone. */
  readonly quietHours: QuietHours | null;
}

/**
 * Every reminder of one version of a booking, earliest first: one per recipient and rule, none that is due now or earlier, none at or
 * after the start. Rules that say the same twice give one. A person whom mail cannot reach gets the webhook instead, so that the
 * marketplace can say it in its room; an SMS rule for a person who may not get SMS gives nothing.
 *
 * An SMS due in the recipient's quiet hours waits for their end if that is still before the start, else it goes out just before they begin.
 */
export function planReminders(question: ReminderQuestion): PlannedReminder[] {
  const planned = new Map<string, PlannedReminder>();
  for (const rule of question.rules ?? DEFAULT_REMINDERS) {
    for (const recipient of question.recipients.filter((candidate) => isMeant(rule.to, candidate.party))) {
      const reminder = planOne(rule, recipient, question);
      if (reminder === null || reminder.dueMs <= question.nowMs || reminder.dueMs >= question.startMs) continue;
      // Quiet hours may push two SMS onto one minute; the text would be the same, so one is enough.
      const moment = `${reminder.personId} ${reminder.channel} ${reminder.dueMs}`;
      if (!planned.has(moment)) planned.set(moment, reminder);
    }
  }
  return [...planned.values()].sort((a, b) => a.dueMs - b.dueMs || (a.personId < b.personId ? -1 : 1));
}

function isMeant(to: Reminder['to'], party: ReminderRecipient['party']): boolean {
  switch (to) {
    case 'all':
      return true;
    case 'guests':
      return party === 'guest';
    case 'host':
    case 'invitee':
      return party === to;
    default:
      return to satisfies never;
  }
}

function planOne(rule: Reminder, recipient: ReminderRecipient, question: ReminderQuestion): PlannedReminder | null {
  const channel = channelFor(rule.channel, recipient);
  if (channel === null) return null;
  const wishedMs = question.startMs - rule.minutesBefore * 60_000;
  return {
    ruleKey: `${channel}:${rule.minutesBefore}`,
    personId: recipient.personId,
    party: recipient.party,
    channel,
    dueMs: channel === 'sms' ? awakeMoment(wishedMs, question, recipient.timeZone) : wishedMs,
  };
}

function channelFor(wished: ReminderChannel, recipient: ReminderRecipient): ReminderChannel | null {
  switch (wished) {
    case 'email':
      return recipient.takesMail ? 'email' : 'webhook';
    case 'sms':
      return recipient.takesSms ? 'sms' : null;
    case 'webhook':
      return 'webhook';
    default:
      return wished satisfies never;
  }
}

function awakeMoment(wishedMs: number, question: ReminderQuestion, timeZone: string): number {
  if (!isQuiet(wishedMs, question.quietHours, timeZone)) return wishedMs;
  const morningMs = endOfQuiet(wishedMs, question.quietHours, timeZone);
  return morningMs < question.startMs ? morningMs : lastMinuteBeforeQuiet(wishedMs, question.quietHours, timeZone);
}
