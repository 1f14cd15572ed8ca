import type { Booking } from '../../shared/contract/booking.ts';
import { callOf, isToDecide } from '../flow/meetings-groups.ts';
import { meetingsFailureText } from '../flow/meetings-failure.ts';
import type { MeetingsMode } from '../flow/meetings-state.ts';
import { commaOf } from '../i18n/comma-of.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';
import { Icon } from '../parts/icon.tsx';
import { instantIn } from '../time/instants.ts';
import { weekdayOf } from '../time/local-date.ts';
import { CallTrouble } from './call-trouble.tsx';
import { placeOf } from './info-panel.tsx';
import { ActionForm } from './action-form.tsx';
import { MeetingGuests } from './meeting-guests.tsx';
import { MeetingTerms } from './meeting-terms.tsx';
import { dayAndHours, momentOf, otherOf, spanOf, stateOf, theirMomentOf, titleAndMoment } from './meeting-words.ts';
import type { MeetingsTools } from './meetings-tools.ts';

interface Props {
  readonly booking: Booking;
  readonly tools: MeetingsTools;
}

/** One meeting: when, with whom, in which state, and what the viewer may do about it. */
export function MeetingEntry({ booking, tools }: Props) {
  const { state, say, nowMs } = tools;
  const { id, title, rescheduleTo } = booking;
  const [word, tone] = stateOf(booking, tools);
  const [day, hours] = dayAndHours(booking, tools);
  const other = otherOf(booking, tools);
  const [placeIcon, placeText] = placeOf(booking.location.type);
  const theirs = theirMomentOf(booking.start, other.zone, tools);
  const isCall = callOf(state.bookings, nowMs)?.id === id;
  return (
    <li class={`entry entry-${tone}`} part="entry" data-meeting={id}>
      <Leaf start={booking.start} tools={tools} />
      <div class="entry-text">
        <p class={`chip chip-${tone}`}>{say(word)}</p>
        <h4 tabindex={-1} data-focus={`entry:${id}`}>
          <bdi>{title}</bdi>
        </h4>
        <p class="when">
          <span>{`${day}${commaOf(tools.formats.locale)}`.trim()}</span> <span>{hours}</span>
        </p>
        {theirs === null ? null : <p class="muted">{say('forPerson', { time: theirs, name: other.name })}</p>}
        {rescheduleTo && tone !== 'over' ? (
          <p class="new-time">
            <strong>{say('newTime', { time: spanOf(rescheduleTo, tools) })}</strong> <span class="muted">{say('newTimeUntil')}</span>
          </p>
        ) : null}
        <ul class="facts">
          <li>
            <Icon name={placeIcon} />
            {say(placeText)}
          </li>
          {booking.guests.length === 0 ? null : <li>{say('guestCount', { count: booking.guests.length })}</li>}
        </ul>
        <Words booking={booking} name={state.role === 'host' ? other.name : null} tools={tools} />
        <EntryProblem id={id} tools={tools} />
        <WhatToDo booking={booking} name={other.name} tools={tools} />
        {isCall ? <CallTrouble state={tools.trouble.state} say={say} actions={tools.trouble.actions} fallback={null} /> : null}
      </div>
    </li>
  );
}

function Leaf({ start, tools }: { readonly start: string; readonly tools: MeetingsTools }) {
  const { formats, zone } = tools;
  const date = instantIn(zone, Date.parse(start)).slice(0, 10);
  const day = formats.weekdays()[(weekdayOf(date) - formats.firstWeekday + 7) % 7];
  return (
    <div class="leaf" aria-hidden="true">
      <span>{day?.short}</span>
      <strong>{formats.dayNumber(date)}</strong>
    </div>
  );
}

