import type { SpecialDays } from '../../flow/availability/draft.ts';
import { commaOf } from '../../i18n/comma-of.ts';
import { Icon } from '../../parts/icon.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import type { SettingsTools } from './settings-tools.ts';
import { SpecialFields } from './special-fields.tsx';
import { SpecialMonth } from './special-month.tsx';
import { hoursText } from './week-grid.tsx';

/** Days that are not like every week: chosen on a calendar, told in a form, listed below. */
export function SpecialSection(tools: SettingsTools) {
  const { state, shown, say } = tools;
  const { special } = shown.schedule;
  return (
    <>
      <p class="help">{say('daysHelp')}</p>
      <div class="special">
        <SpecialMonth {...tools} />
        {state.special === null ? null : <SpecialFields form={state.special} {...tools} />}
      </div>
      {special.length === 0 ? (
        <p class="quiet">{say('noDays')}</p>
      ) : (
        <ul class="entries" aria-label={say('daysList')}>
          {special.map((days, index) => (
            <Entry key={`${days.from} ${index}`} days={days} index={index} {...tools} />
          ))}
        </ul>
      )}
    </>
  );
}

function Entry({ days, index, ...tools }: SettingsTools & { readonly days: SpecialDays; readonly index: number }) {
  const { shown, say, actions, errorOf } = tools;
  const dates = datesText(tools, days);
  const id = `special-${index}`;
  const error = errorOf(id);
  return (
    <li class="entry">
      <div>
        <strong>{dates}</strong>
        <p class="muted">
          {days.isOff ? say('closed') : days.intervals.map((hours) => hoursText(tools, hours)).join(commaOf(tools.formats.locale))}
        </p>
        {days.note === '' ? null : <p class="note">{days.note}</p>}
        {error === null ? null : (
          <p class="error" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
      <button
        type="button"
        class="round"
        id={id}
        aria-label={say('editDays', { dates })}
        aria-describedby={error === null ? undefined : `${id}-error`}
        onClick={() => {
          actions.show({ special: { index, days, isChecked: false }, month: days.from.slice(0, 7), dayCursor: days.from });
          actions.focusOn('special-title');
        }}
      >
        <SettingsIcon name="edit" />
      </button>
      <button
        type="button"
        class="round"
        aria-label={say('removeDays', { dates })}
        onClick={() => {
          actions.show({ special: null });
          actions.editSchedule({ special: shown.schedule.special.filter((_, each) => each !== index) });
          actions.focusOn('section-title');
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** The dates of an entry as people write them. */
export function datesText({ formats, say }: Pick<SettingsTools, 'formats' | 'say'>, { from, to }: { from: string; to: string }): string {
  return from === to ? formats.longDate(from) : say('dateRange', { from: formats.shortDate(from), to: formats.shortDate(to) });
}
