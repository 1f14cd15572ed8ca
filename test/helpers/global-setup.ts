import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { connectDatabase, type DatabaseAddress } from '../../server/adapters/db/connect.ts';
import { startEmbeddedPostgres } from '../../server/adapters/db/embedded/start-embedded-postgres.ts';
import { migrateDatabase } from '../../server/adapters/db/migrate.ts';

export type TestAddress = Extract<DatabaseAddress, { host: string }>;

declare module 'vitest' {
  export interface ProvidedContext {
    databaseAddress: TestAddress;
  }
}

/** The migrated database that every test's own is cloned from. */
export const TEMPLATE = 'parley_template';

/** One PostgreSQL for the whole run, in a folder of its own, without fsync. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'));
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, durable: false });
  const admin = new pg.Client({ ...server.address, database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = connectDatabase({ address: { ...server.address, database: TEMPLATE }, maxConnections: 2 });
  await migrateDatabase(template);
  await template.destroy();
  project.provide('databaseAddress', server.address);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
