import type { BatchingConnection } from './batching-dialect.ts';
import type { Db, Trx } from './schema.ts';

/**
 * A statement with what it is given, and how its rows are read. Its text is written once, begins with a name in a comment and is prepared under it
 * (`batch.ts`): for what every booking and every listing runs. Everything else is written with Kysely.
 */
export interface Statement<T> {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly read: (rows: readonly unknown[]) => T;
}

type Answers<Statements extends readonly Statement<unknown>[]> = {
  [K in keyof Statements]: Statements[K] extends Statement<infer T> ? T : never;
};

export async function runStatement<T>(db: Db, statement: Statement<T>): Promise<T> {
  const [answer] = await runBatch(db, [statement]);
  return answer;
}

/**
 * Runs statements of one transaction in their order, for the time of one round trip. Each sees what those before it did and what others committed
 * until it began, so the first may be a lock. When one fails the rest is skipped and nothing of the transaction is kept.
 */
export async function runTogether<const Statements extends readonly Statement<unknown>[]>(
  trx: Trx,
  statements: Statements,
): Promise<Answers<Statements>> {
  return runBatch(trx, statements);
}

/**
 * Leaves statements, which say nothing, to be sent together with the `COMMIT` of their transaction. Nothing may be asked in it afterwards. An error
 * comes out of the transaction itself.
 */
export async function runLast(trx: Trx, statements: readonly Statement<void>[]): Promise<void> {
  await trx.getExecutor().provideConnection(async (connection) => (connection as BatchingConnection).executeLast(statements));
}

async function runBatch<const Statements extends readonly Statement<unknown>[]>(
  db: Db,
  statements: Statements,
): Promise<Answers<Statements>> {
  const results = await db.getExecutor().provideConnection((connection) => (connection as BatchingConnection).executeBatch(statements));
  return statements.map(({ read }, i) => read(results[i]?.rows ?? [])) as Answers<Statements>;
}

/** For statements whose rows say nothing. */
export function nothing(): void {}
