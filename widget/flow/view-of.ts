import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Formats } from '../i18n/formats.ts';
import type { Say } from '../i18n/say.ts';
import { calendarOf, type CalendarView } from './calendar-of.ts';
import type { State } from './state.ts';
import { timesOf, type TimesView } from './times-of.ts';

export interface FailureView {
  readonly text: string;
  /** Whether trying again can help. */
  readonly canRetry: boolean;
}

/** Said instead of times when the whole month has none. */
export interface EmptyView {
  readonly text: string;
  readonly nextFree: { readonly month: string; readonly text: string } | null;
}

/** What only the code of the later steps can tell: why there are no times, and more of those there are. */
export interface Further {
  readonly failure: FailureView | null;
  readonly empty: EmptyView | null;
  /** The times of the chosen day, with what is to be known of each. */
  readonly times: TimesView | null;
}

/** The picture until a time is chosen, and what is around the later steps. */
export interface View {
  readonly panel: 'pick' | 'details' | 'done' | 'failed';
  readonly hostName: string;
  readonly eventType: PublicEventType | null;
  readonly calendar: CalendarView;
  readonly times: TimesView | null;
  readonly empty: EmptyView | null;
  /** A failure to show where the visitor is. */
  readonly failure: FailureView | null;
}

/** What to show for a state. Pure; every text and number is written here, so that the views only draw. */
export function viewOf(state: State, say: Say, formats: Formats, further: Further | undefined): View {
  const { about } = state;
  const hostName = about?.eventType.hosts.map(({ name }) => name).join(', ') ?? '';
  // Until the code of the later steps has arrived there is one failure, that it does not arrive, and an empty month is still looked into.
  const failure = further ? further.failure : state.sending.status === 'failed' ? { text: say('unreachable'), canRetry: true } : null;
  const panel = about === null && failure !== null ? 'failed' : state.step;
  const calendar = calendarOf(state, say, formats);
  return {
    panel,
    hostName,
    eventType: about?.eventType ?? null,
    calendar: further || state.date ? calendar : { ...calendar, isLoading: true },
    times: further ? further.times : timesOf(state, formats),
    empty: further?.empty ?? null,
    failure,
  };
}
