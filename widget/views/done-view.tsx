import type { Booking } from '../../shared/contract/booking.ts';
import type { State } from '../flow/state.ts';
import type { BookView } from '../flow/book-view-of.ts';
import { Icon } from '../parts/icon.tsx';
import { Clocks } from './clocks.tsx';
import type { BookTools } from './tools.ts';

const CALENDARS = [
  ['google', 'Google'],
  ['outlook', 'Outlook'],
  ['office365', 'Microsoft 365'],
  ['yahoo', 'Yahoo'],
] as const;

/** The meeting as it stands now, with the ways to put it into a calendar. */
export function DoneView(props: { readonly view: BookView; readonly state: State; readonly booking: Booking; readonly tools: BookTools }) {
  const { view, state, booking, tools } = props;
  const { say, send } = tools;
  const isRequest = booking.status === 'requested';
  return (
    <section class="done" part="done">
      <span class="seal">
        <Icon name="check" />
      </span>
      <h3 tabindex={-1} data-focus="done">
        {say(state.purpose.kind === 'move' ? 'moved' : isRequest ? 'requested' : 'booked')}
      </h3>
      {isRequest ? <p class="help">{say('requestedText', { name: view.hostName })}</p> : null}
      {view.clocks === null ? null : <Clocks clocks={view.clocks} say={say} />}
      {isRequest ? null : <CalendarLinks booking={booking} tools={tools} />}
      {state.purpose.kind === 'move' ? null : (
        <p class="after">
          {booking.links.manage === undefined ? null : <a href={booking.links.manage}>{say('manage')}</a>}
          <button type="button" class="link" onClick={() => send({ type: 'restart' })}>
            {say('bookAnother')}
          </button>
        </p>
      )}
    </section>
  );
}

function CalendarLinks({ booking, tools }: { readonly booking: Booking; readonly tools: BookTools }) {
  const { links } = booking;
  return (
    <div class="add">
      <h4 id="add">{tools.say('addToCalendar')}</h4>
      <ul aria-labelledby="add">
        {CALENDARS.map(([key, name]) => (
          <li key={key}>
            <a class="secondary" href={links[key]} target="_blank" rel="noopener noreferrer">
              {name}
            </a>
          </li>
        ))}
        {links.ics === undefined ? null : (
          <li>
            <a class="secondary" href={links.ics} download="">
              {tools.say('icsFile')} (.ics)
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}
