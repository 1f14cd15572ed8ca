import type { Failure } from '../api/result.ts';
import { identityOf } from './identity-of.ts';
import type { Effect } from './effect.ts';
import type { FlowEvent, State } from './state.ts';
import { load, type Step } from './transition.ts';

/** What went wrong with the times, and how it goes on. Pure. `null` for other events. */
export function recoverTransition(state: State, event: FlowEvent): Step | null {
  switch (event.type) {
    case 'loadFailed':
      return event.generation === state.generation ? loadFailed(state, event.months, event.failure) : [state];
    case 'retry':
      return retry(state);
    case 'reconnected':
      return hasFailed(state, ['offline', 'unreachable']) ? retry(state) : [state];
    case 'tokenRenewed': {
      const renewed = { ...state, identity: identityOf(event.token) };
      return hasFailed(state, ['token_expired', 'unauthenticated']) ? retry(renewed) : [renewed];
    }
    default:
      return null;
  }
}

function loadFailed(state: State, months: readonly string[], failure: Failure): Step {
  const failed = Object.fromEntries(months.map((month) => [month, { status: 'failed', failure } as const]));
  return [
    { ...state, months: { ...state.months, ...failed }, search: months.length > 1 ? 'unasked' : state.search },
    ...tellFailure(failure),
  ];
}

function retry(state: State): Step {
  const failed = Object.keys(state.months).filter((month) => state.months[month]?.status === 'failed');
  if (failed.length === 0) return [state];
  const months = Object.fromEntries(Object.entries(state.months).filter(([month]) => !failed.includes(month)));
  return load({ ...state, months });
}

/** Whether something that was asked for failed for one of these reasons. */
export function hasFailed(state: State, codes: readonly Failure['code'][]): boolean {
  const failures = [state.sending, ...Object.values(state.months)].flatMap((item) => (item.status === 'failed' ? [item.failure.code] : []));
  return failures.some((code) => codes.includes(code));
}

/** What the page hears of a failure. */
export function tellFailure({ code }: Failure): Effect[] {
  if (code === 'token_expired') return [{ type: 'tell', name: 'token-expired', detail: {} }];
  return [{ type: 'tell', name: 'error', detail: { code } }];
}
