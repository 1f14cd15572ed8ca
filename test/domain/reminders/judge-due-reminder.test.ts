import { describe, expect, it } from 'vitest';
import { type DueReminder, judgeDueReminder } from '../../../server/domain/reminders/judge-due-reminder.ts';

const NOW = Date.parse('2026-10-20T12:00Z');
const booking = { status: 'confirmed', sequence: 2, startMs: NOW + 7_200_000 };
const recipient = { timeZone: 'Europe/Berlin', takesMail: true, takesSms: true };
const due: DueReminder = {
  nowMs: NOW,
  channel: 'email',
  plannedSequence: 2,
  booking,
  recipient,
  quietHours: { start: '21:00', end: '08:00' },
};

describe('judgeDueReminder', () => {
  it.each<[string, Partial<DueReminder>, string]>([
    ['a confirmed booking that stands as planned', {}, 'send'],
    ['a cancelled booking', { booking: { ...booking, status: 'cancelled' } }, 'notConfirmed'],
    ['a request nobody has confirmed', { booking: { ...booking, status: 'requested' } }, 'notConfirmed'],
    ['a booking that is gone', { booking: null }, 'notConfirmed'],
    ['a booking that was moved since', { booking: { ...booking, sequence: 3 } }, 'moved'],
    ['a meeting that begins this moment', { nowMs: booking.startMs }, 'started'],
    ['a guest who was taken off', { recipient: null }, 'left'],
    ['a person whom mail no longer reaches', { recipient: { ...recipient, takesMail: false } }, 'tellMarketplace'],
    ['a number that said STOP since planning', { channel: 'sms', recipient: { ...recipient, takesSms: false } }, 'unreachable'],
    ['an SMS by day', { channel: 'sms' }, 'send'],
    ['a webhook for a person without any address', { channel: 'webhook', recipient: { ...recipient, takesMail: false } }, 'send'],
  ])('%s: %s', (_name, change, expected) => {
    const verdict = judgeDueReminder({ ...due, ...change });
    expect(verdict.act === 'drop' ? verdict.why : verdict.act).toBe(expected);
  });

  it('lets an SMS that comes late at night wait for the morning, unless the meeting is before', () => {
    const nowMs = Date.parse('2026-10-20T23:30+02:00');
    const late = { ...due, channel: 'sms' as const, nowMs };
    const morning = Date.parse('2026-10-21T08:00+02:00');
    expect(judgeDueReminder({ ...late, booking: { ...booking, startMs: morning + 1 } })).toEqual({ act: 'postpone', dueMs: morning });
    expect(judgeDueReminder({ ...late, booking: { ...booking, startMs: morning } })).toEqual({ act: 'drop', why: 'started' });
  });
});
