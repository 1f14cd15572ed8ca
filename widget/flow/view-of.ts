import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Failure } from '../api/result.ts';
import type { Formats } from '../i18n/formats.ts';
import type { Say } from '../i18n/say.ts';
import { instantIn } from '../time/zones.ts';
import { calendarOf, type CalendarView } from './calendar-of.ts';
import { clocksOf, type ClocksView } from './clocks-of.ts';
import { failureText } from './failure-text.ts';
import type { State } from './state.ts';
import { choicesOf, timesOf, type TimeChoice, type TimesView } from './times-of.ts';

export interface View {
  readonly panel: 'pick' | 'details' | 'done' | 'failed';
  readonly hostName: string;
  readonly eventType: PublicEventType | null;
  readonly calendar: CalendarView;
  readonly times: TimesView | null;
  /** Both clocks of the chosen or booked meeting. */
  readonly clocks: ClocksView | null;
  /** The time that stands, while a new one is being chosen for it. */
  readonly was: ClocksView | null;
  readonly taken: { readonly text: string; readonly choices: readonly (TimeChoice & { readonly day: string })[] } | null;
  readonly heldUntil: string | null;
  /** A failure to show where the visitor is, and whether trying again can help. */
  readonly failure: { readonly text: string; readonly canRetry: boolean } | null;
  readonly isBusy: boolean;
  /** Read out by screen readers whenever it changes. */
  readonly announcement: string;
}

/** What to show for a state. Pure; every text and number is written here, so that the views only draw. */
export function viewOf(state: State, say: Say, formats: Formats): View {
  const { about, booking } = state;
  const tools = { say, formats };
  const hostName = about?.eventType.hosts.map(({ name }) => name).join(', ') ?? '';
  const clocks = (meeting: { start: string; end: string }) =>
    clocksOf({ ...meeting, zone: state.zone }, { zone: about?.hostZone ?? state.zone, name: firstName(hostName) }, state.nowMs, tools);
  const meeting = booking === null ? state.slot : seenFrom(state.zone, booking);
  const failure = failureOf(state);
  const times = timesOf(state, say, formats);
  const panel = about === null && failure !== null ? 'failed' : state.step;
  const failureView = failure && { text: say(failureText(failure.code)), canRetry: !FINAL.has(failure.code) };
  return {
    panel,
    hostName,
    eventType: about?.eventType ?? null,
    calendar: calendarOf(state, say, formats),
    times,
    clocks: meeting && clocks(meeting),
    was: state.purpose.kind === 'move' ? clocks(seenFrom(state.zone, state.purpose)) : null,
    taken: takenOf(state, tools),
    heldUntil: state.hold && formats.time(instantIn(state.zone, Date.parse(state.hold.expiresAt))),
    failure: failureView,
    isBusy: state.sending.status === 'busy',
    announcement: announcementOf(state, say, { times, failure: failureView?.text ?? null }),
  };
}

/** The name people are called by: `Dana` of `Dana Reyes`. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

function seenFrom(zone: string, { start, end }: { readonly start: string; readonly end: string }) {
  return { start: instantIn(zone, Date.parse(start)), end: instantIn(zone, Date.parse(end)) };
}

const FINAL = new Set<Failure['code']>(['not_found', 'forbidden', 'origin_not_allowed', 'token_expired', 'unauthenticated']);

function failureOf(state: State): Failure | null {
  if (state.sending.status === 'failed') return state.sending.failure;
  const load = state.months[state.month];
  if (load?.status === 'failed') return load.failure;
  const isUnknown =
    load?.status === 'ready' && state.calendarStatus === 'unavailable' && load.days.every(({ slots }) => slots.length === 0);
  return isUnknown ? { ok: false, code: 'calendar_unavailable' } : null;
}

function takenOf(state: State, { say, formats }: { say: Say; formats: Formats }): View['taken'] {
  if (state.taken === null) return null;
  const { start, alternatives } = state.taken;
  const time = `${formats.shortDate(start.slice(0, 10))}, ${formats.time(start)}`;
  return {
    text: `${say('taken', { time })} ${say(alternatives.length > 0 ? 'takenNearest' : 'takenPick')}`,
    choices: choicesOf(alternatives, formats).map((choice) => ({ ...choice, day: formats.shortDate(choice.slot.start.slice(0, 10)) })),
  };
}

function announcementOf(state: State, say: Say, shown: { times: TimesView | null; failure: string | null }): string {
  if (shown.failure !== null) return shown.failure;
  if (state.sending.status === 'busy') return say('sending');
  const issues = Object.keys(state.issues).length;
  if (issues > 0) return say('checkFields', { count: issues });
  if (state.step !== 'pick') return '';
  if (state.months[state.month]?.status === 'loading') return say('loading');
  return shown.times?.announcement ?? '';
}
