import type { Failure } from '../api/result.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { SayOf } from '../i18n/say.ts';
import { canRetry, failureText } from './failure-text.ts';
import type { State } from './state.ts';
import type { FailureView } from './view-of.ts';

/** A failure to show where the visitor is, in words. */
export function failureOf(state: State, say: SayOf<BookKey>): FailureView | null {
  const failure = findFailure(state);
  return failure && { text: say(failureText(failure.code)), canRetry: canRetry(failure.code) };
}

function findFailure(state: State): Failure | null {
  if (state.sending.status === 'failed') return state.sending.failure;
  const load = state.months[state.month];
  if (load?.status === 'failed') return load.failure;
  const isUnknown =
    load?.status === 'ready' && state.calendarStatus === 'unavailable' && load.days.every(({ slots }) => slots.length === 0);
  return isUnknown ? { ok: false, code: 'calendar_unavailable' } : null;
}
