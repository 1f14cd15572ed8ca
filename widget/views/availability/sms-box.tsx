import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FieldError } from './hours-fields.tsx';
import type { SettingsTools } from './settings-tools.ts';

/** The host's own consent to text messages: a number, a box that nobody ticks but the host, and the words that are kept. */
export function SmsBox({ state, say, actions }: SettingsTools) {
  const { sms } = state;
  const errorOf = (id: string) => {
    const issue = sms.issues[id];
    return issue === undefined ? null : say(issue.say, issue.values);
  };
  const put = (change: Partial<typeof sms>) => actions.show({ sms: { ...sms, ...change, issues: {} } });
  const text = say('smsConsent');
  const tickError = errorOf('sms-tick');
  return (
    <fieldset class="group">
      <legend>{say('sms')}</legend>
      {sms.status === 'agreed' ? (
        <p class="banner" role="status">
          <Icon name="check" /> {say('smsAgreed')}
        </p>
      ) : (
        <form
          class="sms"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (sms.status === 'open') actions.agreeToSms(text);
          }}
        >
          <Field id="sms-phone" label={say('smsPhone')} help={say('smsPhoneHelp')} error={errorOf('sms-phone')}>
            {(control) => (
              <input
                {...control}
                type="tel"
                autocomplete="tel"
                value={sms.phone}
                onInput={(event) => put({ phone: event.currentTarget.value })}
              />
            )}
          </Field>
          <label class="tick consent">
            <input
              type="checkbox"
              id="sms-tick"
              checked={sms.isTicked}
              aria-invalid={tickError === null ? undefined : 'true'}
              aria-describedby={tickError === null ? undefined : 'sms-tick-error'}
              onChange={(event) => put({ isTicked: event.currentTarget.checked })}
            />
            <span>{text}</span>
          </label>
          <FieldError id="sms-tick" text={tickError} />
          <button type="submit" class="secondary" aria-disabled={sms.status === 'busy'}>
            {say(sms.status === 'busy' ? 'saving' : 'smsAgree')}
          </button>
        </form>
      )}
    </fieldset>
  );
}
