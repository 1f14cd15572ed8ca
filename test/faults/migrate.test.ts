import { sql } from 'kysely';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectDatabase } from '../../server/adapters/db/connect.ts';
import { migrateDatabase, UnfitDatabase } from '../../server/adapters/db/migrate.ts';
import { withEmptyDatabase } from '../helpers/database.ts';

const NAMES = readdirSync(new URL('../../migrations/', import.meta.url))
  .filter((name) => /^\d{4}.*\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ''))
  .toSorted((a, b) => (a < b ? -1 : 1));
/** Kysely's lock around all migrations. */
const LOCK = '3853314791062309107';

test('processes that start at the same moment run each migration once, and none starts before all are done', async () => {
  await withEmptyDatabase(async ({ address }) => {
    const processes = Array.from({ length: 5 }, () => connectDatabase({ address, maxConnections: 1 }));
    const ran = await Promise.all(
      processes.map(async (db) => {
        const names = await migrateDatabase(db);
        const { rows } = await sql<{ count: number }>`SELECT count(*) FROM migrations`.execute(db);
        return { names, done: rows[0]?.count };
      }),
    );
    await Promise.all(processes.map((db) => db.destroy()));
    expect(ran.flatMap(({ names }) => names)).toEqual(NAMES);
    expect(ran.map(({ done }) => done)).toEqual(ran.map(() => NAMES.length));
  });
});

test('a database made by a newer version is refused in a sentence and left as it is', async () => {
  await withEmptyDatabase(async ({ db }) => {
    await migrateDatabase(db);
    await sql`INSERT INTO migrations (name, timestamp) VALUES ('9999-from-tomorrow', '2027-01-01T00:00:00Z')`.execute(db);
    await expect(migrateDatabase(db)).rejects.toThrow(UnfitDatabase);
    await expect(migrateDatabase(db)).rejects.toThrow(/newer version of Parley.*9999-from-tomorrow.*Run that version/);
    const { rows } = await sql<{ count: number }>`SELECT count(*) FROM migrations`.execute(db);
    expect(rows).toEqual([{ count: NAMES.length + 1 }]);
  });
});

test('one that fails leaves the tables as they were before all of them', async () => {
  await withEmptyDatabase(async ({ db }) => {
    await sql`CREATE TABLE bookings (in_the_way integer)`.execute(db);
    await expect(migrateDatabase(db)).rejects.toThrow(/"bookings" already exists/);
    const { rows } = await sql<{ table: string }>`
      SELECT relname AS table FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'migrations%'`.execute(
      db,
    );
    expect(rows).toEqual([{ table: 'bookings' }]);
    await sql`DROP TABLE bookings`.execute(db);
    expect(await migrateDatabase(db)).toEqual(NAMES);
  });
});

test('waiting for another process may take longer than a statement may, and the limit holds again afterwards', async () => {
  await withEmptyDatabase(async ({ address }) => {
    const [other, db] = [0, 150].map((statementTimeoutMs) => connectDatabase({ address, maxConnections: 1, statementTimeoutMs }));
    if (other === undefined || db === undefined) throw new Error('two connections are needed');
    await sql`SELECT pg_advisory_lock(${sql.lit(LOCK)}::bigint)`.execute(other);
    const migrated = migrateDatabase(db);
    await sql`SELECT pg_sleep(0.5), pg_advisory_unlock(${sql.lit(LOCK)}::bigint)`.execute(other);
    expect(await migrated).toEqual(NAMES);
    await expect(sql`SELECT pg_sleep(5)`.execute(db)).rejects.toThrow(/statement timeout/);
    await Promise.all([other.destroy(), db.destroy()]);
  });
});
