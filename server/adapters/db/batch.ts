import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Statement } from './statement.ts';
import { timestampText } from './timestamp-text.ts';

/** The columns of a prepared statement, by which its rows are read. */
type Columns = readonly { readonly name: string; readonly parse: (text: string) => unknown }[];

/** What a connection has prepared, by name, with the columns it answers. */
export type Prepared = Map<string, Columns>;

/** Rows of one statement, and what PostgreSQL says it did: `INSERT 0 1`, `COMMIT`. */
export interface BatchResult {
  readonly rows: Record<string, unknown>[];
  readonly tag: string;
}

export interface BatchOptions {
  readonly prepared: Prepared;
  /** Whether statements are prepared under their names; without, each is planned anew. */
  readonly keeps: boolean;
  readonly types: pg.CustomTypesConfig;
}

/** A statement's text begins with its name. */
const NAMED = /^\/\* ([\w-]{1,40}) \*\//;
const HASH_LENGTH = 16;
/** Texts are written once, so there are few. */
const names = new Map<string, string>();

/**
 * Statements for `client.query` that leave in one write and are answered in one: PostgreSQL's extended protocol with a single Sync behind them
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). Waking the other side costs more than most statements do. They
 * run in their order, each with a snapshot of its own; after an error the rest is skipped.
 */
export class Batch {
  readonly answered: Promise<BatchResult[]>;
  readonly callback = () => {};
  readonly #statements: readonly { readonly name: string; readonly text: string; readonly values: readonly (string | null)[] }[];
  readonly #options: BatchOptions;
  readonly #columns: (Columns | undefined)[];
  readonly #results: BatchResult[] = [];
  #rows: Record<string, unknown>[] = [];
  #resolve: (results: BatchResult[]) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(statements: readonly Pick<Statement<unknown>, 'text' | 'values'>[], options: BatchOptions) {
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#options = options;
    this.#statements = statements.map(({ text, values }) => ({
      name: options.keeps ? nameOf(text) : '',
      text,
      values: values.map(asParameter),
    }));
    this.#columns = this.#statements.map(({ name }) => options.prepared.get(name));
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    stream.cork();
    for (const [i, { name, text, values }] of this.#statements.entries()) {
      const isPrepared = this.#columns[i] !== undefined;
      if (!isPrepared) {
        // A batch that failed may have left it prepared.
        if (name !== '') connection.close({ type: 'S', name }, true);
        connection.parse({ name, text, types: [] }, true);
      }
      connection.bind({ statement: name, values: values as string[] }, true);
      if (!isPrepared) connection.describe({ type: 'P' }, true);
      connection.execute({}, true);
    }
    connection.sync();
    stream.uncork();
  }

  handleRowDescription({ fields }: { readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[] }): void {
    const { types } = this.#options;
    this.#columns[this.#results.length] = fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, 'text') }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const row: Record<string, unknown> = {};
    for (const [i, { name, parse }] of (this.#columns[this.#results.length] ?? []).entries()) {
      const text = fields[i];
      row[name] = text == null ? null : parse(text);
    }
    this.#rows.push(row);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#results.push({ rows: this.#rows, tag: text });
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    for (const [i, { name }] of this.#statements.entries()) if (name !== '') this.#options.prepared.set(name, this.#columns[i] ?? []);
    this.#resolve(this.#results);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }
}

/** With a hash of the text: another version of this program, met on a connection of a pooler, may mean something else by the name. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const given = NAMED.exec(text)?.[1];
  if (given === undefined) return '';
  const name = `${given}-${createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH)}`;
  names.set(text, name);
  return name;
}

/** Instants, numbers, truths, texts and lists of these, as PostgreSQL reads them. */
function asParameter(value: unknown): string | null {
  if (value == null) return null;
  return Array.isArray(value) ? `{${value.map(asElement).join(',')}}` : asText(value);
}

function asElement(value: unknown): string {
  return value == null ? 'NULL' : `"${asText(value).replaceAll(/["\\]/g, '\\$&')}"`;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return timestampText(value);
  throw new TypeError('batch: a value is neither instant, number, truth, text nor list of these');
}
