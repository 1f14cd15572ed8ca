import { Field } from '../../parts/field.tsx';
import { FieldError } from './hours-fields.tsx';
import type { SettingsTools } from './settings-tools.ts';

const USUAL = [15, 30, 45, 60, 90];

/** The lengths a meeting may have. The first one is offered first. */
export function LengthsField(tools: SettingsTools) {
  const { state, shown, say, actions, errorOf } = tools;
  const { durationsMinutes: lengths } = shown.rules;
  const [first] = lengths;
  const error = errorOf('otherLength');
  const put = (durationsMinutes: readonly number[]) => actions.editRules({ durationsMinutes });
  const toggle = (minutes: number) => put(lengths.includes(minutes) ? lengths.filter((each) => each !== minutes) : [...lengths, minutes]);
  const other = Number(state.otherLength);
  const canAdd = Number.isInteger(other) && other >= 1 && other <= 1440;
  const add = () => {
    if (!canAdd) return;
    if (!lengths.includes(other)) toggle(other);
    actions.show({ otherLength: '' });
  };
  return (
    <fieldset class="group">
      <legend>{say('lengths')}</legend>
      <p class="help">{say('lengthsHelp')}</p>
      <div class="chips">
        {[...new Set([...USUAL, ...lengths])]
          .toSorted((one, another) => one - another)
          .map((count) => (
            <label key={count} class="chip">
              <input type="checkbox" checked={lengths.includes(count)} onChange={() => toggle(count)} />
              <span>{say('minutes', { count })}</span>
            </label>
          ))}
      </div>
      <div class="row lengths-more">
        <Field id="otherLength" label={say('otherLength')} error={null}>
          {(control) => (
            <input
              {...control}
              type="number"
              inputmode="numeric"
              min={1}
              max={1440}
              value={state.otherLength}
              aria-invalid={error === null ? undefined : 'true'}
              aria-describedby={error === null ? undefined : 'otherLength-error'}
              onInput={(event) => actions.show({ otherLength: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
          )}
        </Field>
        <button type="button" class="secondary" aria-disabled={!canAdd} onClick={add}>
          {say('addLength')}
        </button>
        {lengths.length < 2 ? null : (
          <Field id="firstLength" label={say('firstLength')}>
            {(control) => (
              <select
                {...control}
                value={String(first)}
                onChange={({ currentTarget: { value } }) => put([Number(value), ...lengths.filter((each) => each !== Number(value))])}
              >
                {lengths
                  .toSorted((one, another) => one - another)
                  .map((count) => (
                    <option key={count} value={String(count)}>
                      {say('minutes', { count })}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <FieldError id="otherLength" text={error} />
    </fieldset>
  );
}
