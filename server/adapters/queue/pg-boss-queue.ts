import { fromKysely, PgBoss, type SendOptions } from 'pg-boss';
import type { DatabaseAddress } from '../db/connect.ts';
import { nothing, type Statement } from '../db/statement.ts';
import { JOB_NAMES, type JobData, type JobName, type Queue } from './queue.ts';

export type JobHandler = (data: JobData) => Promise<void>;

export interface RunningQueue extends Queue {
  /** Starts to run jobs as they fall due. A handler that throws is tried again, later and later; the sweep is behind it. */
  work(handlers: Readonly<Record<JobName, JobHandler>>): Promise<void>;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

/** Tables of its own beside ours. */
const SCHEMA = 'pgboss';
const CONNECTIONS = 2;
const POLL_SECONDS = 2;
const JOBS_AT_ONCE = 20;
const STOP_MS = 10_000;
const RETRIES = { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 60, deleteAfterSeconds: 86_400 };

/**
 * Starts pg-boss on the same database, which makes its tables if they are missing. Enqueuing uses the transaction handed in; the two connections
 * here only look for work and tidy up.
 */
export async function startQueue(address: DatabaseAddress, say: (line: string) => void): Promise<RunningQueue> {
  const boss = new PgBoss({
    ...address,
    schema: SCHEMA,
    max: CONNECTIONS,
    application_name: 'parley queue',
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error: Error) => say(`the queue: ${error.message}`));
  await boss.start();
  for (const name of JOB_NAMES) await boss.createQueue(name, RETRIES);
  return {
    async enqueue(trx, name, data, startAfter) {
      await boss.send(name, data, { db: fromKysely(trx), startAfter });
    },
    async jobStatements(name, data, startAfter) {
      const statements: Statement<void>[] = [];
      await boss.send(name, data, { db: collectInto(statements, `job-${name}`), startAfter });
      return statements;
    },
    async work(handlers) {
      for (const name of JOB_NAMES) {
        await boss.work<JobData>(
          name,
          { batchSize: JOBS_AT_ONCE, pollingIntervalSeconds: POLL_SECONDS, perJobResults: false },
          async (jobs) => {
            for (const job of jobs) await handlers[name](job.data);
          },
        );
      }
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

/** A database for `send` that runs nothing but keeps what it was asked to, under a name: the one INSERT, which answers with the id of its job. */
function collectInto(statements: Statement<void>[], name: string): NonNullable<SendOptions['db']> {
  return {
    async executeSql(text, values) {
      statements.push({ text: namedText(name, text), values: values ?? [], read: nothing });
      return { rows: [{ id: name }] };
    },
  };
}

/** pg-boss writes its text anew for every job; the same string again spares looking all of it up (`batch.ts`). */
const texts = new Map<string, { readonly text: string; readonly named: string }>();

function namedText(name: string, text: string): string {
  const kept = texts.get(name);
  if (kept?.text === text) return kept.named;
  const named = `/* ${name} */ ${text}`;
  texts.set(name, { text, named });
  return named;
}
