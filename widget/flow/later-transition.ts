import { bookTransition } from './book-transition.ts';
import { chooseTransition } from './choose-transition.ts';
import { leafTransition } from './leaf-transition.ts';
import { recoverTransition } from './recover-transition.ts';
import type { FlowEvent, State } from './state.ts';
import { type Step, transition } from './transition.ts';

/** Every event of the scheduler, once the code of the later steps is there. */
export function laterTransition(state: State, event: FlowEvent): Step {
  return (
    bookTransition(state, event) ??
    chooseTransition(state, event) ??
    leafTransition(state, event) ??
    recoverTransition(state, event) ??
    transition(state, event)
  );
}
