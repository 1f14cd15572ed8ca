import type { Failure } from '../../api/result.ts';
import { SECTIONS, type SectionName } from '../../flow/availability/state.ts';
import { sectionOf } from '../../flow/availability/section-of.ts';
import { Icon } from '../../parts/icon.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { CalendarsSection } from './calendars-section.tsx';
import { textOf } from './failure-text.ts';
import { MessagesSection } from './messages-section.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { RulesSection } from './rules-section.tsx';
import { SaveBar } from './save-bar.tsx';
import type { SayAvailability, SettingsTools } from './settings-tools.ts';
import { SpecialSection } from './special-section.tsx';
import { TravelSection } from './travel-section.tsx';
import { WeekSection } from './week-section.tsx';

/** The settings of a host: a list of sections, the one chosen, what a client will see, and the bar that saves. */
export function AvailabilityView(tools: SettingsTools) {
  const { state, say, formats } = tools;
  return (
    <div class="card settings" part="card" dir={formats.direction}>
      <header class="settings-head">
        <h2>{say('title')}</h2>
        <EventTypePicker {...tools} />
      </header>
      <div class="settings-body">
        <SectionList {...tools} />
        <section class="settings-main" part="section" aria-labelledby="section-title">
          <h3 id="section-title" tabindex={-1}>
            {say(state.section)}
          </h3>
          <Section {...tools} />
        </section>
        <PreviewPanel {...tools} />
      </div>
      <SaveBar {...tools} />
      <p class="hidden" role="status">
        {state.said}
      </p>
    </div>
  );
}

function Section(tools: SettingsTools) {
  switch (tools.state.section) {
    case 'week':
      return <WeekSection {...tools} />;
    case 'days':
      return <SpecialSection {...tools} />;
    case 'travel':
      return <TravelSection {...tools} />;
    case 'rules':
      return <RulesSection {...tools} />;
    case 'messages':
      return <MessagesSection {...tools} />;
    default:
      return <CalendarsSection {...tools} />;
  }
}

function SectionList({ state, say, actions }: SettingsTools) {
  const wrong = new Set(Object.keys(state.refused).map(sectionOf));
  return (
    <nav class="section-list" aria-label={say('sections')}>
      <ul>
        {SECTIONS.filter((name) => name !== 'calendars' || state.calendars.status === 'ready').map((name: SectionName) => (
          <li key={name}>
            <button
              type="button"
              aria-current={state.section === name ? 'page' : undefined}
              onClick={() => actions.show({ section: name, openZone: null })}
            >
              <SettingsIcon name={name} />
              <span>{say(name)}</span>
              {wrong.has(name) ? <Icon name="warning" /> : null}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function EventTypePicker({ state, say, actions }: SettingsTools) {
  const eventTypes = state.settings?.eventTypes ?? [];
  const [only] = eventTypes;
  if (eventTypes.length === 1) return <p class="muted">{only?.title}</p>;
  return (
    <div class="event-type">
      <label for="event-type">{say('settingsOf')}</label>
      <select
        id="event-type"
        class="control"
        value={state.eventTypeId}
        onChange={(event) => actions.chooseEventType(event.currentTarget.value)}
      >
        {eventTypes.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What stands there before the settings are known, or instead of them. */
export function NoSettings(props: {
  readonly failure: Failure | null;
  readonly isEmpty: boolean;
  readonly say: SayAvailability;
  readonly retry: () => void;
}) {
  const { failure, isEmpty, say, retry } = props;
  return (
    <div class="card settings" part="card">
      <div class="settings-none">
        {failure === null && !isEmpty ? (
          <>
            <p role="status">{say('loading')}</p>
            <div class="line" />
            <div class="line short" />
            <div class="line" />
          </>
        ) : (
          <div class="banner warning" role="alert">
            <Icon name="warning" />
            <div>
              <p>{say(failure === null ? 'nothingYet' : textOf(failure.code))}</p>
              {failure !== null && textOf(failure.code) !== 'onlyHost' ? (
                <button type="button" class="secondary" onClick={retry}>
                  {say('tryAgain')}
                </button>
              ) : null}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}
