import type { Booking } from '../../shared/contract/booking.ts';
import type { LocationType } from '../../shared/contract/common.ts';
import type { Location } from '../../shared/contract/event-type.ts';
import type { RecordedIncident } from '../../shared/contract/incident.ts';
import type { ParleyScheduler } from '../elements/parley-scheduler.tsx';
import type { enTrouble } from '../i18n/en-trouble.ts';
import type { SayOf, TextKey } from '../i18n/say.ts';
import { Markdown } from '../parts/markdown.tsx';

export interface TroubleState {
  readonly status: 'ready' | 'busy' | 'failed';
  readonly recorded: RecordedIncident | null;
  /** The meeting it is about; null when there is none to move. */
  readonly booking: Booking | null;
  readonly place: 'open' | 'busy' | 'refused' | 'taken';
  readonly kind: LocationType | null;
  readonly isMoving: boolean;
}

export interface TroubleActions {
  readonly report: (kind: RecordedIncident['kind']) => void;
  readonly choosePlace: (kind: LocationType) => void;
  readonly meetAt: (location: Location) => void;
  readonly pickNewTime: () => void;
  /** Called with the scheduler that moves the meeting, when it is drawn, and with null when it goes. */
  readonly prepareMove: (element: ParleyScheduler | null) => void;
}

interface Props {
  readonly state: TroubleState;
  readonly say: SayOf<TextKey | keyof typeof enTrouble>;
  readonly actions: TroubleActions;
  /** The fallback text that stands on the page with its notice. */
  readonly fallback: string | null;
}

/** Report that the call does not work, or that one was asked to leave; then what the terms allow, the places they open, and a new time in one tap. */
export function CallTrouble(props: Props) {
  const { state, say, actions } = props;
  const { status, recorded } = state;
  return (
    <div class="trouble" part="trouble">
      <div class="trouble-row">
        <button type="button" class="secondary" aria-disabled={status === 'busy'} onClick={() => actions.report('callTrouble')}>
          {say('troubleReport')}
        </button>
        <button type="button" class="link" aria-disabled={status === 'busy'} onClick={() => actions.report('offPlatformRequest')}>
          {say('leaveReport')}
        </button>
      </div>
      <div role="status">
        {status === 'failed' ? <p class="error">{say('troubleFailed')}</p> : null}
        {recorded === null ? null : <p>{say(recorded.kind === 'callTrouble' ? 'troubleNoted' : 'leaveNoted')}</p>}
      </div>
      {recorded?.kind === 'callTrouble' ? <WhatNow {...props} recorded={recorded} /> : null}
    </div>
  );
}

function WhatNow(props: Props & { readonly recorded: RecordedIncident }) {
  const { state, say, actions, recorded, fallback } = props;
  const { booking } = state;
  return (
    <>
      {recorded.fallback === null || recorded.fallback === fallback ? null : <Markdown text={recorded.fallback} />}
      {booking === null ? null : (
        <>
          {recorded.fallbackLocations.length === 0 ? <p>{say('noPlacesOpen')}</p> : <Places {...props} />}
          {state.isMoving ? (
            <parley-scheduler ref={actions.prepareMove} event-type={booking.eventTypeId} />
          ) : (
            <button type="button" class="secondary" onClick={actions.pickNewTime}>
              {say('pickNewTime')}
            </button>
          )}
        </>
      )}
    </>
  );
}

const KIND_TEXT = { room: 'locationRoom', link: 'locationLink', phone: 'locationPhone', inPerson: 'locationInPerson' } as const;
const CALL_NAMES = { googleMeet: 'Google Meet', teams: 'Microsoft Teams' } as const;
const VALUE_TEXT = { link: 'placeLink', phone: 'placePhone', inPerson: 'placeInPerson' } as const;
const KEYBOARD = { link: 'url', phone: 'tel', inPerson: 'text' } as const;

function Places({ state, say, actions, recorded }: Props & { readonly recorded: RecordedIncident }) {
  const [first] = recorded.fallbackLocations;
  const kind = state.kind ?? first;
  if (kind === undefined) return null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get('place');
    actions.meetAt(locationOf(kind, typeof value === 'string' ? value.trim() : ''));
  };
  return (
    <form class="places" onSubmit={submit}>
      <p>{say('placesOpen')}</p>
      <div class="field">
        <label for="place-kind">{say('placeKind')}</label>
        <select
          id="place-kind"
          class="control"
          value={kind}
          onChange={(event) => actions.choosePlace(event.currentTarget.value as LocationType)}
        >
          {recorded.fallbackLocations.map((type) => (
            <option key={type} value={type}>
              {type === 'googleMeet' || type === 'teams' ? CALL_NAMES[type] : say(KIND_TEXT[type])}
            </option>
          ))}
        </select>
      </div>
      {kind === 'room' || kind === 'googleMeet' || kind === 'teams' ? null : (
        <div class="field">
          <label for="place">{say(VALUE_TEXT[kind])}</label>
          <input id="place" name="place" class="control" type="text" inputmode={KEYBOARD[kind]} required maxlength={500} />
        </div>
      )}
      <button type="submit" class="secondary" aria-disabled={state.place === 'busy'}>
        {say('placeUse')}
      </button>
      <div role="status">
        {state.place === 'taken' ? <p>{say('placeDone')}</p> : null}
        {state.place === 'refused' ? <p class="error">{say('placeRefused')}</p> : null}
      </div>
    </form>
  );
}

function locationOf(kind: LocationType, value: string): Location {
  switch (kind) {
    case 'room':
    case 'googleMeet':
    case 'teams':
      return { type: kind };
    case 'link':
      return { type: 'link', url: value };
    case 'phone':
      return { type: 'phone', number: value };
    case 'inPerson':
      return { type: 'inPerson', address: value };
    default:
      return kind satisfies never;
  }
}
