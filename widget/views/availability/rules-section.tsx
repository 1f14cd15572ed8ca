import { Field } from '../../parts/field.tsx';
import { LengthsField } from './lengths-field.tsx';
import { AmountField, NumberField } from './number-field.tsx';
import type { SettingsTools } from './settings-tools.ts';

const INTERVALS = [5, 10, 15, 20, 30, 45, 60, 90, 120];
const WINDOW_TEXT = { rolling: 'windowRolling', range: 'windowRange', unlimited: 'windowUnlimited' } as const;
const CONFIRMATION_TEXT = { instant: 'confirmInstant', request: 'confirmRequest' } as const;
const LIMITS = ['maxPerDay', 'maxPerWeek', 'maxPerMonth', 'maxMinutesPerDay'] as const;

/** How an event type may be booked. */
export function RulesSection(tools: SettingsTools) {
  const { state, shown, say, actions } = tools;
  const { rules } = shown;
  const put = actions.editRules;
  const minutes = say('unitMinutes');
  return (
    <>
      <LengthsField {...tools} />
      <div class="pair">
        <Field id="slotIntervalMinutes" label={say('interval')} error={tools.errorOf('slotIntervalMinutes')}>
          {(control) => (
            <select
              {...control}
              value={String(rules.slotIntervalMinutes ?? '')}
              onChange={({ currentTarget: { value } }) => put({ slotIntervalMinutes: value === '' ? null : Number(value) })}
            >
              <option value="">{say('intervalSame')}</option>
              {[...new Set([...INTERVALS, ...(rules.slotIntervalMinutes === null ? [] : [rules.slotIntervalMinutes])])]
                .toSorted((one, other) => one - other)
                .map((count) => (
                  <option key={count} value={String(count)}>
                    {say('minutes', { count })}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <AmountField
          id="minimumNoticeMinutes"
          label={say('minimumNotice')}
          value={rules.minimumNotice}
          tools={tools}
          onChange={(minimumNotice) => put({ minimumNotice })}
        />
        {(['bufferBeforeMinutes', 'bufferAfterMinutes'] as const).map((name) => (
          <NumberField
            key={name}
            id={name}
            label={say(name === 'bufferBeforeMinutes' ? 'bufferBefore' : 'bufferAfter')}
            value={rules[name]}
            unit={minutes}
            step={5}
            tools={tools}
            onChange={(value) => put({ [name]: value })}
          />
        ))}
      </div>
      <p class="help">{say('buffersHelp')}</p>
      <WindowFields {...tools} />
      <fieldset class="group">
        <legend>{say('caps')}</legend>
        <p class="help">{say('capsHelp')}</p>
        <div class="pair">
          {LIMITS.map((name) => (
            <NumberField
              key={name}
              id={name}
              label={say(name)}
              value={rules[name]}
              tools={tools}
              onChange={(value) => put({ [name]: value })}
            />
          ))}
          <NumberField
            id="maxMeetingsPerDay"
            label={say('maxMeetingsPerDay')}
            value={state.draft?.maxMeetingsPerDay ?? ''}
            tools={tools}
            onChange={actions.editHost}
          />
          <NumberField
            id="guestLimit"
            label={say('guestLimit')}
            value={rules.guestLimit}
            tools={tools}
            onChange={(guestLimit) => put({ guestLimit })}
          />
        </div>
      </fieldset>
      <fieldset class="group">
        <legend>{say('confirmation')}</legend>
        {(['instant', 'request'] as const).map((confirmation) => (
          <label key={confirmation} class="tick">
            <input type="radio" name="confirmation" checked={rules.confirmation === confirmation} onChange={() => put({ confirmation })} />
            {say(CONFIRMATION_TEXT[confirmation])}
          </label>
        ))}
      </fieldset>
    </>
  );
}

function WindowFields(tools: SettingsTools) {
  const { shown, say, actions, errorOf } = tools;
  const { rules } = shown;
  const put = actions.editRules;
  return (
    <fieldset class="group">
      <legend>{say('bookingWindow')}</legend>
      {(['rolling', 'range', 'unlimited'] as const).map((windowType) => (
        <div key={windowType}>
          <label class="tick">
            <input type="radio" name="window" checked={rules.windowType === windowType} onChange={() => put({ windowType })} />
            {say(WINDOW_TEXT[windowType])}
          </label>
          {windowType === 'rolling' && rules.windowType === 'rolling' ? (
            <div class="under">
              <NumberField
                id="windowDays"
                label={say('windowDays')}
                value={rules.windowDays}
                tools={tools}
                onChange={(windowDays) => put({ windowDays })}
              />
              <label class="tick">
                <input
                  type="checkbox"
                  checked={rules.businessDaysOnly}
                  onChange={(event) => put({ businessDaysOnly: event.currentTarget.checked })}
                />
                {say('businessDays')}
              </label>
            </div>
          ) : null}
          {windowType === 'range' && rules.windowType === 'range' ? (
            <div class="under pair">
              {(['windowFrom', 'windowTo'] as const).map((name) => (
                <Field key={name} id={name} label={say(name === 'windowFrom' ? 'firstDay' : 'lastDay')} error={errorOf(name)}>
                  {(control) => (
                    <input {...control} type="date" value={rules[name]} onInput={(event) => put({ [name]: event.currentTarget.value })} />
                  )}
                </Field>
              ))}
            </div>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
