import { findEventType } from '../adapters/db/event-types.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import { dropReminders, insertOutgoing, type NewMessage, type NewReminder } from '../adapters/db/outgoing-messages.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { hasSmsConsent } from '../adapters/db/sms-consents.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { announcementsOf } from '../domain/messages/announcement.ts';
import { planReminders } from '../domain/reminders/plan-reminders.ts';
import type { Deps } from './deps.ts';
import { mailsAreOn, type Meeting, type Recipient, recipientsOf } from './meeting.ts';

export interface BookingChange {
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** Changes after which reminders are planned anew, and those after which none is left. */
const PLANS: readonly string[] = ['confirmed', 'rescheduled', 'locationChanged', 'guestsChanged'];
const ENDS: readonly string[] = ['rescheduled', 'locationChanged', 'cancelled', 'declined', 'expired'];
const SILENT: readonly string[] = ['completed', 'noShow', 'hostNoteChanged'];

/**
 * Writes down, in the transaction of the change, which mails are to be sent because of it and which reminders from now on. Nothing is sent here: what
 * is sent later is made of the booking as it is then.
 */
export async function announce(deps: Deps, trx: Trx, tenantId: string, bookingId: string, change: BookingChange): Promise<void> {
  if (SILENT.includes(change.action)) return;
  const now = new Date(deps.clock.nowMs());
  const record = await findBooking(trx, tenantId, bookingId);
  const tenant = record && (await findTenant(trx, tenantId));
  const eventType = record && (await findEventType(trx, tenantId, record.event_type_id));
  if (record === undefined || tenant === undefined || eventType === undefined)
    throw new Error('announce: the booking that changed is not there');
  const meeting: Meeting = { record, tenant, eventType };
  if (ENDS.includes(change.action)) await dropReminders(trx, tenantId, bookingId, { why: change.action, at: now });
  const removed = idsOf(change.after?.['removed']);
  if (removed.length > 0) await dropReminders(trx, tenantId, bookingId, { why: 'left', at: now, personIds: removed });
  const reminders = PLANS.includes(change.action) && record.status === 'confirmed' ? await plan(deps, trx, meeting) : [];
  await insertOutgoing(trx, messagesOf(deps, meeting, change), reminders, now);
}

function messagesOf(deps: Deps, meeting: Meeting, { action, before, after }: BookingChange): NewMessage[] {
  const { record, tenant } = meeting;
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
    return rows.map(({ personId, hostId }): NewMessage => ({
      tenant_id: tenant.tenant_id,
      message_id: deps.ids.next('msg'),
      booking_id: record.booking_id,
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

async function plan(deps: Deps, trx: Trx, meeting: Meeting): Promise<NewReminder[]> {
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
    tenant_id: tenant.tenant_id,
    reminder_id: deps.ids.next('msg'),
    booking_id: record.booking_id,
    sequence: record.sequence,
    person_id: personId,
    rule_key: ruleKey,
    party,
    channel,
    due_at: new Date(dueMs),
  }));
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}
