import type { Failure, FailureCode, Result } from './result.ts';

/** A failed call as something to throw; `failure` is what the call answered. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message, { cause: failure.cause });
    this.failure = failure;
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}

/** The value of a call that went well; throws a `ParleyError` for one that did not. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ParleyError(result);
}
