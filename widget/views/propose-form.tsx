import type { SlotDay } from '../../shared/contract/slots.ts';
import { makeIdempotencyKey } from '../api/package/make-idempotency-key.ts';
import { meetingsFailureText } from '../flow/meetings-failure.ts';
import { MOST_PROPOSED, PROPOSE, type ProposeState } from '../flow/meetings-state.ts';
import { DAYS_SHOWN, openOffer } from '../flow/propose-transition.ts';
import { Icon } from '../parts/icon.tsx';
import { addDays } from '../time/local-date.ts';
import { EntryProblem } from './meeting-entry.tsx';
import { MeetingTerms } from './meeting-terms.tsx';
import { momentOf, otherOfOffer, theirMomentOf } from './meeting-words.ts';
import type { MeetingsTools } from './meetings-tools.ts';

interface Props {
  readonly propose: ProposeState;
  readonly tools: MeetingsTools;
}

/** How long an offer may wait, in days. */
const EXPIRIES = [1, 2, 3, 7];

/** Picks up to ten free times and offers them. */
export function ProposeForm({ propose, tools }: Props) {
  const { state, say, send } = tools;
  const { eventTypeId, chosen } = propose;
  const { name } = otherOfOffer({ eventTypeId }, tools);
  const isBusy = state.busy === PROPOSE;
  const replaces = openOffer(state.proposals, eventTypeId, state.role) !== undefined;
  return (
    <div class="propose" part="propose">
      <button type="button" class="link back" onClick={() => send({ type: 'closePropose' })}>
        <Icon name="left" /> {say('back')}
      </button>
      <div>
        <h3 tabindex={-1} data-focus="form">
          {say('proposeTitle')}
        </h3>
        <p class="muted">
          {say('proposeHelp', { name })} {replaces ? say('proposeReplaces') : ''}
        </p>
      </div>
      <Choices propose={propose} tools={tools} />
      <Times propose={propose} tools={tools} />
      <Chosen propose={propose} tools={tools} />
      {propose.needsOne ? (
        <p class="error" role="alert">
          {say('proposeNeedsOne')}
        </p>
      ) : null}
      <EntryProblem id={PROPOSE} tools={tools} />
      {state.terms?.action.id === PROPOSE ? (
        <MeetingTerms terms={state.terms} tools={tools} />
      ) : (
        <button
          type="button"
          class="primary"
          part="submit"
          aria-disabled={state.busy !== null}
          onClick={() => send({ type: 'sendPropose', freshKey: makeIdempotencyKey() })}
        >
          {isBusy ? say('sendingNow') : say('proposeSend', { count: chosen.length })}
        </button>
      )}
    </div>
  );
}

