import type { Slot } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import { addMonths, lastDayOf, monthOf } from '../time/local-date.ts';
import { focus } from './focus.ts';
import { keyTarget } from './key-target.ts';
import { leafTransition } from './leaf-transition.ts';
import type { FlowEvent, State } from './state.ts';
import { load, MONTHS_AHEAD, type Step } from './transition.ts';

/** Choosing among the times shown: with the keyboard, in another zone or length. Pure. `null` for other events. */
export function chooseTransition(state: State, event: FlowEvent): Step | null {
  switch (event.type) {
    case 'key':
      return pressKey(state, event);
    case 'pickSlot':
      return pickSlot(state, event.slot);
    case 'pickDuration':
      return startOver({ ...state, durationMinutes: event.minutes });
    case 'pickZone':
      return startOver(focus({ ...state, isZoneOpen: false, zone: event.zone, today: event.today }, 'zone'));
    default:
      return null;
  }
}

function pressKey(state: State, { key, shiftKey, date, forward, firstWeekday }: Extract<FlowEvent, { type: 'key' }>): Step {
  const target = keyTarget({ key, shiftKey }, date, forward, firstWeekday);
  return target === null ? (leafTransition(state, { type: 'pickDate', date }) ?? [state]) : moveCursor(state, target);
}

function moveCursor(state: State, date: string): Step {
  const last = lastDayOf(addMonths(monthOf(state.today), MONTHS_AHEAD));
  const cursor = date < state.today ? state.today : date > last ? last : date;
  const moved = focus({ ...state, cursor, month: monthOf(cursor) }, 'day');
  return state.months[moved.month] === undefined ? load(moved) : [moved];
}

function pickSlot(state: State, slot: Slot): Step {
  const minutes = state.durationMinutes ?? Math.round((Date.parse(slot.end) - Date.parse(slot.start)) / 60_000);
  const date = slot.start.slice(0, 10);
  return [
    focus(
      {
        ...state,
        slot,
        holdsAsked: state.holdsAsked + 1,
        step: 'details',
        date,
        cursor: date,
        month: monthOf(date),
        taken: null,
        issues: {},
        sending: { status: 'idle' },
        attempt: null,
      },
      'details',
    ),
    {
      type: 'hold',
      start: slot.start,
      durationMinutes: minutes,
      replaces: state.hold?.id ?? null,
      rescheduleOf: state.purpose.kind === 'move' ? state.purpose.bookingId : null,
    },
    { type: 'tell', name: 'slot-select', detail: slot },
  ];
}

/** Forgets every time that was loaded and asks again for the shown month. */
export function startOver(state: State): Step {
  return load({ ...state, generation: state.generation + 1, months: {}, search: 'unasked' });
}

/** The chosen time is gone: back to the choice, with the nearest ones, and all that was typed kept. */
export function lose(state: State, failure: Failure): Step {
  const taken = { start: state.slot?.start ?? '', alternatives: failure.problem?.alternatives ?? [] };
  return startOver(focus({ ...state, step: 'pick', slot: null, hold: null, taken, sending: { status: 'idle' }, attempt: null }, 'taken'));
}
