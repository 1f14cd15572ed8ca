import { assertAnswerable } from './check-question.ts';
import { judgeTaken } from './judge-taken.ts';
import type { SlotQuestion } from './question.ts';
import type { SlotVerdict } from './slot-verdict.ts';

/**
 * Judges a start that was judged before, when a hold, request or proposal took it: only outside busy time and other owners' claims are
 * looked at again, not hours, notice, window or limits. Name the hold, request or proposal itself in `ignoreOwnerIds`.
 */
export function judgeAlreadyHeld(question: SlotQuestion, startMs: number): SlotVerdict {
  assertAnswerable(question);
  const refused = judgeTaken(question, startMs);
  return refused === null ? { bookable: true } : { bookable: false, ...refused };
}
