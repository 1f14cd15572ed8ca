import type { Failure } from '../api/result.ts';

/** Whether what was sent may have done its work although its answer says nothing of it: the same again, under the same key, tells. */
export function mayHaveArrived({ code }: Failure): boolean {
  return LEAVING_IT_OPEN.includes(code);
}

const LEAVING_IT_OPEN: readonly Failure['code'][] = [
  'slow',
  'unreachable',
  'offline',
  'request_in_progress',
  'internal_error',
  'unavailable',
];
