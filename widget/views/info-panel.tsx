import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { State } from '../flow/state.ts';
import type { View } from '../flow/view-of.ts';
import type { TextKey } from '../i18n/say.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { Tools } from './tools.ts';

const PLACES: Readonly<Record<string, readonly [IconName, TextKey]>> = {
  room: ['chat', 'locationRoom'],
  link: ['video', 'locationLink'],
  phone: ['phone', 'locationPhone'],
  inPerson: ['pin', 'locationInPerson'],
};

/** Icon and words of a kind of place; Google Meet and Teams are video calls like others. */
export function placeOf(type: string): readonly [IconName, TextKey] {
  return PLACES[type] ?? PLACES.link!;
}

/** What is being booked, and with whom. */
export function InfoPanel({ view, state, tools }: { readonly view: View; readonly state: State; readonly tools: Tools }) {
  const { eventType, hostName } = view;
  const { say } = tools;
  if (eventType === null)
    return (
      <header class="info waiting">
        <h2 class="hidden">{say('loading')}</h2>
        <span class="line" />
        <span class="line short" />
      </header>
    );
  const logo = state.about?.brand?.logoUrl;
  return (
    <header class="info" part="info">
      {logo ? <img class="logo" src={logo} alt={state.about?.brand?.name ?? ''} /> : null}
      <div class="who">
        <span class="avatar" aria-hidden="true">
          {initialsOf(hostName)}
        </span>
        <span>{hostName}</span>
      </div>
      <h2>{eventType.title}</h2>
      <ul class="facts">
        <li>
          <Icon name="clock" />
          {eventType.durationsMinutes.length > 1 && state.step === 'pick' && state.purpose.kind === 'book' ? (
            <Durations eventType={eventType} chosen={state.durationMinutes} tools={tools} />
          ) : (
            say('minutes', { count: state.durationMinutes ?? eventType.durationsMinutes[0] ?? 0 })
          )}
        </li>
        {eventType.locations.map(({ type }) => (
          <li key={type}>
            <Icon name={placeOf(type)[0]} />
            {say(placeOf(type)[1])}
          </li>
        ))}
        {eventType.confirmation === 'request' ? (
          <li>
            <Icon name="info" />
            {say('needsApproval', { name: hostName })}
          </li>
        ) : null}
      </ul>
      {eventType.description === '' ? null : <p class="about">{eventType.description}</p>}
      {eventType.message ? <p class="message">{eventType.message}</p> : null}
    </header>
  );
}

function Durations(props: { readonly eventType: PublicEventType; readonly chosen: number | null; readonly tools: Tools }) {
  const { eventType, chosen, tools } = props;
  return (
    <span class="durations" role="group" aria-label={tools.say('duration')}>
      {eventType.durationsMinutes.map((minutes) => (
        <button
          type="button"
          key={minutes}
          aria-pressed={minutes === chosen}
          onClick={() => minutes !== chosen && tools.send({ type: 'pickDuration', minutes })}
        >
          {tools.say('minutes', { count: minutes })}
        </button>
      ))}
    </span>
  );
}

function initialsOf(name: string): string {
  const initials = name.match(/(?<!\S)\S/gu) ?? [];
  return `${initials[0] ?? ''}${initials[1] ? initials.at(-1) : ''}`.toUpperCase();
}
