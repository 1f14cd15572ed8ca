import { Kysely } from 'kysely';
import pg from 'pg';
import { BatchingDialect } from './batching-dialect.ts';

/** Where the database is: an address (`DATABASE_URL`), or the embedded server's socket folder or port. */
export type DatabaseAddress =
  | { readonly connectionString: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string; readonly password?: string };

export interface ConnectOptions {
  readonly address: DatabaseAddress;
  /** Connections kept at most; the default suits two cores. */
  readonly maxConnections?: number;
  /** A statement that takes longer is given up by the server. */
  readonly statementTimeoutMs?: number;
  /** Told of connections that broke while idle; without a listener the process would end. */
  readonly onIdleError?: (error: Error) => void;
}

const INT8 = 20;
const DATE = 1082;
const INTERVAL = 1186;
const CONNECT_TIMEOUT_MS = 5000;

/**
 * Opens a pool. `bigint` columns are read as numbers (ours stay far below 2^53), dates and intervals as text, `timestamptz` as Date.
 * Nothing is asked of the server yet, so this succeeds while it is away.
 */
export function connectDatabase<DB>({
  address,
  maxConnections = 20,
  statementTimeoutMs = 30_000,
  onIdleError,
}: ConnectOptions): Kysely<DB> {
  let dialect: BatchingDialect | null = null;
  const pool = new pg.Pool({
    ...address,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'parley',
    types: { getTypeParser },
    // oxlint-disable-next-line typescript/no-misused-promises -- pg waits for it; its types do not say so
    onConnect: async (client) => {
      if (!(await limitStatements(client, statementTimeoutMs))) dialect?.prepareNothing();
    },
  });
  pool.on('error', (error) => onIdleError?.(error));
  // One that breaks while it is lent out and nothing runs on it: whoever has it learns with the next statement. Unheard it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  dialect = new BatchingDialect(pool, { getTypeParser });
  return new Kysely<DB>({ dialect });
}

/**
 * Sets how long a statement may take. Answers false, and sets nothing, where a pooler stands in between, told by the process number it makes up: there
 * the next transaction runs on another connection, so the limit belongs to the database's settings (`ALTER ROLE ... SET statement_timeout`).
 */
async function limitStatements(client: pg.ClientBase, timeoutMs: number): Promise<boolean> {
  const { processID } = client as unknown as { readonly processID: number | null };
  const { rowCount } = await client.query("SELECT set_config('statement_timeout', $1, false) WHERE pg_backend_pid() = $2", [
    String(timeoutMs),
    processID,
  ]);
  return rowCount === 1;
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8) return Number;
  if (oid === DATE || oid === INTERVAL) return (text) => text;
  return pg.types.getTypeParser(oid, format);
}
