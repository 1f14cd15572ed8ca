import { CELL_MINUTES, CELLS, cellsOf } from './paint-hours.ts';
import { WEEKDAYS, type Week } from './week.ts';

/** The rows shown without asking: these, and all that are open anywhere in the week. */
export const USUAL_CELLS = { first: (8 * 60) / CELL_MINUTES, end: (18 * 60) / CELL_MINUTES };

/** The first row to show and the one after the last, whole hours each. */
export function visibleCells(week: Week): { readonly first: number; readonly end: number } {
  const open = WEEKDAYS.flatMap((day) => cellsOf(week[day]).flatMap((state, index) => (state === 'closed' ? [] : [index])));
  const hour = 60 / CELL_MINUTES;
  const first = Math.min(USUAL_CELLS.first, ...open);
  const end = Math.max(USUAL_CELLS.end, ...open.map((index) => index + 1));
  return { first: Math.floor(first / hour) * hour, end: Math.min(CELLS, Math.ceil(end / hour) * hour) };
}
