import { recordEvent } from '../adapters/db/events.ts';
import type { ReminderRow } from '../adapters/db/outgoing-messages.ts';
import { appendSmsConsent, hashPhone, hasSmsConsent, toE164 } from '../adapters/db/sms-consents.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { settleWork, type Settlement } from '../adapters/db/work.ts';
import { nextReminderAttemptAt } from '../domain/messages/mail-retry.ts';
import { renderSmsReminder } from '../domain/messages/render-sms.ts';
import { judgeDueReminder } from '../domain/reminders/judge-due-reminder.ts';
import { brandOf, cleanerOf, composeMail } from './compose-mail.ts';
import type { Deps } from './deps.ts';
import { findRecipient, mailsAreOn, type Meeting, readMeeting, type Recipient } from './meeting.ts';
import { handOver } from './send-message.ts';
import type { Turns } from './turns.ts';

/** Sends one reminder that has come due, if it still makes sense: everything is read again, so a meeting cancelled or moved since sends nothing. */
export async function sendReminder(deps: Deps, row: ReminderRow, turns: Turns): Promise<void> {
  const meeting = await readMeeting(deps.db, row.tenant_id, row.booking_id);
  const to = meeting && (await findRecipientOf(deps, meeting, row));
  const nowMs = deps.clock.nowMs();
  const record = meeting?.record;
  const verdict = judgeDueReminder({
    nowMs,
    channel: row.channel,
    plannedSequence: row.sequence,
    booking: record === undefined ? null : { status: record.status, sequence: record.sequence, startMs: record.start_at.getTime() },
    recipient: meeting === undefined || to === undefined ? null : await reachOf(deps, meeting, to, row),
    quietHours: meeting?.tenant.settings.quietHours ?? null,
  });
  const settle = (done: Settlement) => settleReminder(deps, row, done);
  const at = new Date(nowMs);
  if (verdict.act === 'postpone') return settle({ state: 'waiting', detail: 'quietHours', at, nextAt: new Date(verdict.dueMs) });
  if (verdict.act === 'drop') return settle({ state: 'dropped', detail: verdict.why, at });
  if (verdict.act === 'tellMarketplace' && to !== undefined) return tellMarketplace(deps, to, row);
  if (meeting === undefined || to === undefined) throw new Error('sendReminder: a reminder without a meeting was to be sent');
  switch (row.channel) {
    case 'email': {
      if (to.email === null) return settle({ state: 'dropped', detail: 'unreachable', at });
      const id = row.reminder_id;
      const mail = await composeMail(deps, meeting, { ...to, email: to.email }, { id, kind: 'reminder', facts: { otherTime: null } });
      const startMs = meeting.record.start_at.getTime();
      const nextAttemptAt = (failedAtMs: number, luck: number) => nextReminderAttemptAt(row.attempts, failedAtMs, startMs, luck);
      return handOver(deps, turns, mail, { nextAttemptAt, settle });
    }
    case 'sms':
      return sendSms(deps, meeting, to, row, turns);
    case 'webhook':
      return tellMarketplace(deps, to, row);
    default:
      return row.channel satisfies never;
  }
}

async function findRecipientOf(deps: Deps, meeting: Meeting, row: ReminderRow): Promise<Recipient | undefined> {
  const host = meeting.record.hosts.find((one) => one.personId === row.person_id);
  if (row.party === 'guest' && !meeting.record.guests.some((guest) => guest.personId === row.person_id)) return undefined;
  return findRecipient(deps.db, meeting, {
    party: row.party,
    personId: row.person_id,
    hostId: row.party === 'host' ? (host?.hostId ?? '') : null,
  });
}

async function reachOf(deps: Deps, meeting: Meeting, to: Recipient, row: ReminderRow) {
  const { settings } = meeting.tenant;
  const takesSms =
    row.channel === 'sms' &&
    settings.messages.sms &&
    deps.sms !== null &&
    (await hasSmsConsent(deps.db, row.tenant_id, to.personId, to.phone));
  return { timeZone: to.timeZone, takesMail: to.email !== null && mailsAreOn(meeting), takesSms };
}

