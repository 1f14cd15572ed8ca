import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Failure, FailureCode } from '../api/result.ts';
import type { Formats } from '../i18n/formats.ts';
import type { Say } from '../i18n/say.ts';
import { calendarOf, type CalendarView } from './calendar-of.ts';
import type { State } from './state.ts';
import { timesOf, type TimesView } from './times-of.ts';

/** Puts a failure into words. Until the code for that has arrived there is one sentence for all. */
export type Explain = (code: FailureCode) => { readonly text: string; readonly canRetry: boolean };

/** The picture until a time is chosen, and what is around the later steps. */
export interface View {
  readonly panel: 'pick' | 'details' | 'done' | 'failed';
  readonly hostName: string;
  readonly eventType: PublicEventType | null;
  readonly calendar: CalendarView;
  readonly times: TimesView | null;
  /** A failure to show where the visitor is, and whether trying again can help. */
  readonly failure: ReturnType<Explain> | null;
  /** Read out by screen readers whenever it changes. */
  readonly announcement: string;
}

/** What to show for a state. Pure; every text and number is written here, so that the views only draw. */
export function viewOf(state: State, say: Say, formats: Formats, explain: Explain | undefined): View {
  const { about } = state;
  const hostName = about?.eventType.hosts.map(({ name }) => name).join(', ') ?? '';
  const failure = failureOf(state);
  const times = timesOf(state, say, formats);
  const panel = about === null && failure !== null ? 'failed' : state.step;
  const failureView = failure && (explain?.(failure.code) ?? { text: say('unreachable'), canRetry: true });
  return {
    panel,
    hostName,
    eventType: about?.eventType ?? null,
    calendar: calendarOf(state, say, formats),
    times,
    failure: failureView,
    announcement: announcementOf(state, say, { times, failure: failureView?.text ?? null }),
  };
}

function failureOf(state: State): Failure | null {
  if (state.sending.status === 'failed') return state.sending.failure;
  const load = state.months[state.month];
  if (load?.status === 'failed') return load.failure;
  const isUnknown =
    load?.status === 'ready' && state.calendarStatus === 'unavailable' && load.days.every(({ slots }) => slots.length === 0);
  return isUnknown ? { ok: false, code: 'calendar_unavailable' } : null;
}

function announcementOf(state: State, say: Say, shown: { times: TimesView | null; failure: string | null }): string {
  if (shown.failure !== null) return shown.failure;
  if (state.step !== 'pick') return '';
  if (state.months[state.month]?.status === 'loading') return say('loading');
  return shown.times?.announcement ?? '';
}
