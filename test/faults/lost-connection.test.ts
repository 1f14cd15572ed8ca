import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../helpers/database.ts';

test('a connection that breaks between two statements of a transaction fails the next one and ends nothing else', async () => {
  await withDatabase(async ({ db }) => {
    const transaction = db.transaction().execute(async (open) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(open);
      const { pid } = rows[0] as { pid: number };
      await sql`SELECT pg_terminate_backend(${pid})`.execute(db);
      const isGone = async () => (await sql`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid}`.execute(db)).rows.length === 0;
      await expect.poll(isGone, { interval: 5 }).toBe(true);
      await sql`SELECT 1`.execute(open);
    });
    await expect(transaction).rejects.toThrow();
    expect((await sql`SELECT 1 AS one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });
});
