import { recordEvent } from '../adapters/db/events.ts';
import type { MessageRow } from '../adapters/db/outgoing-messages.ts';
import { retryWhenAway } from '../adapters/db/retry-when-away.ts';
import { settleWork, type Settlement } from '../adapters/db/work.ts';
import type { MailMessage } from '../adapters/mail/mailer.ts';
import { BOOKING_MESSAGE_KINDS, type BookingMessageKind } from '../domain/messages/message-data.ts';
import { isOutdated } from '../domain/messages/is-outdated.ts';
import { nextMailAttemptAt } from '../domain/messages/mail-retry.ts';
import { pendingMove, statusAt } from '../domain/bookings/request-deadline.ts';
import { composeAccountMail } from './compose-account-mail.ts';
import { composeMail } from './compose-mail.ts';
import type { Deps } from './deps.ts';
import { findRecipient, mailsAreOn, readMeeting } from './meeting.ts';
import type { Turns } from './turns.ts';

/**
 * Sends one message that waits: made of everything as it is now, masked for its reader, then marked. What is no longer true, and what has nobody to go to,
 * is dropped; what fails for now is tried again later and later, what fails for good is told to the tenant (`message.failed`).
 */
export async function sendMessage(deps: Deps, row: MessageRow, turns: Turns): Promise<void> {
  const mail = await readMail(deps, row);
  if (typeof mail === 'string') {
    await settleWork(deps.db, 'outgoing_messages', takenOf(row), { state: 'dropped', detail: mail, at: new Date(deps.clock.nowMs()) });
    return;
  }
  await handOver(deps, turns, mail, {
    nextAttemptAt: (failedAtMs, luck) => nextMailAttemptAt(row.attempts, failedAtMs, luck),
    settle: (done) => settleMessage(deps, row, done),
  });
}

export interface Handover {
  /** When to try again after a failure that may pass; `null` when no more. */
  readonly nextAttemptAt: (failedAtMs: number, luck: number) => number | null;
  readonly settle: (done: Settlement) => Promise<void>;
}

/** Sends a mail and settles it before the next one may be handed over, so that a killed process leaves at most one in doubt. */
export async function handOver(deps: Deps, turns: Turns, mail: MailMessage, { nextAttemptAt, settle }: Handover): Promise<void> {
  const turn = turns.next();
  try {
    const sent = await deps.mailer.send(mail, turn.wait);
    const nowMs = deps.clock.nowMs();
    const at = new Date(nowMs);
    // The mail has left: that this is written down must not fail with a connection that was cut, or it is sent again.
    if (sent.ok) return await retryWhenAway(() => settle({ state: 'sent', detail: null, at }));
    const nextMs = sent.permanent ? null : nextAttemptAt(nowMs, deps.luck());
    if (nextMs === null) await settle({ state: 'failed', detail: sent.detail, at });
    else await settle({ state: 'waiting', detail: sent.detail, at, nextAt: new Date(nextMs) });
  } finally {
    turn.end();
  }
}

/** The mail, or in a word why there is none to send. */
async function readMail(deps: Deps, row: MessageRow): Promise<MailMessage | string> {
  const { kind } = row;
  if (!isAboutBooking(kind) || row.booking_id === null) return composeAccountMail(deps, row);
  const meeting = await readMeeting(deps.db, row.tenant_id, row.booking_id);
  if (meeting === undefined) return 'gone';
  if (!mailsAreOn(meeting)) return 'switchedOff';
  const { record } = meeting;
  const nowMs = deps.clock.nowMs();
  const now = { status: statusAt(record, nowMs), sequence: record.sequence, hasPendingMove: pendingMove(record, nowMs) !== null };
  if (isOutdated(kind, row.sequence, now)) return 'outdated';
  const to = await findRecipient(deps.db, meeting, { party: row.party, personId: row.person_id, hostId: row.host_id });
  if (to === undefined) return 'left';
  if (to.email === null) return 'unreachable';
  return composeMail(
    deps,
    meeting,
    { ...to, email: to.email },
    { id: row.message_id, kind, facts: { otherTime: readTime(row.data['otherTime']) } },
  );
}

async function settleMessage(deps: Deps, row: MessageRow, done: Settlement): Promise<void> {
  if (done.state !== 'failed') {
    await settleWork(deps.db, 'outgoing_messages', takenOf(row), done);
    return;
  }
  await deps.db.transaction().execute(async (trx) => {
    if (!(await settleWork(trx, 'outgoing_messages', takenOf(row), done))) return;
    const data = {
      messageId: row.message_id,
      bookingId: row.booking_id,
      kind: row.kind,
      channel: 'email',
      party: row.party,
      personId: row.person_id,
    };
    await recordEvent(trx, {
      tenant_id: row.tenant_id,
      event_id: deps.ids.next('ev'),
      type: 'message.failed',
      data: { ...data, detail: done.detail },
      at: done.at,
    });
  });
}

function isAboutBooking(kind: string): kind is BookingMessageKind {
  return (BOOKING_MESSAGE_KINDS as readonly string[]).includes(kind);
}

function takenOf(row: MessageRow) {
  return { tenantId: row.tenant_id, id: row.message_id, attempts: row.attempts };
}

function readTime(value: unknown): { startMs: number; endMs: number } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { start, end } = value as { start?: unknown; end?: unknown };
  return typeof start === 'string' && typeof end === 'string' ? { startMs: Date.parse(start), endMs: Date.parse(end) } : null;
}
