import type { ConnectForm } from '../../flow/availability/connections.ts';
import { Field } from '../../parts/field.tsx';
import { PROVIDER_TEXT } from './calendars-section.tsx';
import type { SettingsTools } from './settings-tools.ts';

const READS_TEXT = { google: 'readsGoogle', microsoft: 'readsMicrosoft', caldav: 'readsCaldav', ics: 'readsIcs' } as const;

/** What a connection reads, in plain words and before it is made; then what it needs. */
export function ConnectFields({ form, ...tools }: SettingsTools & { readonly form: ConnectForm }) {
  const { say, actions } = tools;
  const { provider, isWriting, isBusy } = form;
  const asksElsewhere = provider === 'google' || provider === 'microsoft';
  const put = (change: Partial<ConnectForm>) => actions.showCalendars({ form: { ...form, ...change } });
  const issue = form.issues['connect-url'];
  const close = () => {
    actions.showCalendars({ form: null });
    actions.focusOn(`connect-${provider}`);
  };
  return (
    <form
      class="special-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        actions.connect(form);
      }}
    >
      <h4 id="connect-title" tabindex={-1}>
        {say(PROVIDER_TEXT[provider])}
      </h4>
      <p>{say(READS_TEXT[provider])}</p>
      {asksElsewhere ? (
        <label class="tick">
          <input type="checkbox" checked={isWriting} onChange={(event) => put({ isWriting: event.currentTarget.checked })} />
          <span>{say('writesToo')}</span>
        </label>
      ) : (
        <Field id="connect-url" label={say('address')} error={issue === undefined ? null : say(issue.say)}>
          {(control) => (
            <input
              {...control}
              type="url"
              autocomplete="off"
              spellcheck={false}
              value={form.url}
              onInput={(event) => put({ url: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      {provider === 'caldav' ? (
        <div class="pair">
          <Field id="connect-username" label={say('username')}>
            {(control) => (
              <input
                {...control}
                autocomplete="off"
                value={form.username}
                onInput={(event) => put({ username: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field id="connect-password" label={say('password')}>
            {(control) => (
              <input
                {...control}
                type="password"
                autocomplete="off"
                value={form.password}
                onInput={(event) => put({ password: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
      <div class="row">
        <button type="submit" class="primary" aria-disabled={isBusy}>
          {isBusy
            ? say('connecting')
            : asksElsewhere
              ? say('goOn', { provider: provider === 'google' ? 'Google' : 'Microsoft' })
              : say('connectNow')}
        </button>
        <button type="button" class="link" onClick={close}>
          {say('dismiss')}
        </button>
      </div>
    </form>
  );
}