/** What people wrote. `name` is the invitee's, where the reader is the host. */
function Words({ booking, name, tools }: Props & { readonly name: string | null }) {
  const { say } = tools;
  const isDecided = booking.status === 'requested' || booking.rescheduleTo;
  return (
    <>
      {booking.note && name !== null ? <p class="quote">{say('noteOf', { name, text: booking.note })}</p> : null}
      {booking.reason ? <p class="quote">{say('reasonOf', { text: booking.reason })}</p> : null}
      {booking.hostNote ? <p class="quote own">{say('hostNoteIs', { text: booking.hostNote })}</p> : null}
      {isDecided && booking.requestExpiresAt !== null ? (
        <p class="muted">{say('decideBy', { time: momentOf(booking.requestExpiresAt, tools) })}</p>
      ) : null}
    </>
  );
}

/** What did not work about this meeting or offer; what belongs to a field is said there. */
export function EntryProblem({ id, tools }: { readonly id: string; readonly tools: MeetingsTools }) {
  const { problem, open } = tools.state;
  if (problem?.action.id !== id) return null;
  const { code } = problem.failure;
  if (open !== null && (code === 'validation_failed' || code === 'contact_details_detected')) return null;
  return (
    <div class="banner warning" role="alert">
      <Icon name="warning" />
      <p>{tools.say(meetingsFailureText(code, problem.action.kind), { name: tools.otherName })}</p>
    </div>
  );
}

function WhatToDo({ booking, name, tools }: Props & { readonly name: string }) {
  const { open, terms } = tools.state;
  const mode = open?.id === booking.id ? open.mode : null;
  if (terms?.action.id === booking.id) return <MeetingTerms terms={terms} tools={tools} />;
  if (mode === 'guests') return <MeetingGuests booking={booking} tools={tools} />;
  if (mode !== null && mode !== 'move') return <ActionForm id={booking.id} mode={mode} name={name} booking={booking} tools={tools} />;
  return <Actions booking={booking} tools={tools} />;
}

function Actions({ booking, tools }: Props) {
  const { state, say, send, move, nowMs } = tools;
  const { id, status, links } = booking;
  const isHost = state.role === 'host';
  const meeting = titleAndMoment(booking, tools);
  const named = (key: MeetingsKey) => say('actionOn', { action: say(key), meeting });
  const opener = (mode: MeetingsMode, key: MeetingsKey, look: string) => (
    <button
      type="button"
      class={look}
      data-focus={`open:${id}:${mode}`}
      aria-label={named(key)}
      onClick={() => (mode === 'move' ? move(booking) : send({ type: 'open', id, mode }))}
    >
      {say(key)}
    </button>
  );
  const isOpen = status === 'requested' || status === 'confirmed';
  const hasBegun = Date.parse(booking.start) <= nowMs;
  const isBusy = state.busy === id;
  const limit = state.eventTypes[booking.eventTypeId]?.guestLimit ?? 0;
  const decides = isToDecide(booking, state.role) && Date.parse(booking.end) > nowMs;
  return (
    <div class="entry-actions">
      {decides ? (
        <>
          <button
            type="button"
            class="primary"
            aria-disabled={state.busy !== null}
            aria-label={named('confirmIt')}
            onClick={() => send({ type: 'act', action: { kind: 'confirm', id, message: '' } })}
          >
            {say(isBusy ? 'sendingNow' : 'confirmIt')}
          </button>
          {opener('decline', 'declineIt', 'secondary')}
          {opener('confirm', 'addMessage', 'link')}
        </>
      ) : null}
      {isOpen && !hasBegun ? opener('move', 'moveIt', decides ? 'link' : 'secondary') : null}
      {isOpen && !hasBegun && !(decides && status === 'requested') ? opener('cancel', 'cancelIt', decides ? 'link' : 'secondary') : null}
      {!isHost && isOpen && !hasBegun && (limit > 0 || booking.guests.length > 0) ? opener('guests', 'manageGuests', 'link') : null}
      {status === 'confirmed' && !hasBegun && links.ics !== undefined ? (
        <a class="link" href={links.ics} download="" aria-label={named('calendarFileOf')}>
          {say('calendarFileOf')}
        </a>
      ) : null}
      {isHost && hasBegun && (status === 'confirmed' || status === 'completed') ? opener('noShow', 'noShowIt', 'secondary') : null}
      {isHost && (isOpen || status === 'completed' || status === 'noShow') ? opener('note', 'hostNote', 'link') : null}
    </div>
  );
}
