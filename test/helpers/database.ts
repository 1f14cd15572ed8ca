import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { connectDatabase } from '../../server/adapters/db/connect.ts';
import type { Db, Database } from '../../server/adapters/db/schema.ts';
import { TEMPLATE, type TestAddress } from './global-setup.ts';

export interface TestDatabase {
  readonly db: Db;
  readonly address: TestAddress;
  /** For servers that tests start as processes of their own. */
  readonly url: string;
}

/** Gives the callback a migrated database of its own and drops it afterwards, whatever happens. */
export async function withDatabase<T>(use: (database: TestDatabase) => Promise<T>): Promise<T> {
  const server = inject('databaseAddress');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const address = { ...server, database: name };
  const db = connectDatabase<Database>({ address, maxConnections: 10 });
  try {
    return await use({ db, address, url: urlOf(address) });
  } finally {
    await db.destroy();
    await asAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

function urlOf({ host, port, user, database, password }: TestAddress): string {
  if (!host.startsWith('/')) return `postgresql://${user}:${password ?? ''}@${host}:${port}/${database}`;
  return `postgresql:///${database}?host=${encodeURIComponent(host)}&port=${port}&user=${user}`;
}

async function asAdmin(server: TestAddress, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
