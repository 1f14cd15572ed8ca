import type { CalendarView, DayCell } from '../flow/calendar-of.ts';
import { Icon } from '../parts/icon.tsx';
import type { Tools } from './tools.ts';

/** The month as a grid of days, worked as the ARIA Authoring Practices describe a date grid: one day takes the keyboard. */
export function MonthGrid({ calendar, tools }: { readonly calendar: CalendarView; readonly tools: Tools }) {
  const { say, send } = tools;
  const { previous, next } = calendar;
  return (
    <div class="calendar" part="calendar">
      <div class="month">
        <h3 id="month" aria-live="polite">
          {calendar.title}
        </h3>
        <MonthButton icon="left" label={say('previousMonth')} month={previous} tools={tools} />
        <MonthButton icon="right" label={say('nextMonth')} month={next} tools={tools} />
      </div>
      <table role="grid" aria-labelledby="month" aria-busy={calendar.isLoading} class={calendar.isLoading ? 'days waiting' : 'days'}>
        <thead>
          <tr>
            {calendar.weekdays.map(({ short, long }) => (
              <th scope="col" abbr={long} key={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={(event) => onKey(event, tools)}>
          {calendar.weeks.map((week, index) => (
            <tr key={index}>
              {week.map((cell, place) => (cell === null ? <td key={place} /> : <Day key={cell.date} cell={cell} send={send} />))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MonthButton(props: {
  readonly icon: 'left' | 'right';
  readonly label: string;
  readonly month: string | null;
  readonly tools: Tools;
}) {
  const { icon, label, month, tools } = props;
  const prefetch = () => month !== null && tools.send({ type: 'prefetchMonth', month });
  return (
    <button
      type="button"
      class="round"
      aria-label={label}
      aria-disabled={month === null}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      onClick={() => month !== null && tools.send({ type: 'showMonth', month })}
    >
      <Icon name={icon} />
    </button>
  );
}

function Day({ cell, send }: { readonly cell: DayCell; readonly send: Tools['send'] }) {
  return (
    <td
      role="gridcell"
      aria-selected={cell.isSelected}
      aria-disabled={!cell.isFree}
      aria-current={cell.isToday ? 'date' : undefined}
      aria-label={cell.label}
      tabindex={cell.isCursor ? 0 : -1}
      data-date={cell.date}
      data-focus={cell.isCursor ? 'day' : undefined}
      class={cell.isFree ? 'day free' : 'day'}
      part={cell.isSelected ? 'day day-selected' : 'day'}
      onClick={() => send({ type: 'pickDate', date: cell.date })}
    >
      <span>{cell.number}</span>
    </td>
  );
}

/** Only keys that mean something here are taken; with a modifier they belong to the browser. */
function onKey(event: KeyboardEvent, { formats, send }: Tools): void {
  const { date } = (event.target as HTMLElement).dataset;
  const { key, shiftKey } = event;
  if (date === undefined || event.ctrlKey || event.metaKey || event.altKey || !/^(Arrow|Page|Home|End|Enter| )/.test(key)) return;
  event.preventDefault();
  send({ type: 'key', key, shiftKey, date, forward: formats.direction === 'rtl' ? -1 : 1, firstWeekday: formats.firstWeekday });
}
