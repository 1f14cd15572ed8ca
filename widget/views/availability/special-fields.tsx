import type { SpecialDays } from '../../flow/availability/draft.ts';
import { dateIssues, hoursIssues, type Issues } from '../../flow/availability/find-issues.ts';
import type { SpecialForm } from '../../flow/availability/state.ts';
import { Field } from '../../parts/field.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { nextBlock } from './day-hours.tsx';
import { HoursFields } from './hours-fields.tsx';
import type { SettingsTools } from './settings-tools.ts';

/** What is different on the chosen days. They count once they are added. */
export function SpecialFields({ form, ...tools }: SettingsTools & { readonly form: SpecialForm }) {
  const { shown, say, actions } = tools;
  const { days, index, isChecked } = form;
  const issues = issuesOf(days);
  const errorOf = (id: string) => {
    const issue = isChecked ? issues[id] : undefined;
    return issue === undefined ? null : say(issue.say, issue.values);
  };
  const put = (change: Partial<SpecialDays>) => actions.show({ special: { ...form, days: { ...days, ...change } } });
  const close = () => {
    actions.show({ special: null });
    actions.focusOn('day-cursor');
  };
  const add = () => {
    const [first] = Object.keys(issues);
    if (first !== undefined) {
      actions.show({ special: { ...form, isChecked: true } });
      return actions.focusOn(first);
    }
    const others = shown.schedule.special.filter((_, each) => each !== index);
    actions.editSchedule({ special: [...others, days].toSorted((one, other) => one.from.localeCompare(other.from)) });
    close();
  };
  return (
    <form
      class="special-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <h4 id="special-title" tabindex={-1}>
        {say('thatDay')}
      </h4>
      <div class="pair">
        <Field id="special-from" label={say('firstDay')} error={errorOf('special-from')}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={days.from}
              onInput={({ currentTarget: { value } }) => put({ from: value, ...(days.to === days.from && { to: value }) })}
            />
          )}
        </Field>
        <Field id="special-to" label={say('lastDay')} error={errorOf('special-to')}>
          {(control) => <input {...control} type="date" value={days.to} onInput={(event) => put({ to: event.currentTarget.value })} />}
        </Field>
      </div>
      <div class="choice" role="radiogroup" aria-labelledby="special-title">
        {([true, false] as const).map((isOff) => (
          <label key={String(isOff)} class="tick">
            <input type="radio" name="special-kind" checked={days.isOff === isOff} onChange={() => put({ isOff })} />
            {say(isOff ? 'allDayOff' : 'ownHours')}
          </label>
        ))}
      </div>
      {days.isOff ? null : (
        <div class="day-blocks">
          <HoursFields
            id="special-hours"
            hours={days.intervals}
            tools={{ ...tools, errorOf }}
            onChange={(intervals) => put({ intervals, ...(intervals.length === 0 && { isOff: true }) })}
            startLabel={(count) => say('startOn', { day: say('ownHours'), count })}
            endLabel={(count) => say('endOn', { day: say('ownHours'), count })}
            removeLabel={(hours) => say('removeBlock', { hours })}
          />
          <button type="button" class="link with-icon" onClick={() => put({ intervals: [...days.intervals, nextBlock(days.intervals)] })}>
            <SettingsIcon name="add" /> {say('addBlock')}
          </button>
        </div>
      )}
      <Field id="special-note" label={say('privateNote')} aside={say('optional')} help={say('privateNoteHelp')}>
        {(control) => (
          <input
            {...control}
            maxlength={500}
            autocomplete="off"
            value={days.note}
            onInput={(event) => put({ note: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="row">
        <button type="submit" class="primary">
          {say(index === null ? 'addDays' : 'changeDays')}
        </button>
        <button type="button" class="link" onClick={close}>
          {say('dismiss')}
        </button>
      </div>
    </form>
  );
}

function issuesOf({ from, to, isOff, intervals }: SpecialDays): Issues {
  return { ...dateIssues('special-from', 'special-to', from, to), ...(isOff ? {} : hoursIssues('special-hours', intervals)) };
}
