import { leafIn, momentIn, timeIn } from './clock.js';
import { element, icon } from './element.js';

const STATUS = {
  requested: 'Waiting for confirmation',
  confirmed: 'Booked',
  declined: 'Declined',
  expired: 'Expired',
  cancelled: 'Cancelled',
  completed: 'Done',
  noShow: 'Missed',
};

/**
 * A booked meeting in the thread. `me` and `other` are people with name, city and timeZone; the two actions are called with the booking.
 */
export function meetingCard(booking, { me, other, onMove, onCancel }) {
  const start = Date.parse(booking.start);
  const end = Date.parse(booking.end);
  const [month, day] = leafIn(me.timeZone, start);
  const isOpen = booking.status === 'confirmed' || booking.status === 'requested';
  const isAhead = end > Date.now();
  const links = booking.links ?? {};
  return element(
    'article',
    { class: `meeting ${booking.status}`, 'aria-label': `${booking.title}, ${STATUS[booking.status]}` },
    element('div', { class: 'leaf', 'aria-hidden': 'true' }, element('span', {}, month), element('strong', {}, day)),
    element(
      'div',
      { class: 'meeting-text' },
      element('p', { class: 'meeting-status' }, STATUS[booking.status]),
      element('h3', {}, booking.title),
      element('p', {}, `${momentIn(me.timeZone, start)} – ${timeIn(me.timeZone, end)}`),
      element('p', { class: 'faint' }, `${momentIn(other.timeZone, start)} for ${other.name.split(' ')[0]} in ${other.city}`),
      booking.reason ? element('p', { class: 'faint' }, `“${booking.reason}”`) : null,
      isOpen && isAhead
        ? element(
            'div',
            { class: 'meeting-actions' },
            element('button', { type: 'button', class: 'button quiet', onclick: () => onMove(booking) }, 'Reschedule'),
            element('button', { type: 'button', class: 'button quiet', onclick: () => onCancel(booking) }, 'Cancel'),
            links.ics
              ? element(
                  'a',
                  { class: 'button quiet', href: links.ics, download: true },
                  icon('M3 5h14v12H3zM3 9h14M7 3v4M13 3v4'),
                  'Add to calendar',
                )
              : null,
          )
        : null,
    ),
  );
}
