import { type Amount, UNIT_MINUTES, type Unit } from '../../flow/availability/amount.ts';
import { commaOf } from '../../i18n/comma-of.ts';
import { Field } from '../../parts/field.tsx';
import type { SettingsTools } from './settings-tools.ts';

const UNIT_TEXT = { minutes: 'unitMinutes', hours: 'unitHours', days: 'unitDays' } as const;

/** A whole number with what it counts beside it. */
export function NumberField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly step?: number;
  readonly tools: SettingsTools;
  readonly onChange: (value: string) => void;
}) {
  const { id, label, value, unit, step = 1, tools, onChange } = props;
  return (
    <Field id={id} label={label} error={tools.errorOf(id)}>
      {(control) => (
        <span class="with-unit">
          <input
            {...control}
            type="number"
            inputmode="numeric"
            min={0}
            step={step}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          {unit === undefined ? null : <span class="muted">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

/** A length of time: a number and its unit. */
export function AmountField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: Amount;
  readonly tools: SettingsTools;
  readonly onChange: (value: Amount) => void;
}) {
  const { id, label, value, tools, onChange } = props;
  const { say, errorOf } = tools;
  return (
    <Field id={id} label={label} error={errorOf(id)}>
      {(control) => (
        <span class="with-unit">
          <input
            {...control}
            type="number"
            inputmode="numeric"
            min={0}
            value={value.count}
            onInput={(event) => onChange({ ...value, count: event.currentTarget.value })}
          />
          <select
            class="control"
            aria-label={[label, say('unit')].join(commaOf(tools.formats.locale))}
            value={value.unit}
            onChange={(event) => onChange({ ...value, unit: event.currentTarget.value as Unit })}
          >
            {(Object.keys(UNIT_MINUTES) as Unit[]).map((unit) => (
              <option key={unit} value={unit}>
                {say(UNIT_TEXT[unit])}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}
