import type { Slot } from '../../shared/contract/slots.ts';
import { lastDayOf, monthOf } from '../time/local-date.ts';
import type { Effect } from './effect.ts';
import type { FlowEvent, LaterEvent, State } from './state.ts';

export type Step = readonly [State, ...Effect[]];

/** How far ahead one may leaf. */
export const MONTHS_AHEAD = 12;

/**
 * The next state and what to do for it. Pure: the same state and event always give the same step. This is what the first picture needs; what
 * else can happen waits for the code of `laterTransition`.
 */
export function transition(state: State, event: FlowEvent): Step {
  switch (event.type) {
    case 'start':
      return load(state);
    case 'loaded':
      return event.generation === state.generation ? loaded(state, event) : [state];
    case 'pickSlot':
      return [
        { ...state, slot: event.slot, step: 'details' },
        { type: 'fetchPart', next: event },
      ];
    case 'partFailed':
      return [{ ...state, sending: { status: 'failed', failure: event.failure } }];
    case 'retry':
      return [
        { ...state, sending: { status: 'idle' } },
        { type: 'fetchPart', next: null },
      ];
    default:
      return [state, { type: 'fetchPart', next: event satisfies LaterEvent }];
  }
}

/** The free times of a date, as far as they are known. */
export function slotsOn(state: State, date: string): readonly Slot[] {
  const load = state.months[monthOf(date)];
  return (load?.status === 'ready' && load.days.find((day) => day.date === date)?.slots) || [];
}

/** The first day with a free time in the known months from `month` on; `null` where none is known. */
export function firstFreeDay(state: State, month: string): string | null {
  for (const key of Object.keys(state.months).sort()) {
    const load = state.months[key];
    if (key < month || load?.status !== 'ready') continue;
    const day = load.days.find(({ slots }) => slots.length > 0);
    if (day !== undefined) return day.date;
  }
  return null;
}

/** Asks for these months, which follow one another; for the shown one unless said. */
export function load(state: State, months: readonly [string, ...string[]] = [state.month]): Step {
  const from = `${months[0]}-01`;
  const marked = { ...state.months, ...Object.fromEntries(months.map((month) => [month, { status: 'loading' } as const])) };
  return [
    { ...state, months: marked },
    {
      type: 'load',
      generation: state.generation,
      from: from < state.today ? state.today : from,
      to: lastDayOf(months.at(-1) ?? from),
      months,
      zone: state.zone,
      durationMinutes: state.durationMinutes,
      holdId: state.hold?.id ?? null,
      rescheduleOf: state.purpose.kind === 'move' ? state.purpose.bookingId : null,
      withAbout: state.about === null,
    },
  ];
}

function loaded(state: State, { months, answer }: Extract<FlowEvent, { type: 'loaded' }>): Step {
  const known = { ...state.months };
  for (const month of months) known[month] = { status: 'ready', days: answer.days.filter(({ date }) => monthOf(date) === month) };
  const { eventType } = answer;
  const isFirst = state.about === null && eventType !== undefined;
  const next = settleDate({
    ...state,
    months: known,
    calendarStatus: answer.calendarStatus,
    durationMinutes: answer.durationMinutes,
    search: months.length > 1 ? 'done' : state.search,
    ...(isFirst && { about: { eventType, hostZone: answer.hostTimeZone, brand: answer.brand ?? null }, notice: answer.notice ?? null }),
  });
  return isFirst
    ? [next, { type: 'tell', name: 'ready', detail: { eventTypeId: eventType.id } }, { type: 'fetchPart', next: null }]
    : [next];
}

/** Keeps the chosen day while it has times, else takes the first free one of the shown month. */
export function settleDate(state: State): State {
  if (state.date !== null && slotsOn(state, state.date).length > 0) return state;
  if (state.months[state.month]?.status !== 'ready') return state;
  const free = firstFreeDay(state, state.month);
  const date = free !== null && monthOf(free) === state.month ? free : null;
  return { ...state, date, cursor: date ?? state.cursor };
}
