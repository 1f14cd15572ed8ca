import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
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

/** PostgreSQL through Kysely, with batches: `BEGIN` leaves with the first statement of a transaction, its last statements with `COMMIT`. */
export class BatchingDialect extends PostgresDialect {
  readonly #pool: pg.Pool;
  readonly #types: pg.CustomTypesConfig;

  constructor(pool: pg.Pool, types: pg.CustomTypesConfig) {
    super({ pool });
    this.#pool = pool;
    this.#types = types;
  }

  override createDriver(): Driver {
    const pool = this.#pool;
    const shared = { keeps: true, types: this.#types };
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
  readonly types: pg.CustomTypesConfig;
}

/** One connection lent out. */
export class BatchingConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #shared: Shared;
  readonly #prepared: Prepared = new Map();
  #toBegin = false;
  #last: readonly Sent[] = [];
  #isBroken = false;

  constructor(client: pg.PoolClient, shared: Shared) {
    this.#client = client;
    this.#shared = shared;
  }

  /** Rows of each statement, in order. */
  async executeBatch(statements: readonly Sent[]): Promise<BatchResult[]> {
    const isFirst = this.#toBegin;
    const isAlone = !isFirst && this.#client.getTransactionStatus() !== 'T';
    this.#toBegin = false;
    const all = isFirst ? [BEGIN, ...statements] : statements;
    try {
      const results = await this.#send(all);
      return isFirst ? results.slice(1) : results;
    } catch (error) {
      if (!LOST_STATEMENT.includes((error as { code?: unknown }).code)) throw error;
      this.#shared.keeps = false;
      // A transaction is lost with it; `retryOnDeadlock` tries it again.
      if (!isAlone) throw error;
      return this.#send(all);
    }
  }

  /** Leaves these for `COMMIT`. */
  executeLast(statements: readonly Sent[]): void {
    this.#last = statements;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#toBegin) await this.executeBatch([]);
    const { command, rowCount, rows } = await this.#client.query(sql, [...parameters]);
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
    const results = await this.executeBatch([...this.#last, COMMIT]);
    if (results.at(-1)?.tag !== 'COMMIT') throw new Error('db: the transaction was rolled back, since a statement of it had failed');
  }

  async rollback(): Promise<void> {
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

  release(): void {
    this.#client.release(this.#isBroken);
  }

  async #send(statements: readonly Sent[]): Promise<BatchResult[]> {
    const options: BatchOptions = { prepared: this.#prepared, keeps: this.#shared.keeps, types: this.#shared.types };
    const batch = new Batch(statements, options);
    this.#client.query(batch as unknown as pg.Submittable);
    return batch.answered;
  }
}
