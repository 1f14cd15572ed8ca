import { join } from 'node:path';
import { connectDatabase, type DatabaseAddress } from './adapters/db/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './adapters/db/embedded/start-embedded-postgres.ts';
import { listenToChanges } from './adapters/db/listen-to-changes.ts';
import { migrateDatabase } from './adapters/db/migrate.ts';
import type { Database } from './adapters/db/schema.ts';
import { type RunningQueue, startQueue } from './adapters/queue/pg-boss-queue.ts';
import { type Config, isLoopback } from './config.ts';
import type { Deps } from './flows/deps.ts';
import { buildApp } from './http/app.ts';
import { deliverContinuously } from './jobs/deliver-continuously.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { pollContinuously } from './jobs/poll-continuously.ts';
import { sweepRegularly } from './jobs/sweep-regularly.ts';
import { wire } from './wiring.ts';

export interface RunningServer {
  /** Where it listens, with the port that was chosen when the setting says 0; empty for a process that only works. */
  readonly url: string;
  /** Stops accepting, finishes what runs, and stops the embedded database last. */
  stop(): Promise<void>;
}

/** Starts everything in order and says each step with the time it took. `root` is the folder of the project. */
export async function runServer(config: Config, root: string, say: (line: string) => void): Promise<RunningServer> {
  const step = stepper(say);
  step(`Node ${process.versions.node}, time zone data ${process.versions.tz}`);
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, log: say }) : null;
  if (embedded !== null) step('PostgreSQL is running');
  try {
    return await serve(config, root, say, step, embedded);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function serve(
  config: Config,
  root: string,
  say: (line: string) => void,
  step: (line: string) => void,
  embedded: EmbeddedPostgres | null,
): Promise<RunningServer> {
  const address: DatabaseAddress = embedded?.address ?? { connectionString: config.databaseUrl ?? '' };
  const db = connectDatabase<Database>({ address, onIdleError: (error) => say(`the database connection broke: ${error.message}`) });
  const migrations = await migrateDatabase(db);
  step(migrations.length === 0 ? 'tables are up to date' : `ran ${migrations.length} migrations`);
  const queue = await startQueue(address, say);
  step('the queue is ready');
  const deps = wire(db, config, queue);
  const close = async () => {
    await deps.mailer.close();
    await queue.stop();
    await db.destroy();
    await embedded?.stop();
  };
  if (config.processRole === 'worker') {
    const stopWork = await beginWork(deps, queue, say);
    step('working; this process serves no requests');
    return { url: '', stop: async () => stopWork().then(close) };
  }
  const stopListening = listenToChanges(address, deps.cache);
  const app = await buildApp(deps, {
    adminKey: config.adminKey,
    rateLimit: config.rateLimit,
    trustProxy: config.trustProxy,
    logLevel: config.logLevel,
    devPages: config.devPages,
    guardDevPages: !isLoopback(config.publicUrl),
    demo: config.demo ? { dataDir: config.dataDir, pageDir: join(root, 'demo') } : null,
    docsDir: join(root, 'docs'),
    widgetDir: join(root, 'dist'),
  });
  if (config.demo) step('the demo is ready');
  // Not before: what is compiled for all the routes keeps the process from answering anybody, the database included.
  const stopWork = config.processRole === 'http' ? async () => {} : await beginWork(deps, queue, say);
  const url = await app.listen({ port: config.port, host: config.host });
  step('listening');
  say(greeting(config, url));
  return {
    url,
    async stop() {
      await app.close();
      await stopListening();
      await stopWork();
      await close();
    },
  };
}

/** Does what is due as long as the process lives. Answers a function that begins nothing more and waits for what runs. */
async function beginWork(deps: Deps, queue: RunningQueue, say: (line: string) => void): Promise<() => Promise<void>> {
  await queue.work(jobHandlers(deps));
  const stops = [sweepRegularly(deps, say), deliverContinuously(deps, say), pollContinuously(deps, say)];
  return async () => void (await Promise.all(stops.map(async (stop) => stop())));
}

function greeting(config: Config, url: string): string {
  const base = config.publicUrl;
  return [
    '',
    ...(config.demo ? [`  Demo room       ${base}/demo`] : []),
    `  API reference   ${base}/docs`,
    `  Widget          ${base}/parley.js`,
    `  Keys            ${join(config.dataDir, 'admin-key')}${config.demo ? `, ${join(config.dataDir, 'demo.json')}` : ''}`,
    ...(url === base ? [] : [`  Listening on    ${url}`]),
    '',
  ].join('\n');
}

function stepper(say: (line: string) => void): (line: string) => void {
  let last = performance.now();
  return (line) => {
    const now = performance.now();
    say(`${String(Math.round(now - last)).padStart(6)} ms  ${line}`);
    last = now;
  };
}
