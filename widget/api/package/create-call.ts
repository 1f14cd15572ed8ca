import type { Call, Request } from './call.ts';
import type { ClientOptions } from './client-options.ts';
import { makeIdempotencyKey } from './make-idempotency-key.ts';
import { type Attempt, failureOf, sendOnce } from './send-once.ts';
import type { Failure, Result } from './result.ts';

const TIMEOUT_MS = 20_000;
const RETRIES = 2;
/** Before the first repetition; doubled each time, and never the same for all who wait. */
const FIRST_WAIT_MS = 250;

/** What carries the calls of a client: credentials, time limit, and the repetition of what is safe to repeat. */
export function createCall(options: ClientOptions): Call {
  return async (method, path, request = {}) => {
    const stop = new AbortController();
    const onAbort = () => stop.abort('aborted');
    request.signal?.addEventListener('abort', onAbort);
    if (request.signal?.aborted === true) onAbort();
    const timer = setTimeout(() => stop.abort('slow'), request.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS);
    try {
      return await carry(options, { method, path, request, idempotencyKey: keyOf(request), signal: stop.signal });
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    }
  };
}

function keyOf({ creates, idempotencyKey }: Request): string | null {
  return idempotencyKey ?? (creates === true ? makeIdempotencyKey() : null);
}

async function carry<T>(options: ClientOptions, attempt: Attempt): Promise<Result<T>> {
  const most = attempt.request.retries ?? options.retries ?? RETRIES;
  const startedMs = performance.now();
  const limitMs = attempt.request.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS;
  let isRenewed = false;
  for (let repeated = 0; ;) {
    const result = await sendOnce<T>(options, attempt);
    if (result.ok) return result;
    if (result.code === 'token_expired' && typeof options.roomToken === 'function' && !isRenewed) {
      isRenewed = true;
      continue;
    }
    if (repeated >= most || !mayRepeat(attempt, result)) return result;
    const waitMs = result.retryAfterMs ?? FIRST_WAIT_MS * 2 ** repeated * (0.5 + Math.random() / 2);
    // Nobody is served by waiting for the end of the time limit.
    if (performance.now() - startedMs + waitMs >= limitMs) return result;
    await pause(waitMs, attempt.signal);
    if (attempt.signal.aborted) return failureOf(attempt, { code: attempt.signal.reason === 'slow' ? 'slow' : 'aborted' });
    repeated += 1;
  }
}

/** A call refused for its rate did nothing, whatever it was. Anything else is repeated only where twice is the same as once. */
function mayRepeat({ method, request, idempotencyKey }: Attempt, { code, status }: Failure): boolean {
  if (code === 'rate_limited') return true;
  const isSafe = method === 'GET' || request.storesNothing === true || idempotencyKey !== null;
  if (!isSafe || code === 'calendar_unavailable') return false;
  return code === 'unreachable' || code === 'request_in_progress' || (status !== null && status >= 500);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
