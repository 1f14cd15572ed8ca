import type { BookKey } from '../i18n/en-book.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayOf } from '../i18n/say.ts';
import { instantIn } from '../time/instants.ts';
import type { State } from './state.ts';
import { choicesOf, type TimeChoice } from './times-of.ts';

export interface TakenView {
  readonly text: string;
  readonly choices: readonly (TimeChoice & { readonly day: string })[];
}

/** The word that a time was taken, with the nearest free ones; `null` while none was. */
export function takenOf(state: State, say: SayOf<BookKey>, formats: Formats): TakenView | null {
  if (state.taken === null) return null;
  // The server writes them in a zone that it takes to be the visitor's; the one chosen here counts.
  const seen = (instant: string) => instantIn(state.zone, Date.parse(instant));
  const start = seen(state.taken.start);
  const alternatives = state.taken.alternatives.map((slot) => ({ start: seen(slot.start), end: seen(slot.end) }));
  const time = `${formats.shortDate(start.slice(0, 10))}, ${formats.time(start)}`;
  return {
    text: `${say('taken', { time })} ${say(alternatives.length > 0 ? 'takenNearest' : 'takenPick')}`,
    choices: choicesOf(alternatives, formats).map((choice) => ({ ...choice, day: formats.shortDate(choice.slot.start.slice(0, 10)) })),
  };
}
