import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createSmtpMailer, SMTP_DEFAULTS } from '../../server/adapters/mail/smtp-mailer.ts';
import { createPostman } from '../../server/flows/postman.ts';
import { readMail } from '../contracts/mail/read-mail.ts';
import { type RunningSmtp, withSmtpServer } from '../contracts/mail/with-smtp-server.ts';
import { SECRET_KEY, type TestApp, withApp } from '../helpers/app.ts';
import { DUE_AT, makeReminders } from './parts/many-reminders.ts';
import type { WorkerOrders } from './parts/mail-worker.ts';

const WORKER = fileURLToPath(new URL('./parts/mail-worker.ts', import.meta.url));
const REMINDERS = 1000;
const KILLS = 8;
/** Longer than a lease, so that the next worker finds what the killed one had taken. */
const LEASE_OVER_MS = 200_000;
/** A fixed seed, so that a run that fails can be run again. */
const SEED = 20_261_123;

describe('a thousand reminders due at once', () => {
  test(
    'with the worker killed by -9 at random points: none is lost, and at most one for each kill arrives twice',
    { timeout: 180_000 },
    async () => {
      await withSmtpServer({}, async (smtp) => {
        await withApp(async (app) => {
          await makeReminders(app, REMINDERS);
          const random = randomFrom(SEED);
          let aheadMs = Date.parse(DUE_AT) - Date.now();
          let kills = 0;
          for (; kills < KILLS; kills++) {
            const target = smtp.received.length + 20 + Math.floor(random() * 100);
            if (target >= REMINDERS) break;
            const worker = startWorker(app, smtp, aheadMs);
            await until(() => smtp.received.length >= target, worker);
            await end(worker, 'SIGKILL');
            aheadMs += LEASE_OVER_MS;
          }
          const worker = startWorker(app, smtp, aheadMs);
          await until(async () => (await countStates(app))['sent'] === REMINDERS, worker);
          worker.stdin?.end();
          await new Promise((resolve) => worker.once('close', resolve));
          const { unique, twice } = countMails(smtp);
          console.log(`${REMINDERS} reminders, worker killed ${kills} times (seed ${SEED}): ${unique} arrived, ${twice} of them twice`);
          expect(unique).toBe(REMINDERS);
          expect(twice).toBeLessThanOrEqual(kills);
          expect(worker.exitCode).toBe(0);
        });
      });
    },
  );

  test(
    'with every connection to the database cut again and again: none is lost, and none arrives twice but those in doubt at a cut',
    { timeout: 180_000 },
    async () => {
      await withSmtpServer({}, async (smtp) => {
        await withApp(async (app) => {
          await makeReminders(app, REMINDERS);
          const aheadMs = Date.parse(DUE_AT) - Date.now();
          let worker = startWorker(app, smtp, aheadMs);
          let cuts = 0;
          while (cuts < 5) {
            const target = smtp.received.length + 120;
            await until(() => smtp.received.length >= target, worker);
            await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(
              app.db,
            );
            cuts += 1;
          }
          await until(() => smtp.received.length >= REMINDERS - 200, worker);
          await end(worker, 'SIGTERM');
          worker = startWorker(app, smtp, aheadMs + LEASE_OVER_MS);
          await until(async () => (await countStates(app))['sent'] === REMINDERS, worker);
          await end(worker, 'SIGTERM');
          const { unique, twice } = countMails(smtp);
          console.log(`${REMINDERS} reminders, database connections cut ${cuts} times: ${unique} arrived, ${twice} of them twice`);
          expect(unique).toBe(REMINDERS);
          expect(twice).toBeLessThanOrEqual(cuts + 1);
        });
      });
    },
  );

  test(
    'with SMTP down for an hour: each is sent exactly once when it is back, and those whose meeting began meanwhile are given up',
    { timeout: 180_000 },
    async () => {
      let isDown = true;
      const options = {
        onConnect: (_session: unknown, done: (error?: Error) => void) =>
          isDown ? done(Object.assign(new Error('try later'), { responseCode: 421 })) : done(),
      };
      await withSmtpServer(options, async (smtp) => {
        await withApp(async (app) => {
          await makeReminders(app, 200);
          await app.db
            .updateTable('bookings')
            .set({ start_at: '2026-11-25T14:30:00Z' } as never)
            .where('booking_id', 'like', '%99')
            .execute();
          const mailer = createSmtpMailer({ url: smtp.url, from: { name: 'Parley', address: 'relay@parley.example' }, ...SMTP_DEFAULTS });
          const postman = createPostman({ ...app.deps, mailer }, (error) => {
            throw error;
          });
          app.clock.setTime(DUE_AT);
          for (let minute = 0; minute < 55; minute++) {
            await postman.drain();
            app.clock.advanceMinutes(1);
          }
          expect(smtp.received).toEqual([]);
          isDown = false;
          for (let minute = 0; minute < 60; minute++) {
            await postman.drain();
            app.clock.advanceMinutes(1);
            if (app.clock.nowMs() >= Date.parse('2026-11-25T14:59:00Z')) break;
          }
          await postman.drain();
          await mailer.close();
          const { unique, twice } = countMails(smtp);
          const states = await countStates(app);
          console.log(`200 reminders, SMTP down for 55 minutes: ${unique} arrived, ${twice} twice; ${JSON.stringify(states)}`);
          expect(twice).toBe(0);
          // The last attempt falls just before the start or just after it.
          const { sent, failed = 0, dropped = 0, ...others } = states;
          expect({ sent, ended: failed + dropped, others }).toEqual({ sent: 198, ended: 2, others: {} });
          expect(unique).toBe(198);
        });
      });
    },
  );
});

function startWorker(app: TestApp, smtp: RunningSmtp, aheadMs: number): ChildProcess {
  const orders: WorkerOrders = {
    address: app.address,
    smtpUrl: smtp.url,
    secretKey: Buffer.from(SECRET_KEY).toString('base64'),
    dataDir: tmpdir(),
    aheadMs,
  };
  return spawn(process.execPath, [WORKER, JSON.stringify(orders)], { stdio: ['pipe', 'ignore', 'inherit'] });
}

async function until(isSo: () => boolean | Promise<boolean>, worker: ChildProcess): Promise<void> {
  await expect
    .poll(
      async () => {
        if (worker.exitCode !== null) throw new Error(`the worker ended with ${worker.exitCode}`);
        return isSo();
      },
      { timeout: 90_000, interval: 5 },
    )
    .toBe(true);
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => worker.once('close', resolve));
  worker.kill(signal);
  await ended;
}

function countMails({ received }: RunningSmtp): { unique: number; twice: number } {
  const ids = received.map(({ raw }) => readMail(raw).headers.get('message-id'));
  const unique = new Set(ids).size;
  return { unique, twice: ids.length - unique };
}

async function countStates({ db }: TestApp): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; count: number }>`SELECT state, count(*) FROM reminders GROUP BY state`.execute(db);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
