import { rm } from 'node:fs/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { connectDatabase, type DatabaseAddress } from '../../server/adapters/db/connect.ts';
import { startEmbeddedPostgres } from '../../server/adapters/db/embedded/start-embedded-postgres.ts';
import { migrateDatabase } from '../../server/adapters/db/migrate.ts';
import { clearAbandonedRuns, makeRunFolder } from './abandoned-runs.ts';

export type TestAddress = Extract<DatabaseAddress, { host: string }>;

declare module 'vitest' {
  export interface ProvidedContext {
    databaseAddress: TestAddress;
    /** The migrated database that every test's own is cloned from. */
    databaseTemplate: string;
  }
}

/** One PostgreSQL for the whole run: that of `TEST_DATABASE_URL`, or one of our own without fsync. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL'];
  const { address, stop } = url === undefined ? await startOwn() : { address: addressOf(url), stop: async () => {} };
  const template = `parley_template_${process.pid}`;
  await asAdmin(address, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`, `CREATE DATABASE ${template}`);
  const db = connectDatabase({ address: { ...address, database: template }, maxConnections: 2 });
  await migrateDatabase(db);
  await db.destroy();
  project.provide('databaseAddress', address);
  project.provide('databaseTemplate', template);
  return async () => {
    await asAdmin(address, `DROP DATABASE ${template} WITH (FORCE)`);
    await stop();
  };
}

async function startOwn(): Promise<{ address: TestAddress; stop: () => Promise<void> }> {
  await clearAbandonedRuns();
  const dataDir = await makeRunFolder();
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, durable: false });
  return {
    address: { ...server.address, database: 'postgres' },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The user it names must be allowed to create databases. */
function addressOf(url: string): TestAddress {
  const { host, port, user = 'postgres', password, database = 'postgres' } = new pg.Client(url);
  return { host, port, user, database, ...(typeof password === 'string' && { password }) };
}

/** Runs statements in the database the address names. */
export async function asAdmin(address: TestAddress, ...statements: string[]): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
