import { addMonths, monthOf } from '../time/local-date.ts';
import { findNextFree } from './find-next-free.ts';
import { focus } from './focus.ts';
import type { FlowEvent, State } from './state.ts';
import { load, MONTHS_AHEAD, settleDate, slotsOn, type Step } from './transition.ts';

/** Leafing through months and days, and opening the search for a zone. Pure. `null` for other events. */
export function leafTransition(state: State, event: FlowEvent): Step | null {
  switch (event.type) {
    case 'showMonth':
      return showMonth(state, event.month);
    case 'prefetchMonth':
      return state.months[event.month] === undefined ? load(state, [event.month]) : [state];
    case 'pickDate':
      return slotsOn(state, event.date).length === 0 ? [state] : [focus({ ...state, date: event.date, cursor: event.date }, 'times')];
    case 'toggleZones':
      return [state.isZoneOpen ? focus({ ...state, isZoneOpen: false }, 'zone') : { ...state, isZoneOpen: true }];
    default:
      return null;
  }
}

function showMonth(state: State, month: string): Step {
  const current = monthOf(state.today);
  if (month < current || month > addMonths(current, MONTHS_AHEAD)) return [state];
  const first = `${month}-01`;
  const shown = settleDate({ ...state, month, date: null, cursor: first < state.today ? state.today : first, search: 'unasked' });
  const isKnown = state.months[month]?.status === 'ready' || state.months[month]?.status === 'loading';
  return isKnown ? findNextFree(shown) : load(shown, [month]);
}
