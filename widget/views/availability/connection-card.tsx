import type { Connection } from '../../../shared/contract/connection.ts';
import { BUSY_KINDS, hasConsentPage, tellsKinds } from '../../flow/availability/connections.ts';
import { commaOf } from '../../i18n/comma-of.ts';
import { Field } from '../../parts/field.tsx';
import { instantIn } from '../../time/instants.ts';
import { detectZone } from '../../time/zones.ts';
import { ReceivesField } from './receives-field.tsx';
import type { SettingsTools } from './settings-tools.ts';

const HEALTH_TEXT = { ok: 'healthActive', failing: 'healthError', disconnected: 'healthDisconnected' } as const;
/** What each kind of calendar is called. */
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

/** One connected account. */
export function ConnectionCard({ connection, ...tools }: SettingsTools & { readonly connection: Connection }) {
  const { state, say, actions, formats } = tools;
  const { id, account, provider, access, status, detail, checkedAt, calendars, failureMode } = connection;
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
      {status === 'ok' || detail === null ? null : <p class="why">{detail}</p>}
      {status === 'disconnected' && provider !== 'ics' && provider !== 'simulated' ? (
        <button type="button" class="secondary" id={`${id}-again`} onClick={() => actions.openConnect(provider, access)}>
          {say('connectAgain')}
        </button>
      ) : null}
      <p class="help">
        {read === null
          ? say('neverRead')
          : say('lastRead', { time: [formats.shortDate(read.slice(0, 10)), formats.time(read)].join(commaOf(formats.locale)) })}
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
                change({ calendars: [{ id: calendar.id, blocks: checked }] });
              }}
            />
            {calendar.name}
          </label>
        ))}
      </fieldset>
      {tellsKinds(connection) ? <KindsField connection={connection} {...tools} /> : <p class="help">{say('googleKinds')}</p>}
      <div class="pair">
        <ReceivesField connection={connection} {...tools} />
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
            {access === 'busy' && hasConsentPage(provider) ? (
              <button type="button" class="secondary" id={`${id}-write`} onClick={() => actions.openConnect(provider, 'writeOwnCalendar')}>
                {say('letWrite')}
              </button>
            ) : null}
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

function KindsField({ connection: { id, treatAsBusy }, say, actions }: SettingsTools & { readonly connection: Connection }) {
  return (
    <fieldset>
      <legend>{say('treatAsBusy')}</legend>
      {BUSY_KINDS.map((kind) => (
        <label key={kind} class="tick">
          <input
            type="checkbox"
            checked={treatAsBusy[kind]}
            onChange={(event) => actions.changeConnection(id, { treatAsBusy: { [kind]: event.currentTarget.checked } })}
          />
          {say(BUSY_TEXT[kind])}
        </label>
      ))}
    </fieldset>
  );
}
