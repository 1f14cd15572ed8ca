import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reminder } from '../../../shared/contract/event-type.ts';
import { planReminders, type ReminderRecipient } from '../../../server/domain/reminders/plan-reminders.ts';
import { isQuiet } from '../../../server/domain/reminders/quiet-hours.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 20, 12);
const START = Date.UTC(2026, 9, 23, 15); // Friday 23 October 2026, 11:00 in New York, 20:30 in Kolkata
const QUIET = { start: '21:00', end: '08:00' };

const host: ReminderRecipient = { personId: 'p1', party: 'host', timeZone: 'America/New_York', takesMail: true, takesSms: false };
const invitee: ReminderRecipient = { personId: 'p2', party: 'invitee', timeZone: 'Asia/Kolkata', takesMail: true, takesSms: true };
const guest: ReminderRecipient = { personId: 'p3', party: 'guest', timeZone: 'Europe/Berlin', takesMail: true, takesSms: false };
const recipients = [host, invitee, guest];
const ask = { startMs: START, nowMs: NOW, rules: null, recipients, quietHours: QUIET };

describe('planReminders', () => {
  it('reminds everybody a day and two hours before by mail where an event type says nothing', () => {
    expect(planReminders(ask)).toEqual(
      [24, 2].flatMap((hours) =>
        recipients.map(({ personId, party }) => ({
          ruleKey: `email:${hours * 60}`,
          personId,
          party,
          channel: 'email',
          dueMs: START - hours * HOUR,
        })),
      ),
    );
  });

  it('plans nothing for an empty list, because that is the way to say none', () => {
    expect(planReminders({ ...ask, rules: [] })).toEqual([]);
  });

  it.each([
    ['host', ['p1']],
    ['invitee', ['p2']],
    ['guests', ['p3']],
    ['all', ['p1', 'p2', 'p3']],
  ] as const)('sends a rule for %s to them only', (to, expected) => {
    const rows = planReminders({ ...ask, rules: [{ minutesBefore: 60, channel: 'email', to }] });
    expect(rows.map((row) => row.personId)).toEqual(expected);
  });

  it.each([
    ['a minute before it is due', START - 2 * HOUR - 60_000, 3],
    ['at the moment it is due', START - 2 * HOUR, 0],
    ['after the start', START + HOUR, 0],
  ])('of a booking made %s plans only what still lies ahead', (_when, nowMs, count) => {
    expect(planReminders({ ...ask, nowMs })).toHaveLength(count);
  });

  it('gives one reminder for rules that say the same twice', () => {
    const rules: Reminder[] = [
      { minutesBefore: 60, channel: 'email', to: 'all' },
      { minutesBefore: 60, channel: 'email', to: 'host' },
    ];
    expect(planReminders({ ...ask, rules })).toHaveLength(3);
  });

  it('tells the room about a person whom mail cannot reach, once, though a webhook rule says the same', () => {
    const rules: Reminder[] = [
      { minutesBefore: 60, channel: 'email', to: 'invitee' },
      { minutesBefore: 60, channel: 'webhook', to: 'invitee' },
    ];
    const rows = planReminders({ ...ask, rules, recipients: [{ ...invitee, takesMail: false }] });
    expect(rows.map((row) => row.ruleKey)).toEqual(['webhook:60']);
  });

  it('sends no SMS to a person who has not agreed to it', () => {
    const rows = planReminders({ ...ask, rules: [{ minutesBefore: 60, channel: 'sms', to: 'all' }] });
    expect(rows.map((row) => row.personId)).toEqual(['p2']);
  });

  const sms = (minutesBefore: number): Reminder => ({ minutesBefore, channel: 'sms', to: 'invitee' });
  const kolkata = (hour: number, minute = 0, day = 23): number => Date.UTC(2026, 9, day, hour, minute) - 5.5 * HOUR;
  it.each([
    ['by day', kolkata(18), 120, kolkata(16)],
    ['in the night before: waits for the morning', kolkata(9, 30), 120, kolkata(8)],
    ['in the night, and the meeting is before the morning: comes the evening before', kolkata(7, 30), 120, kolkata(20, 59, 22)],
    ['when the meeting begins as the quiet hours end: comes the evening before', kolkata(8), 60, kolkata(20, 59, 22)],
    ['at the very start of the quiet hours', kolkata(23), 120, kolkata(20, 59)],
    ['at the very end of the quiet hours', kolkata(10), 120, kolkata(8)],
  ])('an SMS due %s', (_name, startMs, minutesBefore, dueMs) => {
    expect(planReminders({ ...ask, startMs, rules: [sms(minutesBefore)] }).map((row) => row.dueMs)).toEqual([dueMs]);
  });

  it('keeps mail out of the quiet hours rule, because mail wakes nobody', () => {
    const rows = planReminders({ ...ask, startMs: kolkata(9, 30), rules: [{ minutesBefore: 120, channel: 'email', to: 'invitee' }] });
    expect(rows.map((row) => row.dueMs)).toEqual([kolkata(7, 30)]);
  });

  it('sends one SMS where the quiet hours push two onto the same minute', () => {
    expect(planReminders({ ...ask, startMs: kolkata(9), rules: [sms(120), sms(180)] })).toHaveLength(1);
  });

  it('holds for any rules: nothing past, nothing after the start, no SMS at night, nothing twice', () => {
    const zones = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Berlin', 'Pacific/Apia', 'Africa/Cairo'];
    const rule: fc.Arbitrary<Reminder> = fc.record({
      minutesBefore: fc.integer({ min: 1, max: 86_400 }),
      channel: fc.constantFrom('email' as const, 'sms' as const, 'webhook' as const),
      to: fc.constantFrom('host' as const, 'invitee' as const, 'guests' as const, 'all' as const),
    });
    const recipient: fc.Arbitrary<ReminderRecipient> = fc.record({
      personId: fc.constantFrom('a', 'b', 'c', 'd'),
      party: fc.constantFrom('host' as const, 'invitee' as const, 'guest' as const),
      timeZone: fc.constantFrom(...zones),
      takesMail: fc.boolean(),
      takesSms: fc.boolean(),
    });
    const wall = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.trunc(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 10 }),
        fc.uniqueArray(recipient, { maxLength: 4, selector: (r) => r.personId }),
        fc.integer({ min: NOW, max: NOW + 400 * 86_400_000 }),
        fc.record({ start: wall, end: wall }),
        (rules, people, startMs, quietHours) => {
          const rows = planReminders({ startMs, nowMs: NOW, rules, recipients: people, quietHours });
          for (const row of rows) {
            const person = people.find((candidate) => candidate.personId === row.personId);
            if (person === undefined) throw new Error('a stranger');
            expect(row.dueMs).toBeGreaterThan(NOW);
            expect(row.dueMs).toBeLessThan(startMs);
            if (row.channel === 'sms') expect(person.takesSms && !isQuiet(row.dueMs, quietHours, person.timeZone)).toBe(true);
            if (row.channel === 'email') expect(person.takesMail).toBe(true);
          }
          expect(new Set(rows.map((row) => `${row.personId} ${row.ruleKey}`)).size).toBe(rows.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
