import { BUSY_KINDS, CONNECTABLE, type Connection, newConnectForm } from '../../flow/availability/connections.ts';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { instantIn } from '../../time/instants.ts';
import { detectZone } from '../../time/zones.ts';
import { ConnectFields } from './connect-fields.tsx';
import type { SettingsTools } from './settings-tools.ts';

const HEALTH_TEXT = { ok: 'healthActive', failing: 'healthError', disconnected: 'healthDisconnected' } as const;
export const PROVIDER_TEXT = {
  google: 'connectGoogle',
  microsoft: 'connectMicrosoft',
  caldav: 'connectCaldav',
  ics: 'connectIcs',
  simulated: 'calendars',
} as const;
const BUSY_TEXT = {
  tentative: 'busyTentative',
  unanswered: 'busyUnanswered',
  outOfOffice: 'busyOutOfOffice',
  workingElsewhere: 'busyWorkingElsewhere',
  allDay: 'busyAllDay',
} as const;

/** Outside calendars: how they do, which of them block, which one gets the bookings, and how to connect another. */
export function CalendarsSection(tools: SettingsTools) {
  const { state, say, actions } = tools;
  const { list, form, hasFailed } = state.calendars;
  return (
    <>
      <p class="help">{say('calendarsHelp')}</p>
      {hasFailed ? (
        <p class="banner warning" role="alert">
          <Icon name="warning" /> {say('connectionFailed')}
        </p>
      ) : null}
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
                onClick={() => {
                  actions.showCalendars({ form: newConnectForm(provider), hasFailed: false });
                  actions.focusOn('connect-title');
                }}
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

function ConnectionCard({ connection, ...tools }: SettingsTools & { readonly connection: Connection }) {
  const { state, say, actions, formats } = tools;
  const { id, account, provider, status, checkedAt, calendars, writeCalendarId, failureMode, treatAsBusy } = connection;
  const writable = calendars.filter((calendar) => calendar.writable);
  const read = checkedAt === null ? null : instantIn(detectZone(), Date.parse(checkedAt));
  const change = (part: Parameters<typeof actions.changeConnection>[1]) => actions.changeConnection(id, part);
  return (
    <section class="connection" aria-label={account} aria-busy={state.calendars.busyId === id}>
      <div class="connection-head">
        <div>
          <strong>{account}</strong>
          <p class="muted">{say(PROVIDER_TEXT[provider])}</p>
        </div>
        <span class={`health health-${status}`}>{say(HEALTH_TEXT[status])}</span>
      </div>
      <p class="help">
        {read === null ? say('neverRead') : say('lastRead', { time: `${formats.shortDate(read.slice(0, 10))}, ${formats.time(read)}` })}
      </p>
      <fieldset>
        <legend>{say('blocks')}</legend>
        {calendars.map((calendar) => (
          <label key={calendar.id} class="tick">
            <input
              type="checkbox"
              checked={calendar.blocks}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                change({ calendars: calendars.map((each) => ({ id: each.id, blocks: each === calendar ? checked : each.blocks })) });
              }}
            />
            {calendar.name}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('treatAsBusy')}</legend>
        {BUSY_KINDS.map((kind) => (
          <label key={kind} class="tick">
            <input
              type="checkbox"
              checked={treatAsBusy[kind]}
              onChange={(event) => change({ treatAsBusy: { [kind]: event.currentTarget.checked } })}
            />
            {say(BUSY_TEXT[kind])}
          </label>
        ))}
      </fieldset>
      <div class="pair">
        {writable.length === 0 ? null : (
          <Field id={`${id}-receives`} label={say('receives')}>
            {(control) => (
              <select
                {...control}
                value={writeCalendarId ?? ''}
                onChange={({ currentTarget: { value } }) => change({ writeCalendarId: value === '' ? null : value })}
              >
                <option value="">{say('receivesNone')}</option>
                {writable.map((calendar) => (
                  <option key={calendar.id} value={calendar.id}>
                    {calendar.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field id={`${id}-failure`} label={say('whenUnreadable')}>
          {(control) => (
            <select
              {...control}
              value={failureMode}
              onChange={(event) => change({ failureMode: event.currentTarget.value as Connection['failureMode'] })}
            >
              <option value="hide">{say('unreadableHide')}</option>
              <option value="lastKnown">{say('unreadableLastKnown')}</option>
            </select>
          )}
        </Field>
      </div>
      <div class="row">
        {state.calendars.askedId === id ? (
          <>
            <p class="help">{say('disconnectQuestion')}</p>
            <button type="button" class="secondary danger" id={`${id}-sure`} onClick={() => actions.disconnect(id)}>
              {say('disconnectNow')}
            </button>
            <button type="button" class="link" onClick={() => actions.showCalendars({ askedId: null })}>
              {say('dismiss')}
            </button>
          </>
        ) : (
          <>
            <button type="button" class="secondary" onClick={() => actions.readConnection(id)}>
              {say('readNow')}
            </button>
            <button
              type="button"
              class="link danger"
              onClick={() => {
                actions.showCalendars({ askedId: id });
                actions.focusOn(`${id}-sure`);
              }}
            >
              {say('disconnect')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
