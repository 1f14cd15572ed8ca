import type { CallOptions, ChangeOptions, CreateOptions } from './client-options.ts';
import type { Result } from './result.ts';

/** Values of a query; a list is sent with commas, what is null or undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** One call to the API. */
export interface Request extends CallOptions, CreateOptions, ChangeOptions {
  readonly query?: Query | object | undefined;
  readonly body?: unknown;
  /** What the answer is read as; default `json`. */
  readonly as?: 'json' | 'text' | undefined;
  /** A call that creates carries an `Idempotency-Key`. */
  readonly creates?: boolean | undefined;
  /** A POST that stores nothing may be repeated. */
  readonly storesNothing?: boolean | undefined;
}

/** Carries one call. Never throws. */
export type Call = <T>(method: string, path: string, request?: Request) => Promise<Result<T>>;

/** A path with its ids encoded: `ext:u/81` is one segment. */
export function pathOf(parts: TemplateStringsArray, ...ids: string[]): string {
  return String.raw({ raw: parts }, ...ids.map(encodeURIComponent));
}
