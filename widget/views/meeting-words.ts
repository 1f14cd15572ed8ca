import type { Booking } from '../../shared/contract/booking.ts';
import type { Proposal } from '../../shared/contract/proposal.ts';
import { firstName } from '../flow/first-name.ts';
import { isToDecide } from '../flow/meetings-groups.ts';
import { commaOf } from '../i18n/comma-of.ts';
import { isolated } from '../i18n/isolated.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';
import { instantIn } from '../time/instants.ts';
import type { MeetingsTools } from './meetings-tools.ts';

/** `Tue, Jul 7, 10:00 AM` on the viewer's clock. */
export function momentOf(instant: string, { zone, formats }: MeetingsTools): string {
  const seen = instantIn(zone, Date.parse(instant));
  return [formats.shortDate(seen.slice(0, 10)), unbroken(formats.time(seen))].join(commaOf(formats.locale));
}

/** A meeting by its title and start: `Project intro, Tue, Jul 7, 10:00 AM`. */
export function titleAndMoment({ title, start }: { readonly title: string; readonly start: string }, tools: MeetingsTools): string {
  return [isolated(title, tools.formats), momentOf(start, tools)].join(commaOf(tools.formats.locale));
}

/** `Tue, Jul 7` and `10:00 – 10:30 AM` on the viewer's clock. */
export function dayAndHours(
  { start, end }: { readonly start: string; readonly end: string },
  { zone, formats }: MeetingsTools,
): readonly [string, string] {
  const [from, to] = [start, end].map((instant) => instantIn(zone, Date.parse(instant))) as [string, string];
  return [formats.shortDate(from.slice(0, 10)), formats.range(from, to)];
}

/** Both in one line. */
export function spanOf(meeting: { readonly start: string; readonly end: string }, tools: MeetingsTools): string {
  return dayAndHours(meeting, tools).join(commaOf(tools.formats.locale));
}

/** The start on the other side's clock, with the date where it is another one; null when both clocks show the same. */
export function theirMomentOf(start: string, theirZone: string | null, { zone, formats }: MeetingsTools): string | null {
  if (theirZone === null) return null;
  const [mine, theirs] = [zone, theirZone].map((one) => instantIn(one, Date.parse(start))) as [string, string];
  if (mine.slice(0, 16) === theirs.slice(0, 16)) return null;
  const isSameDate = mine.slice(0, 10) === theirs.slice(0, 10);
  const time = unbroken(formats.time(theirs));
  return isSameDate ? time : [formats.shortDate(theirs.slice(0, 10)), time].join(commaOf(formats.locale));
}

/** Who sits on the other side of a meeting, and on which clock. */
export function otherOf(booking: Booking, { state, otherName }: MeetingsTools): { readonly name: string; readonly zone: string | null } {
  if (state.role === 'host') return { name: firstName(booking.invitee.name) || otherName, zone: booking.invitee.timeZone };
  const [host] = booking.hosts;
  return { name: host === undefined ? otherName : firstName(host.name), zone: host?.timeZone ?? null };
}

/** The same for an offer, which names nobody: what the kind of meeting or an earlier meeting tells. */
export function otherOfOffer({ eventTypeId }: Pick<Proposal, 'eventTypeId'>, tools: MeetingsTools): ReturnType<typeof otherOf> {
  const { state, otherName } = tools;
  const host = state.eventTypes[eventTypeId]?.hosts?.[0];
  if (state.role === 'invitee' && host !== undefined) return { name: firstName(host.name), zone: host.timeZone };
  const last = state.bookings.at(-1);
  return last === undefined ? { name: otherName, zone: null } : otherOf(last, tools);
}

/** The word for the state a meeting is in, and whether it is good, open or over. */
export function stateOf(booking: Booking, { state, nowMs }: MeetingsTools): readonly [MeetingsKey, 'good' | 'open' | 'over'] {
  switch (booking.status) {
    case 'requested':
      return [isToDecide(booking, state.role) ? 'stateToDecide' : 'stateRequested', 'open'];
    case 'confirmed':
      if (booking.rescheduleTo) return ['stateNewTime', 'open'];
      return Date.parse(booking.start) <= nowMs && nowMs < Date.parse(booking.end) ? ['stateNow', 'good'] : ['stateConfirmed', 'good'];
    case 'completed':
      return ['stateCompleted', 'over'];
    case 'declined':
      return ['stateDeclined', 'over'];
    case 'expired':
      return ['stateExpired', 'over'];
    case 'cancelled':
      return ['stateCancelled', 'over'];
    case 'noShow':
      return ['stateNoShow', 'over'];
    default:
      return booking.status satisfies never;
  }
}

/** A time whose half of the day is not left behind at the end of a line. */
function unbroken(time: string): string {
  return time.replaceAll(' ', '\u00a0');
}
