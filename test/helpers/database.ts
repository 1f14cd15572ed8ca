import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connectDatabase } from '../../server/adapters/db/connect.ts';
import type { Db, Database } from '../../server/adapters/db/schema.ts';
import { asAdmin, type TestAddress } from './global-setup.ts';

export interface TestDatabase {
  readonly db: Db;
  readonly address: TestAddress;
  /** For servers that tests start as processes of their own. */
  readonly url: string;
}

/** Gives the callback a migrated database of its own and drops it afterwards, whatever happens. */
export async function withDatabase<T>(use: (database: TestDatabase) => Promise<T>): Promise<T> {
  return withClone(inject('databaseTemplate'), use);
}

/** The same without any table. */
export async function withEmptyDatabase<T>(use: (database: TestDatabase) => Promise<T>): Promise<T> {
  return withClone('template1', use);
}

async function withClone<T>(template: string, use: (database: TestDatabase) => Promise<T>): Promise<T> {
  const server = inject('databaseAddress');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
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
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  if (!host.startsWith('/')) return `postgresql://${encodeURIComponent(user)}${secret}@${host}:${port}/${database}`;
  return `postgresql:///${database}?host=${encodeURIComponent(host)}&port=${port}&user=${encodeURIComponent(user)}`;
}
