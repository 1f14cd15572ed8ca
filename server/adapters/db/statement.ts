import { CompiledQuery } from 'kysely';
import type { Db, Trx } from './schema.ts';

/**
 * A statement with what it is given, and how its rows are read. Its text is written once, begins with a name in a comment and is prepared under it
 * (`batching-client.ts`): for what every booking and every listing runs. Everything else is written with Kysely.
 */
export interface Statement<T> {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly read: (rows: readonly unknown[]) => T;
}

type Answers<Statements extends readonly Statement<unknown>[]> = {
  [K in keyof Statements]: Statements[K] extends Statement<infer T> ? T : never;
};

export async function runStatement<T>(db: Db, { text, values, read }: Statement<T>): Promise<T> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
  return read(rows);
}

/**
 * Runs statements of one transaction in their order, all sent at once, for the time of one round trip. Each sees what those before it did and what
 * others committed until it began, so the first may be a lock. When one fails the rest fail too and nothing of the transaction is kept.
 */
export async function runTogether<const Statements extends readonly Statement<unknown>[]>(
  trx: Trx,
  statements: Statements,
): Promise<Answers<Statements>> {
  const results = await trx
    .getExecutor()
    .provideConnection((connection) =>
      Promise.all(statements.map(({ text, values }) => connection.executeQuery(CompiledQuery.raw(text, [...values])))),
    );
  return statements.map(({ read }, i) => read(results[i]?.rows ?? [])) as Answers<Statements>;
}

/** For statements whose rows say nothing. */
export function nothing(): void {}
