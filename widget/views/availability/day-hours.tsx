import type { Hours } from '../../../shared/contract/schedule.ts';
import { joinHours, minutesOf, timeOf } from '../../flow/availability/paint-hours.ts';
import { dayOrder, type Weekday } from '../../flow/availability/week.ts';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { HoursFields } from './hours-fields.tsx';
import { dayName } from './day-name.ts';
import type { SettingsTools } from './settings-tools.ts';

/** One weekday's blocks as times to type, and the way to copy them to other days. */
export function DayHours({ day, ...tools }: SettingsTools & { readonly day: Weekday }) {
  const { state, shown, say, actions, formats } = tools;
  const { week } = shown.schedule;
  const name = dayName(tools, day);
  const hours = week[day];
  const change = (blocks: readonly Hours[]) => actions.editSchedule({ week: { ...week, [day]: blocks } });
  const isCopying = state.copyFrom === day;
  return (
    <li class="day-hours">
      <span class="day-name">{name}</span>
      <div class="day-blocks">
        {hours.length === 0 ? <p class="muted day-closed">{say('closed')}</p> : null}
        <HoursFields
          id={`hours-${day}`}
          hours={hours}
          tools={tools}
          onChange={change}
          startLabel={(count) => say('startOn', { day: name, count })}
          endLabel={(count) => say('endOn', { day: name, count })}
          removeLabel={(text) => say('removeHours', { day: name, hours: text })}
        />
        {isCopying ? <CopyTo day={day} name={name} {...tools} /> : null}
      </div>
      <div class="day-tools">
        <button
          type="button"
          class="round"
          aria-label={say('addHours', { day: name })}
          onClick={() => change([...hours, nextBlock(hours)])}
        >
          <SettingsIcon name="add" />
        </button>
        <button
          type="button"
          class="round"
          id={`copy-${day}`}
          aria-label={say('copyDay', { day: name })}
          aria-expanded={isCopying}
          onClick={() => {
            actions.show({ copyFrom: isCopying ? null : day, copyTo: [] });
            if (!isCopying) actions.focusOn(`copy-${day}-to-${dayOrder(formats.firstWeekday).find((other) => other !== day) ?? ''}`);
          }}
        >
          <SettingsIcon name="copy" />
        </button>
      </div>
    </li>
  );
}

function CopyTo({ day, name, ...tools }: SettingsTools & { readonly day: Weekday; readonly name: string }) {
  const { state, shown, say, actions, formats } = tools;
  const { week } = shown.schedule;
  const toggle = (other: Weekday) =>
    actions.show({ copyTo: state.copyTo.includes(other) ? state.copyTo.filter((each) => each !== other) : [...state.copyTo, other] });
  const close = () => {
    actions.show({ copyFrom: null, copyTo: [] });
    actions.focusOn(`copy-${day}`);
  };
  const copy = () => {
    const { copyTo } = state;
    actions.editSchedule({ week: { ...week, ...Object.fromEntries(copyTo.map((other) => [other, week[day]])) } });
    actions.show({ said: say('paintedDays', { count: copyTo.length }) });
    close();
  };
  return (
    <fieldset class="copy-to">
      <legend>{say('copyTo', { day: name })}</legend>
      <div class="chips">
        {dayOrder(formats.firstWeekday)
          .filter((other) => other !== day)
          .map((other) => (
            <label key={other} class="chip">
              <input type="checkbox" id={`copy-${day}-to-${other}`} checked={state.copyTo.includes(other)} onChange={() => toggle(other)} />
              <span>{dayName(tools, other)}</span>
            </label>
          ))}
      </div>
      <div class="row">
        <button type="button" class="secondary" aria-disabled={state.copyTo.length === 0} onClick={() => state.copyTo.length > 0 && copy()}>
          {say('copy')}
        </button>
        <button type="button" class="link" onClick={close}>
          {say('dismiss')}
        </button>
      </div>
    </fieldset>
  );
}

/** A block after the last one, an hour apart and long where there is room; the usual office hours on a closed day. */
export function nextBlock(hours: readonly Hours[]): Hours {
  const last = joinHours(hours).at(-1);
  if (last === undefined) return { start: '09:00', end: '17:00' };
  const start = Math.min(minutesOf(last.end) + 60, 1380);
  return { start: timeOf(start), end: timeOf(Math.min(start + 120, 1440)) };
}
