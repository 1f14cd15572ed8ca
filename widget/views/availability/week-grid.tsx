import type { Hours } from '../../../shared/contract/schedule.ts';
import { CELL_MINUTES, CELLS, type CellState, cellsOf, joinHours, minutesOf, timeOf } from '../../flow/availability/paint-hours.ts';
import { dayOrder, type Weekday } from '../../flow/availability/week.ts';
import { Icon } from '../../parts/icon.tsx';
import type { SettingsTools } from './settings-tools.ts';

const STATE_TEXT = { open: 'cellOpen', partly: 'cellPartly', closed: 'cellClosed' } as const;

interface Column {
  readonly day: Weekday;
  readonly long: string;
  readonly short: string;
  readonly cells: readonly CellState[];
  readonly blocks: readonly Hours[];
}

/** The week as a grid of half hours to paint on, worked by keyboard as the ARIA Authoring Practices describe a grid. */
export function WeekGrid(tools: SettingsTools) {
  const { state, shown, say, formats, actions } = tools;
  const names = formats.weekdays();
  const columns = dayOrder(formats.firstWeekday).map((day, index): Column => {
    const hours = shown.schedule.week[day];
    return { day, long: names[index]?.long ?? day, short: names[index]?.short ?? day, cells: cellsOf(hours), blocks: joinHours(hours) };
  });
  const { firstCell, endCell } = state;
  const rows = Array.from({ length: endCell - firstCell }, (_, row) => firstCell + row);
  return (
    <div class="week" part="week">
      {firstCell > 0 ? (
        <button type="button" class="more-hours" onClick={() => actions.show({ firstCell: 0 })}>
          {say('earlier')}
          <Icon name="down" />
        </button>
      ) : null}
      <table
        role="grid"
        class="week-grid"
        aria-label={say('weekGrid')}
        aria-multiselectable="true"
        ref={actions.attachPainter}
        onKeyDown={actions.weekKey}
      >
        <thead>
          <tr>
            <td />
            {columns.map(({ day, short, long }) => (
              <th scope="col" key={day} abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((index) => (
            <tr key={index} class={(index * CELL_MINUTES) % 60 === 0 ? 'hour' : 'half'}>
              <th scope="row">
                <span class={(index * CELL_MINUTES) % 60 === 0 ? '' : 'hidden'}>{clockText(tools, timeOf(index * CELL_MINUTES))}</span>
              </th>
              {columns.map((column) => (
                <WeekCell key={column.day} column={column} index={index} tools={tools} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {endCell < CELLS ? (
        <button type="button" class="more-hours" onClick={() => actions.show({ endCell: CELLS })}>
          {say('later')}
          <Icon name="down" />
        </button>
      ) : null}
    </div>
  );
}

function WeekCell({ column, index, tools }: { readonly column: Column; readonly index: number; readonly tools: SettingsTools }) {
  const { state, say } = tools;
  const { day, long, cells, blocks } = column;
  const cell = cells[index] ?? 'closed';
  const { cursor, firstCell, endCell } = state;
  const cursorIndex = Math.max(firstCell, Math.min(endCell - 1, cursor.index));
  const isCursor = cursor.day === day && cursorIndex === index;
  const from = index * CELL_MINUTES;
  const begins = blocks.find(({ start }) => minutesOf(start) >= from && minutesOf(start) < from + CELL_MINUTES);
  const ends = blocks.some(({ end }) => minutesOf(end) > from && minutesOf(end) <= from + CELL_MINUTES);
  return (
    <td
      role="gridcell"
      class={['cell', cell, begins ? 'begins' : '', ends ? 'ends' : ''].filter(Boolean).join(' ')}
      aria-selected={cell === 'closed' ? 'false' : 'true'}
      aria-label={say(STATE_TEXT[cell], { day: long, time: clockText(tools, timeOf(from)) })}
      tabindex={isCursor ? 0 : -1}
      id={isCursor ? 'week-cursor' : undefined}
      data-day={day}
      data-cell={index}
      data-hours={begins ? hoursText(tools, begins) : undefined}
    />
  );
}

/** A block in the reader's clock: `9:00 AM – 5:00 PM`. */
export function hoursText(tools: Pick<SettingsTools, 'formats' | 'say'>, { start, end }: Hours): string {
  return `${clockText(tools, start)} – ${clockText(tools, end)}`;
}

/** A wall time in the reader's clock; the end of the day has a name. */
export function clockText({ formats, say }: Pick<SettingsTools, 'formats' | 'say'>, time: string): string {
  return time === '24:00' ? say('midnight') : /^\d\d:\d\d$/.test(time) ? formats.time(`2026-01-01T${time}:00`) : time;
}
