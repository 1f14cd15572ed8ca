import type { Effect } from './effect.ts';
import type { FlowEvent, State } from './state.ts';
import type { Step } from './transition.ts';

export interface Store {
  readonly state: State;
  dispatch(event: FlowEvent): void;
  /** After this, answers still under way change nothing. */
  close(): void;
}

/** Holds the state of one widget: every event goes through `transition`, then the page is drawn, then the effects run. */
export function createStore(
  initial: State,
  transition: (state: State, event: FlowEvent) => Step,
  run: (effect: Effect, dispatch: (event: FlowEvent) => void) => void,
  draw: (state: State) => void,
): Store {
  let state = initial;
  let isOpen = true;
  const dispatch = (event: FlowEvent) => {
    if (!isOpen) return;
    const [next, ...effects] = transition(state, event);
    state = next;
    draw(state);
    for (const effect of effects) run(effect, dispatch);
  };
  return {
    get state() {
      return state;
    },
    dispatch,
    close: () => {
      isOpen = false;
    },
  };
}
