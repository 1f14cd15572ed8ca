import type { Proposal } from '../../shared/contract/proposal.ts';
import type { MeetingsMode } from '../flow/meetings-state.ts';
import { commaOf } from '../i18n/comma-of.ts';
import { isolated } from '../i18n/isolated.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';
import { dateIn } from '../time/zones.ts';
import { ActionForm } from './action-form.tsx';
import { EntryProblem } from './meeting-entry.tsx';
import { MeetingTerms } from './meeting-terms.tsx';
import { dayAndHours, momentOf, otherOfOffer, theirMomentOf } from './meeting-words.ts';
import type { MeetingsTools } from './meetings-tools.ts';

interface Props {
  readonly offer: Proposal;
  readonly tools: MeetingsTools;
}

/** Times the other side offers: one tap books one of them. */
export function OfferEntry({ offer, tools }: Props) {
  const { state, say, send, nowMs, formats } = tools;
  const { id, starts, durationMinutes } = offer;
  const other = otherOfOffer(offer, tools);
  const title = state.eventTypes[offer.eventTypeId]?.title;
  const waits = state.terms?.action.id === id ? state.terms : null;
  return (
    <li class="entry entry-open" part="entry" data-offer={id}>
      <div class="entry-text">
        <p class="chip chip-open">{say('stateOffer', { count: starts.length })}</p>
        <h4 class={title === undefined ? 'sentence' : ''} tabindex={-1} data-focus={`entry:${id}`}>
          {title === undefined
            ? say('offerFrom', { name: other.name })
            : [isolated(title, formats), say('minutes', { count: durationMinutes })].join(commaOf(formats.locale))}
        </h4>
        {waits === null ? (
          <>
            <p class="sentence">{say('offerTo', { name: other.name })}</p>
            <ul class="picks" aria-label={title}>
              {starts.map((start) => {
                const theirs = theirMomentOf(start, other.zone, tools);
                const [day, hours] = dayAndHours({ start, end: endOf(start, durationMinutes) }, tools);
                const isOver = Date.parse(start) <= nowMs;
                return (
                  <li key={start}>
                    <button
                      type="button"
                      class="pick"
                      aria-disabled={isOver || state.busy === id}
                      onClick={() => !isOver && send({ type: 'act', action: { kind: 'accept', id, start } })}
                    >
                      <span class="day">{day}</span>
                      <span>{say('pickTime', { time: hours })}</span>
                      {isOver ? (
                        <span class="muted">{say('timePast')}</span>
                      ) : theirs === null ? null : (
                        <span class="muted">{say('forPerson', { time: theirs, name: other.name })}</span>
                      )}
                    </button>
                  </li>
                );
              })}
            </ul>
          </>
        ) : (
          <MeetingTerms terms={waits} tools={tools} />
        )}
        <EntryProblem id={id} tools={tools} />
        {waits === null ? <OfferActions offer={offer} mode="otherTimes" word="otherTimes" name={other.name} tools={tools} /> : null}
        <p class="muted">{say('decideBy', { time: momentOf(offer.expiresAt, tools) })}</p>
      </div>
    </li>
  );
}

/** Times the viewer offered, until somebody picks one. */
export function OwnOfferEntry({ offer, tools }: Props) {
  const { state, say, formats } = tools;
  const { id, starts, durationMinutes } = offer;
  const title = state.eventTypes[offer.eventTypeId]?.title;
  return (
    <li class="entry" part="entry" data-offer={id}>
      <div class="entry-text">
        <p class="chip chip-over">{say('stateOffer', { count: starts.length })}</p>
        <h4 tabindex={-1} data-focus={`entry:${id}`}>
          {say('offerYours')}
        </h4>
        <p class="muted">
          {[...(title === undefined ? [] : [isolated(title, formats)]), say('minutes', { count: durationMinutes })].join(
            commaOf(formats.locale),
          )}
        </p>
        <ul class="offered">
          {starts.map((start) => (
            <li key={start}>{momentOf(start, tools)}</li>
          ))}
        </ul>
        <EntryProblem id={id} tools={tools} />
        <OfferActions offer={offer} mode="takeBack" word="takeBack" name={otherOfOffer(offer, tools).name} tools={tools} />
        <p class="muted">{say('decideBy', { time: momentOf(offer.expiresAt, tools) })}</p>
      </div>
    </li>
  );
}

/** The other side let go of the viewer's times and wants different ones. */
export function WantedEntry({ offer, tools }: Props) {
  const { say } = tools;
  const { name } = otherOfOffer(offer, tools);
  return (
    <li class="entry entry-open" part="entry" data-offer={offer.id}>
      <div class="entry-text">
        <p class="chip chip-open">{say('stateWithdrawn')}</p>
        <h4 class="sentence" tabindex={-1} data-focus={`entry:${offer.id}`}>
          {say('wantsOther', { name })}
        </h4>
        {offer.reason === null || offer.reason === '' ? null : (
          <p class="quote">
            <bdi>{offer.reason}</bdi>
          </p>
        )}
        <div class="entry-actions">
          <OfferAgain offer={offer} tools={tools} />
        </div>
      </div>
    </li>
  );
}

function OfferActions(
  props: Props & { readonly mode: Extract<MeetingsMode, 'otherTimes' | 'takeBack'>; readonly word: MeetingsKey; readonly name: string },
) {
  const { offer, mode, word, name, tools } = props;
  const { state, say, send } = tools;
  if (state.open?.id === offer.id) return <ActionForm id={offer.id} mode={mode} name={name} booking={null} tools={tools} />;
  return (
    <div class="entry-actions">
      <button
        type="button"
        class="secondary"
        data-focus={`open:${offer.id}:${mode}`}
        onClick={() => send({ type: 'open', id: offer.id, mode })}
      >
        {say(word)}
      </button>
      {mode === 'takeBack' ? <OfferAgain offer={offer} tools={tools} /> : null}
    </div>
  );
}

function OfferAgain({ offer, tools }: Props) {
  const { say, send, zone, nowMs, offered } = tools;
  const { eventTypeId } = offer;
  if (offered.length === 0) return null;
  return (
    <button type="button" class="link" onClick={() => send({ type: 'openPropose', eventTypeId, today: dateIn(zone, nowMs) })}>
      {say('offerAgain')}
    </button>
  );
}

function endOf(start: string, durationMinutes: number): string {
  return new Date(Date.parse(start) + durationMinutes * 60_000).toISOString();
}
