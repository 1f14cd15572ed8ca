import type { BookKey } from '../i18n/en-book.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayOf } from '../i18n/say.ts';
import { monthOf } from '../time/local-date.ts';
import type { State } from './state.ts';
import { firstFreeDay } from './transition.ts';
import type { EmptyView } from './view-of.ts';

/** What to say instead of times when the whole month has none. */
export function emptyOf(state: State, say: SayOf<BookKey>, formats: Formats): EmptyView | null {
  const load = state.months[state.month];
  if (load?.status !== 'ready' || load.days.some(({ slots }) => slots.length > 0)) return null;
  const free = firstFreeDay(state, state.month);
  if (free === null && state.search === 'done') return { text: say('noTimesAhead'), nextFree: null };
  return {
    text: say('noTimesInMonth', { month: formats.monthName(state.month) }),
    nextFree: free === null ? null : { month: monthOf(free), text: say('nextFree', { date: formats.shortDate(free) }) },
  };
}
