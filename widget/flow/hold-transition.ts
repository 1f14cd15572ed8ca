import { submit } from './book-transition.ts';
import { lose } from './choose-transition.ts';
import type { FlowEvent, State } from './state.ts';
import type { Step } from './transition.ts';

/**
 * The answers to the holds that were asked for, and their end with the page. Pure. `null` for other events. Whoever sends before the answer
 * is there waits for it: a booking that does not name the hold would meet it as somebody else's, or take the time that the hold is then
 * refused for.
 */
export function holdTransition(state: State, event: FlowEvent): Step | null {
  if (event.type === 'holdGiven') return [state.hold?.id === event.holdId ? { ...state, hold: null } : state];
  if (event.type !== 'held' && event.type !== 'holdRefused') return null;
  const answered = { ...state, holdsAsked: state.holdsAsked - 1 };
  const isWanted = state.slot?.start === event.start;
  if (event.type === 'held')
    return isWanted ? sendWaiting({ ...answered, hold: event.hold }) : [answered, { type: 'release', holdId: event.hold.id }];
  // Without a hold the booking is still tried, unless the time is known to be gone.
  return isWanted && event.failure.code === 'slot_unavailable' ? lose(answered, event.failure) : sendWaiting(answered);
}

function sendWaiting(state: State): Step {
  const { sending } = state;
  if (state.holdsAsked > 0 || sending.status !== 'busy' || sending.waitingKey === undefined) return [state];
  return submit({ ...state, sending: { status: 'idle' } }, sending.waitingKey);
}
