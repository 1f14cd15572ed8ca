import type { GalleryGroup, GalleryStep } from '../gallery-state.ts';
import { badGateway, problem, slotsOf } from '../scripted-answers.ts';
import { scheduler } from './booking.ts';

const FAILURE: GalleryStep = ['see', '[part=failure]'];
const FILLED_AND_SENT: readonly GalleryStep[] = [
  ['click', '.times button.time'],
  ['fill', '#name', 'Cleo Martin'],
  ['fill', '#email', 'cleo@example.com'],
  ['fill', '#note', 'It is for the bakery.'],
  ['click', '[part=submit]'],
];

/** What can go wrong, said as it is. */
export const FAILURE_STATES: GalleryGroup = {
  title: 'When something goes wrong',
  states: [
    { name: 'offline', title: 'Offline from the start', body: scheduler, steps: [['offline'], FAILURE] },
    {
      name: 'offline-later',
      title: 'Offline on the way',
      body: scheduler,
      steps: [
        ['see', '.times button.time'],
        ['offline'],
        ['click', '[data-focus=day]'],
        ['click', '[aria-label="Next month"], .round:last-of-type'],
        FAILURE,
      ],
    },
    { name: 'server-error', title: 'The server fails', body: scheduler, steps: [FAILURE], answers: { slots: problem('internal_error') } },
    { name: 'bad-gateway', title: 'A proxy answers with HTML', body: scheduler, steps: [FAILURE], answers: { slots: badGateway } },
    { name: 'slow', title: 'No answer in time', body: scheduler, steps: [['hurry'], FAILURE], silent: ['slots'] },
    {
      name: 'calendar-unavailable',
      title: 'The calendar cannot be read',
      body: scheduler,
      steps: [FAILURE],
      answers: { slots: slotsOf({ busyUntil: '2028-01-01T00:00:00Z', more: { calendarStatus: 'unavailable' } }) },
    },
    {
      name: 'token-expired',
      title: 'The room token has expired',
      body: scheduler,
      steps: [FAILURE],
      answers: { slots: problem('token_expired') },
    },
    {
      name: 'not-allowed',
      title: 'The site is not allowed',
      body: scheduler,
      steps: [FAILURE],
      answers: { slots: problem('origin_not_allowed') },
    },
    { name: 'closed', title: 'No such calendar', body: scheduler, steps: [FAILURE], answers: { slots: problem('not_found') } },
    { name: 'too-many', title: 'Too many tries', body: scheduler, steps: [FAILURE], answers: { slots: problem('rate_limited') } },
    {
      name: 'booking-fails',
      title: 'Booking fails, what was typed is kept',
      body: scheduler,
      steps: [...FILLED_AND_SENT, FAILURE],
      answers: { book: problem('internal_error') },
    },
    {
      name: 'not-set-up',
      title: 'Not set up',
      body: (own) => `<parley-scheduler ${own}></parley-scheduler>`,
      steps: [['see', '.banner']],
    },
  ],
};
