import { type Call, type Query } from './call.ts';
import type { CallOptions } from './client-options.ts';
import { unwrap } from './parley-error.ts';
import type { Result } from './result.ts';

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/** Where to go on, and how many at once (1-100, default 20). */
export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A list, page by page or as a whole. */
export interface Listing<T, Filter = {}> {
  /** One page. */
  list(query?: Filter & PageQuery, options?: CallOptions): Promise<Result<Page<T>>>;
  /** Everything, fetched as it is asked for: `for await (const one of client.bookings.all())`. Throws a `ParleyError` when a page cannot be had. */
  all(query?: Filter & PageQuery, options?: CallOptions): AsyncGenerator<T, void, undefined>;
}

const LIMIT = 100;

/** The list at a path. */
export function listingOf<T, Filter = {}>(call: Call, path: string): Listing<T, Filter> {
  const list = (query: (Filter & PageQuery) | undefined, options?: CallOptions) => call<Page<T>>('GET', path, { ...options, query });
  return { list, all: (query, options) => walk((cursor) => list({ limit: LIMIT, ...query, ...cursor } as Filter & PageQuery, options)) };
}

async function* walk<T>(ask: (cursor: Query) => Promise<Result<Page<T>>>): AsyncGenerator<T, void, undefined> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = unwrap(await ask(cursor === null ? {} : { cursor }));
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
