import type { ConnectForm, ConsentProvider } from '../../flow/availability/connections.ts';
import type { SettingsTools } from './settings-tools.ts';

const NAMES = { google: 'Google', microsoft: 'Microsoft' } as const;
const WRITES_TEXT = { google: 'writesGoogle', microsoft: 'writesMicrosoft' } as const;

/** Whether bookings are written too, what that asks for, and the way to the provider's own page, which opens beside this one. */
export function ConsentLink({
  form: { access, consentUrl, isAway },
  provider,
  say,
  actions,
}: SettingsTools & { readonly form: ConnectForm; readonly provider: ConsentProvider }) {
  const isWriting = access !== 'busy';
  return (
    <>
      <label class="tick">
        <input
          type="checkbox"
          checked={isWriting}
          onChange={(event) => actions.askForAccess(event.currentTarget.checked ? 'writeOwnCalendar' : 'busy')}
        />
        <span>{say('writesToo')}</span>
      </label>
      {isWriting ? <p>{say(WRITES_TEXT[provider])}</p> : null}
      {consentUrl === null ? (
        <p class="quiet" role="status">
          {say('connecting')}
        </p>
      ) : (
        <a class="primary go-on" href={consentUrl} target="_blank" rel="noopener noreferrer" onClick={actions.goToConsent}>
          {say('goOn', { provider: NAMES[provider] })}
        </a>
      )}
      <p class="help" role="status">
        {say(isAway ? 'consentAway' : 'consentTab')}
      </p>
    </>
  );
}
