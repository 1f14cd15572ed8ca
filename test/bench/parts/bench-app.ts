import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectDatabase, type DatabaseAddress } from '../../../server/adapters/db/connect.ts';
import { startEmbeddedPostgres } from '../../../server/adapters/db/embedded/start-embedded-postgres.ts';
import { listenToChanges } from '../../../server/adapters/db/listen-to-changes.ts';
import { migrateDatabase } from '../../../server/adapters/db/migrate.ts';
import type { Database, Db } from '../../../server/adapters/db/schema.ts';
import { startQueue } from '../../../server/adapters/queue/pg-boss-queue.ts';
import type { Deps } from '../../../server/flows/deps.ts';
import type { App } from '../../../server/http/app-type.ts';
import { buildApp } from '../../../server/http/app.ts';
import { wire } from '../../../server/wiring.ts';

export interface BenchApp {
  readonly app: App;
  readonly deps: Deps;
  readonly db: Db;
  /** The driver without anything of ours: for floors. */
  readonly pool: pg.Pool;
  readonly address: DatabaseAddress;
  readonly base: string;
  readonly adminKey: string;
}

/** The real application over real HTTP on a durable PostgreSQL, with routes of the bench's own added before it listens. */
export async function withBenchApp<T>(addFloors: (app: App, pool: pg.Pool) => void, use: (bench: BenchApp) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, log: () => {} });
  const db = connectDatabase<Database>({ address: server.address });
  const pool = new pg.Pool({ ...server.address, max: 20 });
  await migrateDatabase(db);
  const queue = await startQueue(server.address, () => {});
  const deps = wire(
    db,
    { publicUrl: 'http://127.0.0.1', mailFrom: 'parley@localhost', secretKeys: [new Uint8Array(32)], dataDir: tmpdir() },
    queue,
  );
  const stopListening = listenToChanges(server.address, deps.cache);
  const settings = {
    adminKey: 'ak_bench',
    rateLimit: false,
    trustProxy: false,
    logLevel: 'silent',
    devPages: false,
    demo: null,
    docsDir: dataDir,
    widgetDir: dataDir,
  };
  const app = await buildApp(deps, settings);
  addFloors(app, pool);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    return await use({ app, deps, db, pool, address: server.address, base, adminKey: settings.adminKey });
  } finally {
    await app.close();
    await stopListening();
    await pool.end();
    await queue.stop();
    await db.destroy();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
