import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import { sql } from 'kysely';
import { createSmtpMailer, SMTP_DEFAULTS } from '../../server/adapters/mail/smtp-mailer.ts';
import { renderSample } from '../../server/domain/messages/samples.ts';
import type { WorkerOrders } from '../faults/parts/mail-worker.ts';
import { makeReminders } from '../faults/parts/many-reminders.ts';
import { type BenchApp, withBenchApp } from './parts/bench-app.ts';
import { measureLoad } from './parts/http-load.ts';
import { median, short } from './parts/measure.ts';
import type { Bench } from './run.ts';

const REMINDERS = 10_000;
const BARE_MAILS = 2000;
const BOOKINGS = 100;
const HOUR_MS = 3_600_000;

/** The product's own worker sends 10,000 reminders that are due in the same minute, by SMTP to a server in a process of its own, while people book. */
const bench: Bench = {
  name: 'messages: 10,000 reminders due in the same minute, and bookings meanwhile',
  run: () => withBenchApp(() => {}, measure),
};
export default bench;

async function measure(bench: BenchApp): Promise<string[]> {
  const call = async (method: string, url: string, { key = bench.adminKey, body = {} }: { key?: string; body?: unknown } = {}) => {
    const headers = { authorization: `Bearer ${key}` };
    const response = await bench.app.inject({ method: method as 'POST', url, headers, payload: body as object });
    if (response.statusCode >= 300) throw new Error(response.body);
    return { status: response.statusCode, body: response.json(), text: response.body };
  };
  const meetingMs = nextMeetingMs();
  await makeReminders({ call: call as never, db: bench.db }, REMINDERS, new Date(meetingMs).toISOString());
  const book = await bookings(bench, call);
  const sink = await startSink();
  const floorPerSecond = await sendBareMails(sink.url);

  await book();
  const quiet = await book();
  const startedAt = performance.now();
  const worker = startWorker(bench, sink.url, meetingMs - HOUR_MS - Date.now());
  await until(async () => (await countSent(bench)) > 200);
  const busy = await book();
  const during = await countSent(bench);
  await until(async () => (await countSent(bench)) >= REMINDERS);
  const seconds = (performance.now() - startedAt) / 1000;
  const ended = once(worker, 'close');
  worker.stdin?.end();
  await ended;
  const { mails, different } = await sink.stop();

  const perSecond = REMINDERS / seconds;
  const others = await countSent(bench, 'outgoing_messages');
  const twice = mails - different;
  return [
    `${REMINDERS} reminders sent in ${short(seconds)} s: ${short(perSecond)} a second, ${short(perSecond / floorPerSecond)}x of handing ready mails to the same server (${short(floorPerSecond)} a second)`,
    `${different - BARE_MAILS} different mails arrived (${REMINDERS} reminders and ${others} confirmations), ${twice} twice`,
    `bookings while they went out (${during} sent when the last was answered): all ${BOOKINGS} made, median ${short(median(busy) / median(quiet))}x, slowest ${short(Math.max(...busy) / median(quiet))}x the quiet median (${short(median(quiet))} ms)`,
  ];
}

/** Wednesday after next, 15:00 UTC, inside the host's hours. */
function nextMeetingMs(): number {
  const day = new Date(Date.now() + 7 * 24 * HOUR_MS);
  day.setUTCHours(15, 0, 0, 0);
  return day.getTime() + ((3 - day.getUTCDay() + 7) % 7) * 24 * HOUR_MS;
}

type Call = (method: string, url: string, options: { key?: string; body?: unknown }) => Promise<{ body: Record<string, string> }>;

/** People who book with another tenant: answers how long each waited. */
async function bookings({ base }: BenchApp, call: Call): Promise<() => Promise<readonly number[]>> {
  const { body: tenant } = await call('POST', '/v1/tenants', { body: { name: 'Busy' } });
  const key = tenant['secretKey'] ?? '';
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const weeklyHours = [{ days, start: '00:00', end: '24:00' }];
  const { body: host } = await call('POST', '/v1/hosts', {
    key,
    body: { name: 'Host', timeZone: 'UTC', schedule: { timeZone: 'UTC', weeklyHours } },
  });
  const rules = {
    hostId: host['id'],
    title: 'Intro',
    durationsMinutes: [30],
    bookingWindow: { type: 'unlimited' },
    minimumNoticeMinutes: 0,
  };
  const { body: eventType } = await call('POST', '/v1/event-types', { key, body: rules });
  const headers = { authorization: `Bearer ${tenant['publishableKey']}`, 'content-type': 'application/json' };
  let next = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 300 * 24 * HOUR_MS;
  return async () => {
    const bodies = Array.from({ length: BOOKINGS }, (_, i) =>
      JSON.stringify({
        eventTypeId: eventType['id'],
        start: new Date((next += 6 * HOUR_MS)).toISOString(),
        invitee: { name: 'Vi Visitor', email: `vi${i}@visitor.example` },
      }),
    );
    const load = { base, paths: bodies.map(() => '/v1/bookings'), bodies, headers, method: 'POST', connections: 2 } as const;
    const { statuses, millis } = await measureLoad(load);
    if (statuses['201'] !== BOOKINGS) throw new Error(`bookings: ${JSON.stringify(statuses)}`);
    return millis;
  };
}

/** The floor: mails that are written already, over the same kind of connections, with nobody keeping books. */
async function sendBareMails(url: string): Promise<number> {
  const mailer = createSmtpMailer({ url, from: { name: 'Bench', address: 'bench@parley.example' }, ...SMTP_DEFAULTS });
  const ready = { ...renderSample('reminder', 'invitee', 'en'), fromName: null, replyTo: null, invitation: null, unsubscribeUrl: null };
  const startedAt = performance.now();
  const sent = await Promise.all(
    Array.from({ length: BARE_MAILS }, (_, i) =>
      mailer.send({ ...ready, id: `bare-${i}`, to: { name: 'Vi', address: `v${i}@visitor.example` } }),
    ),
  );
  await mailer.close();
  if (!sent.every(({ ok }) => ok)) throw new Error('the mail server did not take a bare mail');
  return (BARE_MAILS / (performance.now() - startedAt)) * 1000;
}

async function startSink() {
  const child = spawn(process.execPath, [new URL('./parts/mail-sink.ts', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: Interface = createInterface({ input: child.stdout });
  const [port] = (await once(lines, 'line')) as [string];
  return {
    url: `smtp://127.0.0.1:${port}`,
    async stop(): Promise<{ mails: number; different: number }> {
      const counted = once(lines, 'line');
      child.stdin.end();
      return JSON.parse(((await counted) as [string])[0]) as { mails: number; different: number };
    },
  };
}

function startWorker({ address }: BenchApp, smtpUrl: string, aheadMs: number): ChildProcess {
  const orders: WorkerOrders = { address, smtpUrl, secretKey: Buffer.alloc(32).toString('base64'), dataDir: tmpdir(), aheadMs };
  const program = new URL('../faults/parts/mail-worker.ts', import.meta.url).pathname;
  return spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['pipe', 'ignore', 'inherit'] });
}

async function countSent({ db }: BenchApp, table: 'reminders' | 'outgoing_messages' = 'reminders'): Promise<number> {
  const { rows } = await sql<{ count: string }>`SELECT count(*) FROM ${sql.table(table)} WHERE state = 'sent'`.execute(db);
  return Number(rows[0]?.count);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
