import type { FocusWish, State } from './state.ts';

/** Wishes the keyboard somewhere after the next drawing. */
export function focus(state: State, target: FocusWish['target']): State {
  return { ...state, focus: { target, count: (state.focus?.count ?? 0) + 1 } };
}
