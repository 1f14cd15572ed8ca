import type { ConnectForm } from '../../flow/availability/connections.ts';
import { Field } from '../../parts/field.tsx';
import { ConsentLink } from './consent-link.tsx';
import { PROVIDER_TEXT } from './connection-card.tsx';
import type { SettingsTools } from './settings-tools.ts';

const READS_TEXT = { google: 'readsGoogle', microsoft: 'readsMicrosoft', caldav: 'readsCaldav', ics: 'readsIcs' } as const;

/** What a connection reads, in plain words and before it is made; then what it needs. */
export function ConnectFields({ form, ...tools }: SettingsTools & { readonly form: ConnectForm }) {
  const { say, actions } = tools;
  const { provider, isBusy } = form;
  const asksElsewhere = provider === 'google' || provider === 'microsoft';
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
      {asksElsewhere ? <ConsentLink form={form} provider={provider} {...tools} /> : <TypedFields form={form} {...tools} />}
      <div class="row">
        {asksElsewhere ? null : (
          <button type="submit" class="primary" aria-disabled={isBusy}>
            {say(isBusy ? 'connecting' : 'connectNow')}
          </button>
        )}
        <button type="button" class="link" onClick={actions.closeConnect}>
          {say('dismiss')}
        </button>
      </div>
    </form>
  );
}

function TypedFields({ form, say, actions }: SettingsTools & { readonly form: ConnectForm }) {
  const put = (change: Partial<ConnectForm>) => actions.showCalendars({ form: { ...form, ...change } });
  const errorOf = (id: string) => {
    const issue = form.issues[id];
    return issue === undefined ? null : say(issue.say, issue.values);
  };
  return (
    <>
      <Field id="connect-url" label={say('address')} error={errorOf('connect-url')}>
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
      {form.provider === 'caldav' ? (
        <div class="pair">
          <Field id="connect-username" label={say('username')} error={errorOf('connect-username')}>
            {(control) => (
              <input
                {...control}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                value={form.username}
                onInput={(event) => put({ username: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field id="connect-password" label={say('password')} error={errorOf('connect-password')}>
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
    </>
  );
}
