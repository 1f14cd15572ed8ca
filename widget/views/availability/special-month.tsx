import type { SpecialDays } from '../../flow/availability/draft.ts';
import { keyTarget } from '../../flow/key-target.ts';
import { WEEKDAYS } from '../../flow/availability/week.ts';
import { Icon } from '../../parts/icon.tsx';
import { addMonths, weekdayOf, weeksOf } from '../../time/local-date.ts';
import { dateIn } from '../../time/zones.ts';
import type { SettingsTools } from './settings-tools.ts';
import { WeekdayHead } from './weekday-head.tsx';

/** The month on which special days are chosen: one click or key for the first day, another for the last. */
export function SpecialMonth(tools: SettingsTools) {
  const { state, say, formats, actions, nowMs, shown } = tools;
  const { month } = state;
  const today = dateIn(shown.schedule.timeZone, nowMs);
  return (
    <div class="special-month">
      <div class="month">
        <h4 id="special-month" aria-live="polite">
          {formats.month(month)}
        </h4>
        {(['left', 'right'] as const).map((icon) => (
          <button
            key={icon}
            type="button"
            class="round"
            aria-label={say(icon === 'left' ? 'previousMonth' : 'nextMonth')}
            onClick={() => {
              const next = addMonths(month, icon === 'left' ? -1 : 1);
              actions.show({ month: next, dayCursor: `${next}-01` });
            }}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      <table role="grid" class="days" aria-label={say('specialGrid', { month: formats.month(month) })} aria-multiselectable="true">
        <WeekdayHead formats={formats} />
        <tbody onKeyDown={(event) => onKey(event, tools)}>
          {weeksOf(month, formats.firstWeekday).map((week, index) => (
            <tr key={index}>
              {week.map((date, place) =>
                date === null ? <td key={place} /> : <Day key={date} date={date} isToday={date === today} {...tools} />,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({ date, isToday, ...tools }: SettingsTools & { readonly date: string; readonly isToday: boolean }) {
  const { state, shown, say, formats } = tools;
  const { special } = state;
  const entry = shown.schedule.special.findLast(({ from, to }) => date >= from && date <= to);
  const isChosen = special !== null && date >= special.days.from && date <= (special.days.to || special.days.from);
  const weekday = WEEKDAYS[weekdayOf(date) - 1] ?? 'monday';
  const isWeekly = shown.schedule.week[weekday].length > 0;
  const text = entry === undefined ? (isWeekly ? 'dayWeekly' : 'dayWeeklyClosed') : entry.isOff ? 'dayOff' : 'daySpecial';
  const look = entry === undefined ? (isWeekly ? 'weekly' : 'weekly-closed') : entry.isOff ? 'off' : 'own';
  const isCursor = state.dayCursor === date;
  return (
    <td
      role="gridcell"
      class={`special-day ${look}`}
      aria-selected={isChosen}
      aria-current={isToday ? 'date' : undefined}
      aria-label={say(text, { date: formats.longDate(date) })}
      tabindex={isCursor ? 0 : -1}
      id={isCursor ? 'day-cursor' : undefined}
      data-date={date}
      onClick={(event) => choose(tools, date, event.shiftKey)}
    >
      <span>{formats.dayNumber(date)}</span>
    </td>
  );
}

/** The first choice opens the form; one after it makes a range, and one after that begins anew. */
function choose({ state, shown, actions }: SettingsTools, date: string, isShift: boolean): void {
  const { special } = state;
  const index = shown.schedule.special.findLastIndex(({ from, to }) => date >= from && date <= to);
  const known = shown.schedule.special[index];
  if (special !== null && (isShift || (special.days.from === special.days.to && date > special.days.from))) {
    const [from, to] = date < special.days.from ? [date, special.days.from] : [special.days.from, date];
    return actions.show({ dayCursor: date, special: { ...special, days: { ...special.days, from, to } } });
  }
  const days = special === null || special.index !== null ? (known ?? newDays(date)) : { ...special.days, from: date, to: date };
  const isKnown = known !== undefined && days === known;
  actions.show({ dayCursor: date, special: { index: isKnown ? index : null, days, isChecked: false } });
}

/** A day off, until something else is said. */
function newDays(date: string): SpecialDays {
  return { from: date, to: date, isOff: true, intervals: [{ start: '09:00', end: '12:00' }], note: '' };
}

function onKey(event: KeyboardEvent, tools: SettingsTools): void {
  const { date } = (event.target as HTMLElement).dataset;
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const { formats, actions, state } = tools;
  if (date === undefined || ctrlKey || metaKey || altKey) return;
  if (key === 'Enter' || key === ' ') choose(tools, date, shiftKey);
  else {
    const isStep = key.startsWith('Arrow');
    const target = keyTarget({ key, shiftKey: shiftKey && !isStep }, date, formats.direction === 'rtl' ? -1 : 1, formats.firstWeekday);
    if (target === null) return;
    actions.show({ dayCursor: target, month: target.slice(0, 7) });
    if (shiftKey && isStep && state.special !== null) choose({ ...tools, state: { ...state, dayCursor: target } }, target, true);
    actions.focusOn('day-cursor');
  }
  event.preventDefault();
}
