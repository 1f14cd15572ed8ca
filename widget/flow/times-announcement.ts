import type { BookKey } from '../i18n/en-book.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayOf } from '../i18n/say.ts';
import type { State } from './state.ts';
import { slotsOn } from './transition.ts';

/** What a screen reader hears while times are being looked at: that they are on their way, then how many there are. */
export function timesAnnouncement(state: State, say: SayOf<BookKey>, formats: Formats): string {
  if (state.months[state.month]?.status === 'loading') return say('loading');
  if (state.date === null) return '';
  return say('timesOn', { count: slotsOn(state, state.date).length, date: formats.longDate(state.date) });
}
