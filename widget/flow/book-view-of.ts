import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayOf } from '../i18n/say.ts';
import { instantIn } from '../time/instants.ts';
import { clocksOf, type ClocksView } from './clocks-of.ts';
import { firstName } from './first-name.ts';
import type { State } from './state.ts';

export interface BookView {
  readonly hostName: string;
  readonly eventType: PublicEventType;
  /** Both clocks of the chosen or booked meeting. */
  readonly clocks: ClocksView | null;
  /** The time that stands, while a new one is being chosen for it. */
  readonly was: ClocksView | null;
  readonly heldUntil: string | null;
  readonly isBusy: boolean;
  /** Read out by screen readers whenever it changes. */
  readonly announcement: string;
}

/** What to show once a time is chosen; `null` before anything is known of the event type. Pure, as `viewOf` is. */
export function bookViewOf(state: State, say: SayOf<BookKey>, formats: Formats): BookView | null {
  const { about, booking, zone } = state;
  if (about === null) return null;
  const hostName = about.eventType.hosts.map(({ name }) => name).join(', ');
  const clocks = (meeting: { start: string; end: string }) =>
    clocksOf({ ...meeting, zone }, { zone: about.hostZone, name: firstName(hostName) }, state.nowMs, { say, formats });
  const meeting = booking === null ? state.slot : seenFrom(zone, booking);
  const isBusy = state.sending.status === 'busy';
  const issues = Object.keys(state.issues).length;
  return {
    hostName,
    eventType: about.eventType,
    clocks: meeting && clocks(meeting),
    was: state.purpose.kind === 'move' ? clocks(seenFrom(zone, state.purpose)) : null,
    heldUntil: state.hold && formats.time(instantIn(zone, Date.parse(state.hold.expiresAt))),
    isBusy,
    announcement: isBusy ? say('sending') : issues > 0 ? say('checkFields', { count: issues }) : '',
  };
}

function seenFrom(zone: string, { start, end }: { readonly start: string; readonly end: string }) {
  return { start: instantIn(zone, Date.parse(start)), end: instantIn(zone, Date.parse(end)) };
}
