import type { ComponentChildren } from 'preact';
import { groupMeetings, type MeetingGroups } from '../flow/meetings-groups.ts';
import { meetingsFailureText } from '../flow/meetings-failure.ts';
import type { MeetingNews } from '../flow/meetings-news.ts';
import { PROPOSE } from '../flow/meetings-state.ts';
import { Icon } from '../parts/icon.tsx';
import { dateIn, cityOf, offsetLabel } from '../time/zones.ts';
import { instantIn } from '../time/instants.ts';
import { MeetingEntry } from './meeting-entry.tsx';
import { titleAndMoment } from './meeting-words.ts';
import type { MeetingsTools } from './meetings-tools.ts';
import { OfferEntry, OwnOfferEntry, WantedEntry } from './offer-entry.tsx';
import { ProposeForm } from './propose-form.tsx';

/** The list of a room's meetings: what waits for the viewer first, then what comes, then what waits for others. */
export function MeetingsView({ tools }: { readonly tools: MeetingsTools }) {
  const { state, say, formats } = tools;
  const { news } = state;
  return (
    <section class="meetings" part="meetings" aria-labelledby="title" dir={formats.direction}>
      <header class="head">
        <h2 id="title" tabindex={-1} data-focus="title">
          {say('meetings')}
        </h2>
        {state.seenMs !== null && state.propose === null && state.open?.mode !== 'move' ? <OfferButton tools={tools} /> : null}
      </header>
      <ListFailure tools={tools} />
      <Inside tools={tools} />
      {state.seenMs === null ? null : <ZoneWords tools={tools} />}
      <p class="hidden" role="status">
        <span key={news.count}>{news.items.map((one) => newsText(one, tools)).join(' ')}</span>
      </p>
    </section>
  );
}

function OfferButton({ tools }: { readonly tools: MeetingsTools }) {
  const { state, say, send, offered } = tools;
  const [eventTypeId] = offered;
  if (eventTypeId === undefined) return null;
  return (
    <button
      type="button"
      class="secondary"
      data-focus={`open:${PROPOSE}`}
      onClick={() => send({ type: 'openPropose', eventTypeId, today: dateIn(tools.zone, tools.nowMs) })}
    >
      {say(state.role === 'host' ? 'propose' : 'proposeInvitee')}
    </button>
  );
}

/** Why the list is not as it is now, and from when it is. */
function ListFailure({ tools }: { readonly tools: MeetingsTools }) {
  const { state, say, formats, zone, send, otherName } = tools;
  const { failure, seenMs } = state;
  if (failure === null) return null;
  return (
    <div class="banner warning" role="alert" part="failure">
      <Icon name="warning" />
      <div>
        <p>
          {say(meetingsFailureText(failure.code), { name: otherName })}{' '}
          {seenMs === null ? '' : say('lastSeen', { time: formats.clock(zone, seenMs) })}
        </p>
        <button type="button" class="secondary" aria-disabled={state.isLoading} onClick={() => send({ type: 'refresh' })}>
          {say('tryAgain')}
        </button>
      </div>
    </div>
  );
}

function Inside({ tools }: { readonly tools: MeetingsTools }) {
  const { state, say } = tools;
  if (state.propose !== null) return <ProposeForm propose={state.propose} tools={tools} />;
  const moving = state.open?.mode === 'move' ? state.bookings.find(({ id }) => id === state.open?.id) : undefined;
  if (moving !== undefined) return <Move eventTypeId={moving.eventTypeId} meeting={titleAndMoment(moving, tools)} tools={tools} />;
  if (state.seenMs !== null) return <Groups groups={groupMeetings(state, tools.nowMs)} tools={tools} />;
  if (state.failure !== null) return null;
  return (
    <div class="waiting">
      <p class="hidden" role="status">
        {say('meetingsLoading')}
      </p>
      {[0, 1].map((key) => (
        <div class="entry" key={key} aria-hidden="true">
          <span class="leaf blank" />
          <div class="lines">
            <span class="line" />
            <span class="line short" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Move({ eventTypeId, meeting, tools }: { readonly eventTypeId: string; readonly meeting: string; readonly tools: MeetingsTools }) {
  const { say, send, prepareMove } = tools;
  return (
    <div class="moving">
      <button type="button" class="link back" onClick={() => send({ type: 'close' })}>
        <Icon name="left" /> {say('back')}
      </button>
      <h3 tabindex={-1} data-focus="form">
        {say('actionOn', { action: say('moveIt'), meeting })}
      </h3>
      <parley-scheduler ref={prepareMove} event-type={eventTypeId} />
    </div>
  );
}

function Groups({ groups, tools }: { readonly groups: MeetingGroups; readonly tools: MeetingsTools }) {
  const { state, say, otherName } = tools;
  const { toDecide, offers, wanted, upcoming, waiting, ownOffers, ended, earlier } = groups;
  if (Object.values(groups).every((group: readonly unknown[]) => group.length === 0)) {
    return (
      <div class="empty" part="empty">
        <p>
          <strong>{say('meetingsEmpty')}</strong>
        </p>
        <p class="muted">{say(state.role === 'host' ? 'meetingsEmptyHost' : 'meetingsEmptyInvitee')}</p>
      </div>
    );
  }
  const entries = (bookings: MeetingGroups['upcoming']) =>
    bookings.map((booking) => <MeetingEntry key={booking.id} booking={booking} tools={tools} />);
  return (
    <>
      <Group name="to-decide" title={say('toDecide')} count={toDecide.length + offers.length + wanted.length}>
        {entries(toDecide)}
        {offers.map((offer) => (
          <OfferEntry key={offer.id} offer={offer} tools={tools} />
        ))}
        {wanted.map((offer) => (
          <WantedEntry key={offer.id} offer={offer} tools={tools} />
        ))}
      </Group>
      <Group name="upcoming" title={say('upcoming')} count={upcoming.length}>
        {entries(upcoming)}
      </Group>
      <Group name="waiting" title={say('waiting', { name: otherName })} count={waiting.length + ownOffers.length}>
        {entries(waiting)}
        {ownOffers.map((offer) => (
          <OwnOfferEntry key={offer.id} offer={offer} tools={tools} />
        ))}
      </Group>
      <Group name="ended" title={say('ended')} count={ended.length}>
        {entries(ended)}
      </Group>
      <Group name="earlier" title={say('earlier')} count={earlier.length}>
        {entries(earlier)}
      </Group>
    </>
  );
}

function Group(props: { readonly name: string; readonly title: string; readonly count: number; readonly children: ComponentChildren }) {
  const { name, title, count, children } = props;
  if (count === 0) return null;
  return (
    <section class={`group group-${name}`} aria-labelledby={`group-${name}`}>
      <h3 id={`group-${name}`}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function ZoneWords({ tools: { say, zone, nowMs } }: { readonly tools: MeetingsTools }) {
  return (
    <p class="zone-words">
      <Icon name="globe" />
      <span>
        {say('timesShownIn')} {cityOf(zone)}, {offsetLabel(instantIn(zone, nowMs))}
      </span>
    </p>
  );
}

function newsText({ say: key, title, start, count }: MeetingNews, tools: MeetingsTools): string {
  const meeting = title === undefined || start === undefined ? '' : `${titleAndMoment({ title, start }, tools)}.`;
  return tools.say(key, { meeting, name: tools.otherName, ...(count !== undefined && { count }) });
}
