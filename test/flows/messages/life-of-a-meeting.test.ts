import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { createSmtpMailer, SMTP_DEFAULTS } from '../../../server/adapters/mail/smtp-mailer.ts';
import { readMail } from '../../contracts/mail/read-mail.ts';
import { type ReceivedMail, withSmtpServer } from '../../contracts/mail/with-smtp-server.ts';
import { makeWorld } from '../../helpers/world.ts';
import { type MessagesTest, withMessages } from './with-messages.ts';

/** Monday 26 October 2026, 10:00 in Berlin, the day after its clocks went back; 05:00 in New York, which still has summer time. */
const FIRST = '2026-10-26T09:00:00Z';
/** Monday 2 November, 10:00 in Berlin and 04:00 in New York, the day after its clocks went back too. */
const SECOND = '2026-11-02T09:00:00Z';
const REMINDERS = [5760, 1440, 120].map((minutesBefore) => ({ minutesBefore, channel: 'email', to: 'all' }));

describe('the life of a meeting, over SMTP', () => {
  test('request, confirmation, three reminders, a move, reminders again, cancellation: each mail once, at its time, in its reader’s zone', async () => {
    await withSmtpServer({}, async (smtp) => {
      const mailer = createSmtpMailer({ url: smtp.url, from: { name: 'Parley', address: 'relay@parley.example' }, ...SMTP_DEFAULTS });
      await withMessages(
        async (test) => {
          test.clock.setTime('2026-10-20T08:00:00Z');
          const world = await makeWorld(test, {
            tenant: { name: 'Acme', brand: { name: 'Acme Works' }, mail: { fromName: 'Acme Meetings', replyTo: 'help@acme.example' } },
            host: { name: 'Ana Host', email: 'ana@host.example', timeZone: 'Europe/Berlin', schedule: { weeklyHours: ALL_DAY } },
            eventType: { confirmation: 'request', reminders: REMINDERS, requestExpiresMinutes: 2880 },
          });
          const log: string[] = [];
          const walkTo = (until: string) => walk(test, smtp.received, log, until);
          const booked = await test.call('POST', '/v1/bookings', {
            key: world.publishableKey,
            body: {
              eventTypeId: world.eventTypeId,
              start: FIRST,
              invitee: { name: 'Vi', email: 'vi@visitor.example', timeZone: 'America/New_York', locale: 'en' },
            },
          });
          const verb = (name: string, body: object) =>
            test.call('POST', `/v1/bookings/${booked.body.id}/${name}`, { key: world.secretKey, body });
          await walkTo('2026-10-21T08:00:00Z');
          expect((await verb('confirm', { actor: { role: 'host' } })).status).toBe(200);
          await walkTo('2026-10-26T08:00:00Z');
          expect((await verb('reschedule', { start: SECOND, actor: { role: 'host' } })).status).toBe(200);
          await walkTo('2026-11-01T12:00:00Z');
          expect((await verb('cancel', { reason: 'A deadline moved.', actor: { role: 'host' } })).status).toBe(200);
          await walkTo('2026-11-03T08:00:00Z');

          const first = { ny: 'Mon, Oct 26, 5:00 AM GMT-4', berlin: 'Mon, Oct 26, 10:00 AM GMT+1' };
          const second = { ny: 'Mon, Nov 2, 4:00 AM GMT-5', berlin: 'Mon, Nov 2, 10:00 AM GMT+1' };
          expect(log).toEqual([
            `10-20T08:00 ana Vi asks to meet: Intro, ${first.berlin}`,
            `10-20T08:00 vi Request sent: Intro, ${first.ny}`,
            `10-21T08:00 ana Confirmed: Intro, ${first.berlin} REQUEST 0 2026-10-26T09:00:00Z`,
            `10-21T08:00 vi Confirmed: Intro, ${first.ny} REQUEST 0 2026-10-26T09:00:00Z`,
            `10-22T09:00 ana Reminder: Intro, ${first.berlin}`,
            `10-22T09:00 vi Reminder: Intro, ${first.ny}`,
            `10-25T09:00 ana Reminder: Intro, ${first.berlin}`,
            `10-25T09:00 vi Reminder: Intro, ${first.ny}`,
            `10-26T07:00 ana Reminder: Intro, ${first.berlin}`,
            `10-26T07:00 vi Reminder: Intro, ${first.ny}`,
            `10-26T08:00 ana New time: Intro, ${second.berlin} REQUEST 1 2026-11-02T09:00:00Z`,
            `10-26T08:00 vi New time: Intro, ${second.ny} REQUEST 1 2026-11-02T09:00:00Z`,
            `10-29T09:00 ana Reminder: Intro, ${second.berlin}`,
            `10-29T09:00 vi Reminder: Intro, ${second.ny}`,
            `11-01T09:00 ana Reminder: Intro, ${second.berlin}`,
            `11-01T09:00 vi Reminder: Intro, ${second.ny}`,
            `11-01T12:00 ana Cancelled: Intro, ${second.berlin} CANCEL 2 2026-11-02T09:00:00Z`,
            `11-01T12:00 vi Cancelled: Intro, ${second.ny} CANCEL 2 2026-11-02T09:00:00Z`,
          ]);
          for (const { raw } of smtp.received) {
            const { headers } = readMail(raw);
            expect(headers.get('from')).toBe('Acme Meetings <relay@parley.example>');
            expect(headers.get('reply-to')).toBe('Acme Meetings <help@acme.example>');
          }
          const history = await test.call('GET', `/v1/bookings/${booked.body.id}/history`, { key: world.secretKey });
          const states = history.body.messages.map(({ kind, state, detail }: Record<string, string>) =>
            `${kind} ${state} ${detail ?? ''}`.trim(),
          );
          expect(states.filter((line: string) => line.endsWith(' sent'))).toHaveLength(18);
          expect(states.filter((line: string) => line === 'reminder dropped cancelled')).toHaveLength(2);
          expect(states).toHaveLength(20);
          await mailer.close();
        },
        { mailer },
      );
    });
  });
});

const ALL_DAY = [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], start: '00:00', end: '24:00' }];

/** Moves the clock on an hour at a time and writes down what arrives at each. */
async function walk(test: MessagesTest, received: readonly ReceivedMail[], log: string[], until: string): Promise<void> {
  for (;;) {
    const before = received.length;
    await test.postman.drain();
    const now = new Date(test.clock.nowMs()).toISOString().slice(5, 16);
    log.push(
      ...received
        .slice(before)
        .map((mail) => `${now} ${lineOf(mail)}`)
        .sort(),
    );
    if (test.clock.nowMs() >= Date.parse(until)) return;
    test.clock.advanceMinutes(60);
  }
}

/** Whom it went to, what it said, and its invitation as a calendar program reads it. */
function lineOf({ to, raw }: ReceivedMail): string {
  const { headers, parts } = readMail(raw);
  const calendar = parts.find(({ type }) => type.startsWith('text/calendar'));
  const name = to.join().split('@')[0];
  if (calendar === undefined) return `${name} ${headers.get('subject')}`;
  const root = new ICAL.Component(ICAL.parse(calendar.text));
  const event = new ICAL.Event(root.getFirstSubcomponent('vevent') as ICAL.Component);
  return `${name} ${headers.get('subject')} ${String(root.getFirstPropertyValue('method'))} ${event.sequence} ${event.startDate.toString()}`;
}