async function sendSms(deps: Deps, meeting: Meeting, to: Recipient, row: ReminderRow, turns: Turns): Promise<void> {
  const { phone } = to;
  if (deps.sms === null || phone === null) throw new Error('sendReminder: an SMS without a provider or number was to be sent');
  const { record, tenant } = meeting;
  const text = renderSmsReminder(
    {
      brandName: brandOf(tenant.settings).name,
      title: cleanerOf(deps, meeting)('title', record.title) ?? '',
      startMs: record.start_at.getTime(),
      timeZone: to.timeZone,
    },
    to.locale,
  );
  const turn = turns.next();
  await turn.wait();
  try {
    const sent = await deps.sms.send({ id: row.reminder_id, to: toE164(phone), text });
    const nowMs = deps.clock.nowMs();
    const at = new Date(nowMs);
    if (sent.ok) return await settleReminder(deps, row, { state: 'sent', detail: null, at });
    const nextMs = sent.permanent ? null : nextReminderAttemptAt(row.attempts, nowMs, record.start_at.getTime(), deps.luck());
    if (nextMs === null)
      await settleReminder(
        deps,
        row,
        { state: 'failed', detail: sent.detail, at },
        sent.optedOut ? (trx) => withdraw(deps, trx, to, row) : null,
      );
    else await settleReminder(deps, row, { state: 'waiting', detail: sent.detail, at, nextAt: new Date(nextMs) });
  } finally {
    turn.end();
  }
}

/** The carrier says that this number wants no more. */
async function withdraw(deps: Deps, trx: Trx, to: Recipient, row: ReminderRow): Promise<void> {
  if (to.phone === null || to.party === 'guest') return;
  await appendSmsConsent(trx, {
    tenant_id: row.tenant_id,
    consent_id: deps.ids.next('sms'),
    person_id: to.personId,
    party: to.party,
    phone_hash: hashPhone(to.personId, to.phone),
    state: 'withdrawn',
    text: 'The carrier refused the message: the number has opted out.',
    locale: null,
    via: 'carrier',
    booking_id: row.booking_id,
    at: new Date(deps.clock.nowMs()),
  });
}

/** Somebody mail cannot reach is reminded by the marketplace itself, in its room. The event and the mark are one transaction. */
async function tellMarketplace(deps: Deps, to: Recipient, row: ReminderRow): Promise<void> {
  const at = new Date(deps.clock.nowMs());
  await deps.db.transaction().execute(async (trx) => {
    const taken = { tenantId: row.tenant_id, id: row.reminder_id, attempts: row.attempts };
    if (!(await settleWork(trx, 'reminders', taken, { state: 'sent', detail: null, at }))) return;
    const { party, personId, hostId } = to;
    const data = {
      bookingId: row.booking_id,
      reminderId: row.reminder_id,
      dueAt: row.due_at.toISOString(),
      recipient: { party, personId, hostId },
    };
    await recordEvent(trx, { tenant_id: row.tenant_id, event_id: deps.ids.next('ev'), type: 'reminder.due', data, at });
  });
}

async function settleReminder(
  deps: Deps,
  row: ReminderRow,
  done: Settlement,
  also: ((trx: Trx) => Promise<void>) | null = null,
): Promise<void> {
  const taken = { tenantId: row.tenant_id, id: row.reminder_id, attempts: row.attempts };
  if (done.state !== 'failed') {
    await settleWork(deps.db, 'reminders', taken, done);
    return;
  }
  await deps.db.transaction().execute(async (trx) => {
    if (!(await settleWork(trx, 'reminders', taken, done))) return;
    await also?.(trx);
    const { booking_id: bookingId, channel, party, person_id: personId } = row;
    const data = { messageId: row.reminder_id, bookingId, kind: 'reminder', channel, party, personId, detail: done.detail };
    await recordEvent(trx, { tenant_id: row.tenant_id, event_id: deps.ids.next('ev'), type: 'message.failed', data, at: done.at });
  });
}
