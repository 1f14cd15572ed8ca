import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '../../helpers/database.ts';

interface ForeignKey {
  readonly referenced: string;
  readonly columns: string[];
}

describe('looking up what a foreign key names', () => {
  /**
   * PostgreSQL plans these look-ups once a connection, while a new installation's tables are still empty: of two indexes that begin with the tenant
   * either looks as good then, and the wrong one reads every row of the tenant for every row written until statistics come.
   */
  it('goes by the whole key, before there are statistics', async () => {
    await withDatabase(async ({ db }) => {
      const { rows: keys } = await sql<ForeignKey>`
        SELECT DISTINCT confrelid::regclass::text AS referenced,
          (SELECT array_agg(attname ORDER BY place) FROM unnest(confkey) WITH ORDINALITY k(number, place) JOIN pg_attribute ON attrelid = confrelid AND attnum = number)::text[] AS columns
        FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`.execute(db);
      expect(keys.length).toBeGreaterThan(5);
      await db.connection().execute(async (connection) => {
        await sql`SET plan_cache_mode = force_generic_plan`.execute(connection);
        for (const [i, { referenced, columns }] of keys.entries()) {
          const conditions = columns.map((column, at) => `${column} = $${at + 1}`).join(' AND ');
          await sql.raw(`PREPARE looked_up_${i} AS SELECT 1 FROM ONLY ${referenced} WHERE ${conditions} FOR KEY SHARE`).execute(connection);
          const { rows } = await sql
            .raw<Record<string, string>>(`EXPLAIN EXECUTE looked_up_${i} (${columns.map(() => "'x'").join(', ')})`)
            .execute(connection);
          const plan = rows.map((row) => Object.values(row)[0]).join('\n');
          expect(plan, `${referenced} by ${columns.join(', ')}`).toContain('Index Cond');
          expect(plan, `${referenced} by ${columns.join(', ')}: rows are read and thrown away`).not.toContain('Filter');
        }
      });
    });
  });
});