function Choices({ propose, tools }: Props) {
  const { state, say, send, offered } = tools;
  const durations = state.eventTypes[propose.eventTypeId]?.durationsMinutes ?? [];
  return (
    <div class="choices">
      {offered.length < 2 ? null : (
        <div class="field">
          <label for="propose-type">{say('proposeWhich')}</label>
          <select
            id="propose-type"
            class="control"
            value={propose.eventTypeId}
            onChange={(event) => send({ type: 'pickEventType', eventTypeId: event.currentTarget.value })}
          >
            {offered.map((id) => (
              <option key={id} value={id}>
                {state.eventTypes[id]?.title ?? id}
              </option>
            ))}
          </select>
        </div>
      )}
      {durations.length < 2 ? null : (
        <div class="field">
          <label for="propose-duration">{say('proposeDuration')}</label>
          <select
            id="propose-duration"
            class="control"
            value={propose.durationMinutes ?? durations[0]}
            onChange={(event) => send({ type: 'pickDuration', minutes: Number(event.currentTarget.value) })}
          >
            {durations.map((minutes) => (
              <option key={minutes} value={minutes}>
                {say('minutes', { count: minutes })}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="field">
        <label for="propose-expires">{say('proposeExpires')}</label>
        <select
          id="propose-expires"
          class="control"
          value={propose.expiresDays}
          onChange={(event) => send({ type: 'pickExpiry', days: Number(event.currentTarget.value) })}
        >
          {EXPIRIES.map((days) => (
            <option key={days} value={days}>
              {say('proposeDays', { count: days })}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

function Times({ propose, tools }: Props) {
  const { say, formats, send, otherName } = tools;
  const { from, today, status, days, failure } = propose;
  const shown = say('proposeWeek', { from: formats.shortDate(from), to: formats.shortDate(addDays(from, DAYS_SHOWN - 1)) });
  const isFirst = from <= today;
  return (
    <section class="times-box" aria-labelledby="propose-week">
      <div class="week">
        <button
          type="button"
          class="round"
          aria-label={say('proposeEarlier')}
          aria-disabled={isFirst}
          onClick={() => !isFirst && send({ type: 'showFrom', from: addDays(from, -DAYS_SHOWN) })}
        >
          <Icon name="left" />
        </button>
        <h4 id="propose-week" aria-live="polite" tabindex={-1} data-focus="times">
          {shown}
        </h4>
        <button
          type="button"
          class="round"
          aria-label={say('proposeLater')}
          onClick={() => send({ type: 'showFrom', from: addDays(from, DAYS_SHOWN) })}
        >
          <Icon name="right" />
        </button>
      </div>
      {status === 'loading' ? (
        <p class="muted" role="status">
          {say('proposeLoading')}
        </p>
      ) : status === 'failed' && failure !== null ? (
        <div class="banner warning" role="alert">
          <Icon name="warning" />
          <div>
            <p>{say(meetingsFailureText(failure.code), { name: otherName })}</p>
            <button type="button" class="secondary" onClick={() => send({ type: 'showFrom', from })}>
              {say('tryAgain')}
            </button>
          </div>
        </div>
      ) : days.length === 0 ? (
        <p class="muted" role="status">
          {say('proposeNone')}
        </p>
      ) : (
        days.map((day) => <Day key={day.date} day={day} propose={propose} tools={tools} />)
      )}
    </section>
  );
}

function Day({ day, propose, tools }: Props & { readonly day: SlotDay }) {
  const { formats, send } = tools;
  const { chosen } = propose;
  const id = `day-${day.date}`;
  return (
    <div class="day-times" role="group" aria-labelledby={id}>
      <h5 id={id}>{formats.longDate(day.date)}</h5>
      <ul>
        {day.slots.map(({ start }) => {
          const isChosen = chosen.includes(start);
          return (
            <li key={start}>
              <button
                type="button"
                class="toggle"
                aria-pressed={isChosen}
                aria-disabled={!isChosen && chosen.length >= MOST_PROPOSED}
                data-start={start}
                onClick={() => send({ type: 'toggleTime', start })}
              >
                {formats.time(start)}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Chosen({ propose, tools }: Props) {
  const { say, send } = tools;
  const { chosen, eventTypeId } = propose;
  const other = otherOfOffer({ eventTypeId }, tools);
  return (
    <section class="chosen" aria-labelledby="propose-chosen">
      <h4 id="propose-chosen" tabindex={-1} data-focus="chosen">
        {say('proposeChosen', { count: chosen.length })}
        {chosen.length >= MOST_PROPOSED ? ` ${say('proposeLimit')}` : ''}
      </h4>
      <ul>
        {chosen.map((start) => {
          const time = momentOf(start, tools);
          const theirs = theirMomentOf(start, other.zone, tools);
          return (
            <li key={start}>
              <span>
                {time}
                {theirs === null ? null : <span class="muted"> {say('forPerson', { time: theirs, name: other.name })}</span>}
              </span>
              <button
                type="button"
                class="remove"
                aria-label={say('proposeRemove', { time })}
                onClick={() => send({ type: 'dropTime', start })}
              >
                <Icon name="close" />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
