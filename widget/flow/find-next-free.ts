import { addMonths } from '../time/local-date.ts';
import type { State } from './state.ts';
import { firstFreeDay, load, type Step } from './transition.ts';

/** When the shown month turns out empty, looks three months further, once, so that the visitor is told the next free day. */
export function findNextFree(state: State): Step {
  const isEmpty = state.months[state.month]?.status === 'ready' && firstFreeDay(state, state.month) === null;
  if (!isEmpty || state.search !== 'unasked') return [state];
  const { month } = state;
  return load({ ...state, search: 'busy' }, [addMonths(month, 1), addMonths(month, 2), addMonths(month, 3)]);
}
