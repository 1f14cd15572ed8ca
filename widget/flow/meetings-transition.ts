import type { Failure } from '../api/result.ts';
import { afterAction } from './after-action.ts';
import { changed, focusOn, type MeetingLists, putBooking } from './meetings-changes.ts';
import type { MeetingsEffect, MeetingsEvent, MeetingsStep } from './meetings-event.ts';
import { newsBetween } from './meetings-news.ts';
import type { MeetingsState } from './meetings-state.ts';
import { proposeTransition } from './propose-transition.ts';

type Step = MeetingsStep<MeetingsState>;

/** What follows from one event. Pure: what is to be done outside is asked for as effects. */
export function meetingsTransition(state: MeetingsState, event: MeetingsEvent): Step {
  switch (event.type) {
    case 'refresh':
      return load(state);
    case 'outdated':
      return load({ ...state, generation: state.generation + 1 });
    case 'loaded':
      return event.generation === state.generation ? takeList(state, event) : load({ ...state, isLoading: false });
    case 'loadFailed':
      if (event.generation !== state.generation) return load({ ...state, isLoading: false });
      return [{ ...state, isLoading: false, failure: event.failure }, ...tellFailure(event.failure, state.failure)];
    case 'eventTypes':
      return [{ ...state, eventTypes: { ...state.eventTypes, ...event.found } }];
    case 'open':
      return [focusOn({ ...state, open: { id: event.id, mode: event.mode }, problem: null, terms: null }, 'form')];
    case 'typed':
      return [{ ...state, open: state.open && { ...state.open, text: event.text } }];
    case 'close': {
      const { open } = state;
      const back = open === null ? 'title' : `open:${open.id}:${open.mode}`;
      return [focusOn({ ...state, open: null, problem: null, terms: null }, back)];
    }
    case 'act':
      if (state.busy !== null) return [state];
      return [
        { ...state, busy: event.action.id, problem: null },
        { type: 'act', action: event.action, given: '' },
      ];
    case 'acted':
      return afterAction(state, event.action, event.result);
    case 'actFailed':
      return failAction(state, event);
    case 'agree': {
      const { terms } = state;
      if (terms === null || state.busy !== null) return [state];
      if (!event.isTicked) return [focusOn({ ...state, terms: { ...terms, needsTick: true } }, 'tick')];
      const next = { ...terms, needsTick: false, failure: null };
      return [
        { ...state, busy: terms.action.id, terms: next },
        { type: 'agree', terms: next },
      ];
    }
    case 'agreeFailed':
      return [
        { ...state, busy: null, terms: state.terms && { ...state.terms, failure: event.failure } },
        ...tellFailure(event.failure, null),
      ];
    case 'leaveTerms':
      // What is on its way cannot be called back.
      if (state.busy !== null) return [state];
      return [focusOn({ ...state, terms: null }, state.terms === null ? 'title' : `entry:${state.terms.action.id}`)];
    case 'moved': {
      const bookings = putBooking(state.bookings, event.booking);
      return [{ ...state, bookings, generation: state.generation + 1 }, changed({ bookings, proposals: state.proposals })];
    }
    default:
      return proposeTransition(state, event);
  }
}

function load(state: MeetingsState): Step {
  if (state.isLoading) return [state];
  return [
    { ...state, isLoading: true },
    { type: 'load', generation: state.generation },
  ];
}

function takeList(state: MeetingsState, { bookings, proposals, atMs }: MeetingLists & { readonly atMs: number }): Step {
  const isFirst = state.seenMs === null;
  const items = isFirst ? [] : newsBetween(state, { bookings, proposals }, state.role);
  const ids = new Set([...bookings, ...proposals].map(({ id }) => id));
  // A form stays open while its meeting is there, with whatever is typed in it.
  const open = state.open !== null && ids.has(state.open.id) ? state.open : null;
  const missing = [...new Set([...bookings, ...proposals].map(({ eventTypeId }) => eventTypeId))].filter((id) => !(id in state.eventTypes));
  const isSame = !isFirst && JSON.stringify([state.bookings, state.proposals]) === JSON.stringify([bookings, proposals]);
  const next = { ...state, isLoading: false, failure: null, seenMs: atMs, bookings, proposals, open };
  return [
    items.length === 0 ? next : { ...next, news: { items, count: state.news.count + 1 } },
    ...(missing.length === 0 ? [] : [{ type: 'loadEventTypes', ids: missing } as const]),
    ...(isSame ? [] : [changed({ bookings, proposals })]),
  ];
}

function failAction(state: MeetingsState, { action, failure, given }: Extract<MeetingsEvent, { type: 'actFailed' }>): Step {
  const notice = failure.code === 'acknowledgement_required' ? failure.problem?.notice : undefined;
  if (notice !== undefined) {
    const terms = { action, notice, given, needsTick: false, failure: null };
    return [focusOn({ ...state, busy: null, problem: null, terms }, 'terms')];
  }
  const isField = state.open !== null && (failure.code === 'validation_failed' || failure.code === 'contact_details_detected');
  const shownFailed = { ...state, busy: null, terms: null, problem: { action, failure } };
  const failed = isField ? focusOn(shownFailed, 'field') : shownFailed;
  const [next, ...effects] = action.kind === 'propose' ? proposeTransition(failed, { type: 'offerFailed', failure }) : [failed];
  const isStale = failure.code === 'invalid_state' || failure.code === 'not_found' || failure.code === 'slot_unavailable';
  const [shown, ...again] = isStale ? load(next) : [next];
  return [shown, ...effects, ...again, ...tellFailure(failure, null)];
}

/** The same failure as before is not told again. */
function tellFailure(failure: Failure, before: Failure | null): MeetingsEffect[] {
  if (failure.code === before?.code) return [];
  return failure.code === 'token_expired'
    ? [{ type: 'tell', name: 'token-expired', detail: {} }]
    : [{ type: 'tell', name: 'error', detail: { code: failure.code } }];
}
