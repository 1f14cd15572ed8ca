import type { Problem } from '../../../shared/contract/problem.ts';
import type { Query, Request } from './call.ts';
import type { ClientOptions, Secret } from './client-options.ts';
import type { Failure, FailureCode, Result } from './result.ts';

/** A call on its way. */
export interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly request: Request;
  /** The same for every repetition. */
  readonly idempotencyKey: string | null;
  /** Its reason is `slow` or `aborted`. */
  readonly signal: AbortSignal;
}

/** Sends a call once and reads what comes back. Never throws. */
export async function sendOnce<T>(options: ClientOptions, attempt: Attempt): Promise<Result<T>> {
  let isSent = false;
  try {
    const { url, headers } = await addressOf(options, attempt);
    const { body } = attempt.request;
    const init: RequestInit = {
      method: attempt.method,
      headers,
      credentials: 'omit',
      signal: attempt.signal,
      // Giving a hold back outlives the page that made it.
      keepalive: attempt.method === 'DELETE',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    attempt.signal.throwIfAborted();
    isSent = true;
    return await read<T>(attempt, await (options.fetch ?? fetch)(url, init));
  } catch (cause) {
    if (attempt.signal.aborted) return failureOf(attempt, { code: attempt.signal.reason === 'slow' ? 'slow' : 'aborted' });
    // Node knows no `onLine`.
    const isOffline = (globalThis.navigator?.onLine as boolean | undefined) === false;
    return failureOf(attempt, { code: !isSent ? 'not_sent' : isOffline ? 'offline' : 'unreachable', cause });
  }
}

async function addressOf(options: ClientOptions, { method, path, request, idempotencyKey }: Attempt) {
  const url = new URL(options.baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(request.query ?? {}) as [string, Query[string]][])
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  const headers: Record<string, string> = { Accept: 'application/json, */*;q=0.5' };
  const bearer = options.secretKey ?? options.manageToken ?? options.adminKey;
  if (bearer !== undefined) headers['Authorization'] = `Bearer ${await ask(bearer)}`;
  else if (options.publishableKey !== undefined) {
    const key = await ask(options.publishableKey);
    // In the address, a GET from a page needs no preflight, which saves the first answer a round trip.
    if (method === 'GET' && options.roomToken === undefined) url.searchParams.set('key', key);
    else headers['Authorization'] = `Bearer ${key}`;
    if (options.roomToken !== undefined) headers['X-Room-Token'] = await ask(options.roomToken);
  }
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  if (idempotencyKey !== null) headers['Idempotency-Key'] = idempotencyKey;
  if (request.ifUpdatedAt !== undefined) headers['If-Match'] = `"${request.ifUpdatedAt}"`;
  return { url, headers };
}

async function ask(secret: Secret): Promise<string> {
  return typeof secret === 'function' ? secret() : secret;
}

/** An answer that is not Parley's (a proxy's HTML page, an empty body) counts as not reached. */
async function read<T>(attempt: Attempt, answer: Response): Promise<Result<T>> {
  const { status, headers } = answer;
  if (status === 204) return { ok: true, value: null as T, status, headers };
  const isJson = /\bjson\b/.test(headers.get('Content-Type') ?? '');
  if (answer.ok && attempt.request.as === 'text') return { ok: true, value: (await answer.text()) as T, status, headers };
  const retryAfterMs = waitOf(headers.get('Retry-After'));
  if (!isJson) return failureOf(attempt, { code: 'unreachable', status, retryAfterMs });
  const content: unknown = await answer.json();
  if (answer.ok) return { ok: true, value: content as T, status, headers };
  const problem = content as Problem | null;
  if (typeof problem?.code !== 'string') return failureOf(attempt, { code: 'unreachable', status, retryAfterMs });
  return failureOf(attempt, { code: problem.code, status, problem, retryAfterMs });
}

/** Seconds, or an HTTP date. */
function waitOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const ms = Number.isNaN(Number(text)) ? Date.parse(text) - Date.now() : Number(text) * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

interface Trouble {
  readonly code: FailureCode;
  readonly status?: number;
  readonly problem?: Problem;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** A failure with its line for the log. */
export function failureOf({ method, path }: Attempt, { code, status, problem, retryAfterMs, cause }: Trouble): Failure {
  const told = [status, code, problem?.requestId === undefined ? '' : `(request ${problem.requestId})`].filter(Boolean).join(' ');
  const why = problem?.detail ?? (cause instanceof Error ? cause.message : '');
  return {
    ok: false,
    code,
    message: `${method} ${path}: ${told}${why === '' ? '' : `: ${why}`}`,
    status: status ?? null,
    problem: problem ?? null,
    retryAfterMs: retryAfterMs ?? null,
    ...(cause !== undefined && { cause }),
  };
}
