import { bookTransition } from './book-transition.ts';
import { chooseTransition } from './choose-transition.ts';
import { findNextFree } from './find-next-free.ts';
import { holdTransition } from './hold-transition.ts';
import { leafTransition } from './leaf-transition.ts';
import { ownTransition } from './own-calendar/own-transition.ts';
import { recoverTransition } from './recover-transition.ts';
import type { FlowEvent, State } from './state.ts';
import { type Step, transition } from './transition.ts';

/** Every event of the scheduler, once the code of the later steps is there. */
export function laterTransition(state: State, event: FlowEvent): Step {
  return (
    bookTransition(state, event) ??
    chooseTransition(state, event) ??
    holdTransition(state, event) ??
    leafTransition(state, event) ??
    ownTransition(state, event) ??
    recoverTransition(state, event) ??
    searchOn(transition(state, event))
  );
}

/** What the first script has loaded may turn out empty. */
function searchOn([state, ...effects]: Step): Step {
  const [searching, ...more] = findNextFree(state);
  return [searching, ...effects, ...more];
}
