import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresAdapter,
  PostgresDialect,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { Batch, type BatchOptions, type BatchResult, type Prepared } from './batch.ts';
import type { Statement } from './statement.ts';

type Sent = Pick<Statement<unknown>, 'text' | 'values'>;

const BEGIN: Sent = { text: '/* begin */ BEGIN', values: [] };
const COMMIT: Sent = { text: '/* commit */ COMMIT', values: [] };
/** A pooler in between hands out other connections than the one a statement was prepared on: there it is unknown, or known already. */
const LOST_STATEMENT: readonly unknown[] = ['26000', '42P05'];
/** A migration has changed what a prepared statement answers ("cached plan must not change result type"). */
const OUTDATED_STATEMENT = '0A000';

/** PostgreSQL through Kysely, with batches: `BEGIN` leaves with the first statement of a transaction, its last statements with `COMMIT`. */
export class BatchingDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  readonly #shared: Shared;

  constructor(pool: pg.Pool, types: pg.CustomTypesConfig) {
    super({ pool });
    this.#pool = pool;
    this.#shared = { keeps: true, generation: 0, types };
  }

  /** For a pooler that hands out another connection with every transaction. */
  prepareNothing(): void {
    this.#shared.keeps = false;
  }

  /** The migrations' lock is that of their transaction (`migrate.ts`): one of the session would stay behind on a pooler's connection. */
  override createAdapter(): PostgresAdapter {
    return new (class extends PostgresAdapter {
      override async acquireMigrationLock(): Promise<void> {}
      override async releaseMigrationLock(): Promise<void> {}
    })();
  }

  override createDriver(): Driver {
    const pool = this.#pool;
    const shared = this.#shared;
    const connections = new WeakMap<pg.PoolClient, BatchingConnection>();
    const mine = (connection: DatabaseConnection) => connection as BatchingConnection;
    return {
      init: async () => {},
      async acquireConnection() {
        const client = await pool.connect();
        const connection = connections.get(client) ?? new BatchingConnection(client, shared);
        connections.set(client, connection);
        return connection;
      },
      beginTransaction: async (connection, settings) => mine(connection).begin(settings),
      commitTransaction: async (connection) => mine(connection).commit(),
      rollbackTransaction: async (connection) => mine(connection).rollback(),
      releaseConnection: async (connection) => mine(connection).release(),
      destroy: async () => pool.end(),
    };
  }
}

/** What the connections of a pool have in common: all of them meet the same pooler, if there is one. */
interface Shared {
  keeps: boolean;
  /** Raised when what was prepared before it is of no use any more, on any of them. */
  generation: number;
  readonly types: pg.CustomTypesConfig;
}

/** One connection lent out. */
export class BatchingConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #shared: Shared;
  readonly #prepared: Prepared = new Map();
  #toBegin = false;
  #last: readonly Sent[] = [];
  #generation = 0;
  #isBroken = false;

  constructor(client: pg.PoolClient, shared: Shared) {
    this.#client = client;
    this.#shared = shared;
  }

  /** Rows of each statement, in order. */
  async executeBatch(statements: readonly Sent[]): Promise<BatchResult[]> {
    this.#refuseAfterLast();
    return this.#execute(statements);
  }

  async #execute(statements: readonly Sent[]): Promise<BatchResult[]> {
    const isFirst = this.#toBegin;
    const isAlone = !isFirst && this.#client.getTransactionStatus() !== 'T';
    this.#toBegin = false;
    const all = isFirst ? [BEGIN, ...statements] : statements;
    const results = await this.#send(all).catch(async (error: unknown) => {
      // Later in a transaction it is lost; `retryOnDeadlock` tries it again.
      if (!this.#learnFrom(error) || !(isFirst || isAlone)) throw error;
      if (isFirst) await this.#client.query('ROLLBACK');
      return this.#send(all);
    });
    return isFirst ? results.slice(1) : results;
  }

  /** Whether the same again would go well, because what was wrong is a prepared statement. */
  #learnFrom(error: unknown): boolean {
    const { code } = error as { code?: unknown };
    if (LOST_STATEMENT.includes(code)) this.#shared.keeps = false;
    else if (code === OUTDATED_STATEMENT) this.#shared.generation += 1;
    else return false;
    return true;
  }

  #refuseAfterLast(): void {
    if (this.#last.length > 0) throw new Error('db: nothing is asked in a transaction after its last statements');
  }

  /** Leaves these for `COMMIT`. */
  executeLast(statements: readonly Sent[]): void {
    this.#last = [...this.#last, ...statements];
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.#refuseAfterLast();
    if (this.#toBegin) await this.#execute([]);
    const { command, rowCount, rows } = await this.#client.query(sql, [...parameters]).catch((error: unknown) => this.#fail(error));
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
    return { ...(changes && { numAffectedRows: BigInt(rowCount ?? 0) }), rows: (rows as R[] | undefined) ?? [] };
  }

  // oxlint-disable-next-line require-yield -- the interface asks for it
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('db: nothing is streamed here');
  }

  begin({ isolationLevel, accessMode }: TransactionSettings): void {
    if (isolationLevel !== undefined || accessMode !== undefined) throw new Error('db: transactions are read committed here');
    this.#toBegin = true;
    this.#last = [];
  }

  /** PostgreSQL completes a `COMMIT` with a rollback when a statement before it has failed. */
  async commit(): Promise<void> {
    if (this.#toBegin && this.#last.length === 0) {
      this.#toBegin = false;
      return;
    }
    const results = await this.#execute([...this.#last, COMMIT]);
    this.#last = [];
    if (results.at(-1)?.tag !== 'COMMIT') throw new Error('db: the transaction was rolled back, since a statement of it had failed');
  }

  async rollback(): Promise<void> {
    this.#last = [];
    if (this.#toBegin) {
      this.#toBegin = false;
      return;
    }
    try {
      await this.#client.query('ROLLBACK');
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
  }

  /** One with a transaction still open, whatever left it so, is nobody's. */
  release(): void {
    this.#client.release(this.#isBroken || this.#client.getTransactionStatus() !== 'I');
  }

  async #send(statements: readonly Sent[]): Promise<BatchResult[]> {
    if (this.#generation !== this.#shared.generation) this.#prepared.clear();
    this.#generation = this.#shared.generation;
    const options: BatchOptions = { prepared: this.#prepared, keeps: this.#shared.keeps, types: this.#shared.types };
    const batch = new Batch(statements, options);
    this.#client.query(batch as unknown as pg.Submittable);
    return batch.answered.catch((error: unknown) => this.#fail(error));
  }

  /** After a fatal error the server hangs up, which is heard of a moment later: nobody is to be lent this connection until then. */
  #fail(error: unknown): never {
    const { severity } = error as { severity?: unknown };
    if (severity === 'FATAL' || severity === 'PANIC') this.#isBroken = true;
    throw error;
  }
}
