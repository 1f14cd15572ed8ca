import type { Problem } from '../../shared/contract/problem.ts';
import type { FailureCode, Result } from './result.ts';

/** Who calls. A manage token stands alone; a room token stands beside the publishable key. */
export interface Credentials {
  readonly publishableKey?: string | null;
  readonly roomToken?: string | null;
  readonly manageToken?: string | null;
}

export interface CallOptions {
  /** Origin of the API, without a path. Asked before every call, as the credentials are. */
  readonly base: () => string;
  /** A renewed token counts at once. */
  readonly credentials: () => Credentials;
  readonly timeoutMs?: number;
}

/** Carries one call to the API. Never throws, whatever comes back or does not. */
export type Caller = <T>(method: string, path: string, request?: Request) => Promise<Result<T>>;

export function createCaller(options: CallOptions): Caller {
  return (method, path, request = {}) => send(options, method, path, request);
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;
interface Request {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 20_000;

async function send<T>(
  options: CallOptions,
  method: string,
  path: string,
  { query = {}, body, headers = {} }: Request,
): Promise<Result<T>> {
  const { publishableKey, roomToken, manageToken } = options.credentials();
  const sent: Record<string, string> = { ...headers };
  const url = new URL(path, options.base());
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  if (manageToken) sent['Authorization'] = `Bearer ${manageToken}`;
  // As a query parameter a GET needs no preflight, which saves the first answer a round trip.
  else if (publishableKey && method === 'GET') url.searchParams.set('key', publishableKey);
  else if (publishableKey) sent['Authorization'] = `Bearer ${publishableKey}`;
  if (roomToken && !manageToken) sent['X-Room-Token'] = roomToken;
  if (body !== undefined) sent['Content-Type'] = 'application/json';

  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeoutMs ?? TIMEOUT_MS);
  try {
    const answer = await fetch(url, {
      method,
      headers: sent,
      credentials: 'omit',
      signal: stop.signal,
      keepalive: method === 'DELETE',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await read<T>(answer);
  } catch {
    // Node knows no `onLine`, and this client runs there too.
    const isOffline = (navigator.onLine as boolean | undefined) === false;
    return { ok: false, code: stop.signal.aborted ? 'slow' : isOffline ? 'offline' : 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

/** An answer that is not ours (a proxy's HTML page, an empty body) counts as not reached. */
async function read<T>(answer: Response): Promise<Result<T>> {
  if (answer.status === 204) return { ok: true, value: null as T };
  const type = answer.headers.get('Content-Type') ?? '';
  if (!/\bjson\b/.test(type)) return { ok: false, code: 'unreachable' };
  const content: unknown = await answer.json();
  if (answer.ok) return { ok: true, value: content as T };
  const problem = content as Problem;
  return typeof problem?.code === 'string' ? { ok: false, code: problem.code as FailureCode, problem } : { ok: false, code: 'unreachable' };
}
