import type { State } from '../flow/state.ts';
import type { TimeChoice } from '../flow/times-of.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { SayOf } from '../i18n/say.ts';

/** Notes at the times that overlap the visitor's own events. They can still be chosen: only the visitor knows what can be moved. */
export function markOwn<T extends TimeChoice>(choices: readonly T[], { own, zone }: State, say: SayOf<BookKey>): readonly T[] {
  const [first, last] = [choices[0], choices.at(-1)];
  if (own?.status !== 'read' || first === undefined || last === undefined) return choices;
  const busy = own.calendar.busyBetween(zone, Date.parse(first.slot.start), Date.parse(last.slot.end));
  return choices.map((choice) => {
    const [startMs, endMs] = [Date.parse(choice.slot.start), Date.parse(choice.slot.end)];
    return busy.some(({ fromMs, toMs }) => fromMs < endMs && toMs > startMs)
      ? { ...choice, note: <small class="note"> {say('ownBusy')}</small> }
      : choice;
  });
}
