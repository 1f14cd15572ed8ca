import { CELLS, cellsOf, paintHours } from './paint-hours.ts';
import type { Cell } from './state.ts';
import type { Week, Weekday } from './week.ts';

export interface WeekKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
}

/** Where reading goes: the days from left to right, and whether that is forward (1) or back (-1). */
export interface WeekFrame {
  readonly order: readonly Weekday[];
  readonly forward: 1 | -1;
}

/**
 * What a key does in the painted week: arrows move, Home and End go to the ends of a row and with Control of the week, Page keys move three hours,
 * Space and Enter open or close a cell, Shift carries what the cell is on to the next. `null` for keys that mean nothing here.
 */
export function keyInWeek(pressed: WeekKey, cell: Cell, week: Week, frame: WeekFrame): { readonly cell: Cell; readonly week: Week } | null {
  const { key, shiftKey } = pressed;
  const isOpen = cellsOf(week[cell.day])[cell.index] === 'open';
  if (key === ' ' || key === 'Enter') return { cell, week: paintCell(week, cell, isOpen ? 'closed' : 'open') };
  const next = move(pressed, cell, frame);
  if (next === null) return null;
  const carries = shiftKey && key.startsWith('Arrow');
  return { cell: next, week: carries ? paintCell(week, next, isOpen ? 'open' : 'closed') : week };
}

/** The week with one cell opened or closed. */
export function paintCell(week: Week, { day, index }: Cell, as: 'open' | 'closed'): Week {
  return paintHours(week, { days: [day], first: index, last: index, as });
}

const PAGE_CELLS = 6;

function move({ key, ctrlKey }: WeekKey, { day, index }: Cell, { order, forward }: WeekFrame): Cell | null {
  const column = order.indexOf(day);
  const at = (newColumn: number, newIndex: number): Cell => ({
    day: order[Math.max(0, Math.min(order.length - 1, newColumn))] ?? day,
    index: Math.max(0, Math.min(CELLS - 1, newIndex)),
  });
  switch (key) {
    case 'ArrowUp':
      return at(column, index - 1);
    case 'ArrowDown':
      return at(column, index + 1);
    case 'ArrowRight':
      return at(column + forward, index);
    case 'ArrowLeft':
      return at(column - forward, index);
    case 'Home':
      return at(0, ctrlKey ? 0 : index);
    case 'End':
      return at(order.length - 1, ctrlKey ? CELLS - 1 : index);
    case 'PageUp':
      return at(column, index - PAGE_CELLS);
    case 'PageDown':
      return at(column, index + PAGE_CELLS);
    default:
      return null;
  }
}
