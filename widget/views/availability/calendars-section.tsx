import { CONNECTABLE } from '../../flow/availability/connections.ts';
import { Icon } from '../../parts/icon.tsx';
import { ConnectFields } from './connect-fields.tsx';
import { ConnectionCard, PROVIDER_TEXT } from './connection-card.tsx';
import type { SettingsTools } from './settings-tools.ts';

/** Outside calendars: how they do, which of them block, which one gets the bookings, and how to connect another. */
export function CalendarsSection(tools: SettingsTools) {
  const { state, say, actions } = tools;
  const { list, form, trouble } = state.calendars;
  return (
    <>
      <p class="help">{say('calendarsHelp')}</p>
      {trouble === null ? null : (
        <p class="banner warning" role="alert">
          <Icon name="warning" /> {say(trouble.say, trouble.values)}
        </p>
      )}
      {list.length === 0 ? <p class="quiet">{say('noCalendars')}</p> : null}
      {list.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} {...tools} />
      ))}
      <fieldset class="group">
        <legend>{say('connect')}</legend>
        {form === null ? (
          <div class="providers">
            {CONNECTABLE.map((provider) => (
              <button
                key={provider}
                type="button"
                class="secondary"
                id={`connect-${provider}`}
                onClick={() => actions.openConnect(provider)}
              >
                {say(PROVIDER_TEXT[provider])}
              </button>
            ))}
          </div>
        ) : (
          <ConnectFields form={form} {...tools} />
        )}
      </fieldset>
    </>
  );
}
