import type { Problem } from '../../../shared/contract/problem.ts';

/**
 * Why a call failed: the server's own code, or what happened on the way there. `unreachable` is also an answer that is not Parley's (a proxy's
 * HTML page), `slow` is the end of `timeoutMs`, `aborted` your own signal, `not_sent` a call that could not even be made (see `cause`).
 */
export type FailureCode = Problem['code'] | 'offline' | 'unreachable' | 'slow' | 'aborted' | 'not_sent';

/** The headers of an answer: `ETag`, `RateLimit-Remaining`, `Idempotent-Replayed` and so on. */
export interface AnswerHeaders {
  get(name: string): string | null;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
  readonly status: number;
  readonly headers: AnswerHeaders;
}

export interface Failure {
  readonly ok: false;
  /** Switch on this, never on a text. */
  readonly code: FailureCode;
  /** What was asked and how it ended, in one line for a log. */
  readonly message: string;
  /** Null when no answer came. */
  readonly status: number | null;
  /** The server's answer (RFC 9457), where it was one of Parley's: `issues`, `alternatives`, `notice`, `findings`, `requestId` ... */
  readonly problem: Problem | null;
  /** How long the server asks to wait (`Retry-After`). */
  readonly retryAfterMs: number | null;
  readonly cause?: unknown;
}

/** How a call ended. `value` is there when `ok` is true, `code` and `problem` when it is not. */
export type Result<T> = Success<T> | Failure;
