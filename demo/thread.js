import { dayIn, timeIn } from './clock.js';
import { avatar, element } from './element.js';
import { meetingCard } from './meeting-card.js';

/** Draws messages and meetings in the order they came, with a line for each new day on the reader's own calendar. */
export function drawThread(list, { messages, meetings, side, people, onMove, onCancel }) {
  const me = people[side];
  const other = people[side === 'client' ? 'freelancer' : 'client'];
  const entries = [
    ...messages.map((message) => ({ at: Date.parse(message.at), draw: () => bubble(message, { side, people, me }) })),
    ...meetings.map((booking) => ({
      at: Date.parse(booking.createdAt),
      draw: () => meetingCard(booking, { me, other, onMove, onCancel }),
    })),
  ].sort((one, two) => one.at - two.at);
  let day = '';
  const items = entries.flatMap(({ at, draw }) => {
    const today = dayIn(me.timeZone, at);
    const line = today === day ? [] : [element('li', { class: 'day-line' }, today)];
    day = today;
    return [...line, element('li', {}, draw())];
  });
  list.replaceChildren(...items);
  list.scrollTop = list.scrollHeight;
}

function bubble({ from, text, at }, { side, people, me }) {
  const isMine = from === side;
  return element(
    'div',
    { class: isMine ? 'message mine' : 'message' },
    isMine ? null : avatar(people[from].name),
    element(
      'div',
      {},
      element('p', { class: 'bubble' }, text),
      element('p', { class: 'faint sent' }, `${isMine ? 'You' : people[from].name.split(' ')[0]}, ${timeIn(me.timeZone, Date.parse(at))}`),
    ),
  );
}
