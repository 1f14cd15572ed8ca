import { formatInstant } from '../../shared/time/instant.ts';
import type { MessageOfBooking, NewReminder } from '../adapters/db/outgoing-messages.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { hasSmsConsent } from '../adapters/db/sms-consents.ts';
import { announcementsOf } from '../domain/messages/announcement.ts';
import { planReminders } from '../domain/reminders/plan-reminders.ts';
import type { Deps } from './deps.ts';
import { type ChangedMeeting, mailsAreOn, type Recipient, recipientsOf } from './meeting.ts';

export interface BookingChange {
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** Changes after which reminders are planned anew. */
const PLANS: readonly string[] = ['confirmed', 'rescheduled', 'locationChanged', 'guestsChanged'];

/** Nothing is sent here: what is sent later is made of the booking as it is then. */
export interface Announcement {
  readonly messages: readonly MessageOfBooking[];
  readonly reminders: readonly NewReminder[];
}

/** Which mails are to be sent because of a change of this meeting, and which reminders from now on, to be written in the transaction of the change. */
export async function planAnnouncement(deps: Deps, trx: Trx, meeting: ChangedMeeting, change: BookingChange): Promise<Announcement> {
  const isOn = PLANS.includes(change.action) && meeting.record.status === 'confirmed';
  return { messages: messagesOf(deps, meeting, change), reminders: isOn ? await planRemindersOf(deps, trx, meeting) : [] };
}

function messagesOf(deps: Deps, meeting: ChangedMeeting, { action, before, after }: BookingChange): MessageOfBooking[] {
  const { record } = meeting;
  if (!mailsAreOn(meeting)) return [];
  const people = recipientsOf(meeting);
  const announced = announcementsOf({
    action,
    isConfirmed: record.status === 'confirmed',
    wasConfirmed: before?.['status'] === 'confirmed',
    addedGuestIds: idsOf(after?.['added']),
    removedGuestIds: idsOf(after?.['removed']),
  });
  return announced.flatMap(({ kind, party, personIds }) => {
    const rows =
      personIds === null
        ? people.filter((one) => one.party === party && one.email !== null)
        : personIds.map((personId): Pick<Recipient, 'personId' | 'hostId'> => ({ personId, hostId: null }));
    return rows.map(({ personId, hostId }): MessageOfBooking => ({
      message_id: deps.ids.next('msg'),
      kind,
      party,
      person_id: personId,
      host_id: hostId,
      sequence: record.sequence,
      data: otherTimeOf(action, before, after),
    }));
  });
}

/** The time left behind, asked for or declined: what the booking itself no longer says. */
function otherTimeOf(action: string, before: BookingChange['before'], after: BookingChange['after']): Record<string, unknown> {
  const time = action === 'rescheduleRequested' ? after : action.startsWith('reschedule') ? before : null;
  return typeof time?.['start'] === 'string' && typeof time['end'] === 'string'
    ? { otherTime: { start: time['start'], end: time['end'] } }
    : {};
}

async function planRemindersOf(deps: Deps, trx: Trx, meeting: ChangedMeeting): Promise<NewReminder[]> {
  const { record, tenant, eventType } = meeting;
  const { settings } = tenant;
  const takesMail = mailsAreOn(meeting);
  const usesSms = settings.messages.sms && deps.sms !== null && eventType.settings.reminders.some((rule) => rule.channel === 'sms');
  const recipients = [];
  for (const one of recipientsOf(meeting)) {
    const takesSms = usesSms && one.party !== 'guest' && (await hasSmsConsent(trx, tenant.tenant_id, one.personId, one.phone));
    recipients.push({ ...one, takesMail: takesMail && one.email !== null, takesSms });
  }
  const planned = planReminders({
    startMs: record.start_at.getTime(),
    nowMs: deps.clock.nowMs(),
    rules: eventType.settings.reminders,
    recipients,
    quietHours: settings.quietHours,
  });
  return planned.map(({ ruleKey, personId, party, channel, dueMs }) => ({
    reminder_id: deps.ids.next('msg'),
    sequence: record.sequence,
    person_id: personId,
    rule_key: ruleKey,
    party,
    channel,
    due_at: formatInstant(dueMs),
  }));
}

/** The ids in one entry of `before` or `after`. */
export function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}
