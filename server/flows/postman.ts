import { takeLoginsToEnd } from '../adapters/db/logins-to-end.ts';
import { takeDeliveries } from '../adapters/db/webhooks.ts';
import { takeWork } from '../adapters/db/work.ts';
import { takeConnectionsToFollow, takeDueEvents } from '../adapters/db/written-events.ts';
import type { Deps } from './deps.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { endLogin } from './end-login.ts';
import { followCalendar } from './follow-calendar.ts';
import { pushToCalendar } from './push-to-calendar.ts';
import { sendMessage } from './send-message.ts';
import { sendReminder } from './send-reminder.ts';
import { spreadEvents } from './spread-events.ts';
import { takeTurns } from './turns.ts';

/** Does what waits to be sent: mails, reminders, events, webhooks, entries of calendars, the end of logins. */
export interface Postman {
  /** Takes what is due, as far as hands are free, and starts on it. Answers how much was taken. */
  round(): Promise<number>;
  /** Until something that runs is done; at once when nothing runs. */
  oneDone(): Promise<void>;
  /** Until nothing runs any more. */
  allDone(): Promise<void>;
  /** Rounds until nothing is due and nothing runs. */
  drain(): Promise<void>;
}

/** Longer than any attempt may take, so that nobody takes what somebody else is still at. */
const MAIL_LEASE_MS = 180_000;
const WEBHOOK_LEASE_MS = 60_000;
const MAILS_AT_ONCE = 16;
const WEBHOOKS_AT_ONCE = 48;
const WEBHOOKS_PER_ENDPOINT = 4;
const EVENTS_AT_ONCE = 200;
const CALENDAR_LEASE_MS = 120_000;
const CALENDARS_AT_ONCE = 16;

/** `failed` hears of surprises; the row they happened to comes due again when its lease ends. */
export function createPostman(deps: Deps, failed: (error: unknown) => void): Postman {
  const turns = takeTurns();
  const mails = new Set<Promise<void>>();
  const webhooks = new Set<Promise<void>>();
  const calendars = new Set<Promise<void>>();
  const perEndpoint = new Map<string, number>();

  const run = (pool: Set<Promise<void>>, work: Promise<void>, done: () => void = () => {}) => {
    const running = work.catch(failed).finally(() => {
      pool.delete(running);
      done();
    });
    pool.add(running);
  };
  const takeMails = async (): Promise<number> => {
    const nowMs = () => new Date(deps.clock.nowMs());
    const free = () => MAILS_AT_ONCE - mails.size;
    let taken = 0;
    if (free() > 0) {
      const messages = await takeWork(deps.db, 'outgoing_messages', { now: nowMs(), leaseMs: MAIL_LEASE_MS, limit: free() });
      for (const row of messages) run(mails, sendMessage(deps, row, turns));
      taken += messages.length;
    }
    if (free() > 0) {
      const reminders = await takeWork(deps.db, 'reminders', { now: nowMs(), leaseMs: MAIL_LEASE_MS, limit: free() });
      for (const row of reminders) run(mails, sendReminder(deps, row, turns));
      taken += reminders.length;
    }
    return taken;
  };
  const takeWebhooks = async (): Promise<number> => {
    const limit = WEBHOOKS_AT_ONCE - webhooks.size;
    if (limit <= 0) return 0;
    const busy = [...perEndpoint].flatMap(([id, count]) => (count > 0 ? [id] : []));
    const now = new Date(deps.clock.nowMs());
    const rows = await takeDeliveries(deps.db, { now, leaseMs: WEBHOOK_LEASE_MS, limit, limitPerEndpoint: WEBHOOKS_PER_ENDPOINT, busy });
    for (const row of rows) {
      const count = (step: number) => perEndpoint.set(row.endpoint_id, (perEndpoint.get(row.endpoint_id) ?? 0) + step);
      count(1);
      run(webhooks, deliverWebhook(deps, row), () => count(-1));
    }
    return rows.length;
  };
  const takeCalendars = async (): Promise<number> => {
    const asked = (limit: number) => ({ now: new Date(deps.clock.nowMs()), leaseMs: CALENDAR_LEASE_MS, limit });
    const free = () => CALENDARS_AT_ONCE - calendars.size;
    let taken = 0;
    if (free() > 0) {
      const events = await takeDueEvents(deps.db, asked(free()));
      for (const row of events) run(calendars, pushToCalendar(deps, row));
      taken += events.length;
    }
    if (free() > 0) {
      const connections = await takeConnectionsToFollow(deps.db, asked(free()));
      for (const connection of connections) run(calendars, followCalendar(deps, connection));
      taken += connections.length;
    }
    if (free() > 0) {
      const logins = await takeLoginsToEnd(deps.db, asked(free()));
      for (const login of logins) run(calendars, endLogin(deps, login));
      taken += logins.length;
    }
    return taken;
  };
  const round = async () =>
    (await takeMails()) + (await spreadEvents(deps, EVENTS_AT_ONCE)) + (await takeWebhooks()) + (await takeCalendars());
  const running = () => [...mails, ...webhooks, ...calendars];
  const oneDone = async () => {
    if (running().length > 0) await Promise.race(running());
  };
  return {
    round,
    oneDone,
    async allDone() {
      await Promise.all(running());
    },
    async drain() {
      // What ends during a round may leave something due that the round has already looked for.
      for (;;) {
        const wasIdle = running().length === 0;
        const taken = await round();
        if (wasIdle && taken === 0) return;
        await oneDone();
      }
    },
  };
}
