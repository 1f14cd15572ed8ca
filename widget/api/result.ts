import type { Problem } from '../../shared/contract/problem.ts';
import type { Reason } from '../../shared/contract/reasons.ts';

/** Why a call failed: the server's own code, or what happened on the way there. */
export type FailureCode = Reason | 'offline' | 'unreachable' | 'slow';

export interface Failure {
  readonly ok: false;
  readonly code: FailureCode;
  /** The server's answer, where it was one of ours. */
  readonly problem?: Problem;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure;
