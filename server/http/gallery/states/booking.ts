import { EVENT_TYPE, galleryToken, NOTICE, VISITOR_ZONE } from '../cast.ts';
import type { GalleryGroup, GalleryStep } from '../gallery-state.ts';
import { bookingOf, type Calendar, problem, slotsOf } from '../scripted-answers.ts';

const FIRST_TIME = '.times button.time';
const TOKEN = galleryToken({ name: 'Cleo Martin', email: 'cleo@example.com' });
/** The way to the form, and what a stranger types there. */
const TO_FORM: readonly GalleryStep[] = [
  ['click', FIRST_TIME],
  ['see', '[part=submit]'],
];
const FILLED: readonly GalleryStep[] = [...TO_FORM, ['fill', '#name', 'Cleo Martin'], ['fill', '#email', 'cleo@example.com']];
const SENT: readonly GalleryStep[] = [...FILLED, ['click', '[part=submit]']];

/** The scheduler as a stranger meets it. */
export const scheduler = (own: string, more = '') =>
  `<parley-scheduler publishable-key="pk_gallery" event-type="${EVENT_TYPE.id}" time-zone="${VISITOR_ZONE}" ${own} ${more}></parley-scheduler>`;
const inRoom = (own: string) => scheduler(own, `room-token="${TOKEN}"`);

const withTerms = slotsOf({ more: { notice: NOTICE } });
/** A Sunday on which clocks go back in New York. */
const REPEATED: Calendar = { zone: 'Asia/Kolkata', hours: ['09:30', '14:00'], days: [6], now: '2026-10-26T13:00:00Z' };
const LONG: Calendar = {
  eventType: {
    title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenlogo: a first call about every detail that there is to know of it',
    description: `${'What the logo shall say, where it will stand, and what it may cost. '.repeat(6)}\n\nhttps://example.com/${'a-long-address-'.repeat(8)}`,
    message: 'Please look through the three pictures in this room before we talk.',
    hosts: [{ id: 'host_gallery', name: 'Maximiliane Alexandra von Hohenstein-Wolkenburg', timeZone: 'Europe/London' }],
    locations: [{ type: 'room' }, { type: 'link' }, { type: 'phone' }, { type: 'inPerson' }],
    confirmation: 'request',
  },
};
const ASKING: Calendar = {
  eventType: {
    locations: [{ type: 'phone' }, { type: 'link' }],
    questions: [
      { key: 'shop', label: 'What is the name of your shop?', type: 'text', required: true },
      { key: 'story', label: 'What shall it tell?', type: 'longText' },
      { key: 'budget', label: 'What may it cost?', type: 'choice', options: ['Up to $500', 'Up to $2,000', 'More'], required: true },
    ],
  },
};

const nearby = (start: string, end: string) => ({ start, end: `${start.slice(0, 11)}${end}${start.slice(16)}` });

/** From the first picture to the end of a booking. */
export const BOOKING_STATES: GalleryGroup = {
  title: 'Booking',
  states: [
    { name: 'loading', title: 'Loading', body: scheduler, steps: [['see', '.waiting']], silent: ['slots'] },
    { name: 'times', title: 'Times', body: scheduler, steps: [['see', FIRST_TIME]] },
    { name: 'long-texts', title: 'Long texts', body: scheduler, steps: [['see', FIRST_TIME]], answers: { slots: slotsOf(LONG) } },
    {
      name: 'empty',
      title: 'No times this month',
      body: scheduler,
      steps: [['see', '.times .secondary']],
      answers: { slots: slotsOf({ busyUntil: '2026-12-09T00:00:00Z' }) },
    },
    {
      name: 'empty-ahead',
      title: 'No times at all',
      body: scheduler,
      steps: [['see', '.times .quiet']],
      answers: { slots: slotsOf({ busyUntil: '2028-01-01T00:00:00Z' }) },
    },
    {
      name: 'zones',
      title: 'Searching a time zone',
      body: scheduler,
      steps: [
        ['see', FIRST_TIME],
        ['click', '.zone .link'],
        ['fill', '[role=combobox]', 'kath'],
        ['see', '[role=option]'],
      ],
    },
    {
      name: 'repeated-hour',
      title: 'The hour that comes twice',
      body: scheduler,
      now: '2026-10-26T13:00:00Z',
      steps: [
        ['see', 'table[aria-busy=false]'],
        ['click', '[aria-label="Next month"], .round:last-of-type'],
        ['see', '.time small'],
      ],
      answers: { slots: slotsOf(REPEATED) },
    },
    { name: 'details', title: 'Details', body: scheduler, steps: TO_FORM },
    { name: 'details-in-room', title: 'Details of somebody known', body: inRoom, steps: [...TO_FORM, ['see', '.as']] },
    {
      name: 'other-date',
      title: 'Another date for the other side',
      body: scheduler,
      steps: [...TO_FORM, ['see', '.caution']],
      answers: { slots: slotsOf({ zone: 'Pacific/Auckland', hours: ['09:00', '17:00'] }) },
    },
    {
      name: 'clock-change',
      title: 'Clocks change before the day',
      body: scheduler,
      now: '2026-10-26T13:00:00Z',
      steps: [
        ['see', FIRST_TIME],
        ['click', '[aria-label="Next month"], .round:last-of-type'],
        ['see', 'table[aria-busy=false] [data-date="2026-11-04"].free'],
        ['click', '[data-date="2026-11-04"]'],
        ['see', '[data-start^="2026-11-04"]'],
        ...TO_FORM,
        ['see', '.caution'],
      ],
      answers: { slots: slotsOf({ now: '2026-10-26T13:00:00Z' }) },
    },
    {
      name: 'questions',
      title: 'Questions of the host',
      body: scheduler,
      steps: TO_FORM,
      answers: { slots: slotsOf(ASKING) },
    },
    {
      name: 'errors',
      title: 'Fields that need attention',
      body: scheduler,
      steps: [...TO_FORM, ['click', '[part=submit]'], ['see', '[aria-invalid=true]']],
      answers: { slots: slotsOf({ ...ASKING, more: { notice: NOTICE } }) },
    },
    {
      name: 'contact-details',
      title: 'Contact details in the note',
      body: inRoom,
      steps: [...TO_FORM, ['fill', '#note', 'Call me at +1 415 555 0171'], ['click', '[part=submit]'], ['see', '#note[aria-invalid=true]']],
      answers: {
        book: problem('contact_details_detected', {
          issues: [{ path: 'note', message: 'contains a phone number' }],
          findings: [],
        }),
      },
    },
    {
      name: 'terms',
      title: 'Terms to acknowledge',
      body: inRoom,
      steps: [...TO_FORM, ['see', '#acknowledgement']],
      answers: { slots: withTerms },
    },
    {
      name: 'terms-missing',
      title: 'Terms not acknowledged',
      body: inRoom,
      steps: [...TO_FORM, ['click', '[part=submit]'], ['see', '#acknowledgement[aria-invalid=true]']],
      answers: { slots: withTerms },
    },
    {
      name: 'sending',
      title: 'Sending',
      body: scheduler,
      steps: [...SENT, ['see', '[part=submit][aria-disabled=true]']],
      silent: ['book'],
    },
    { name: 'done', title: 'Done', body: scheduler, steps: [...SENT, ['see', '[part=done]']] },
    {
      name: 'requested',
      title: 'Done, for a request',
      body: scheduler,
      steps: [...SENT, ['see', '[part=done]']],
      answers: { slots: slotsOf({ eventType: { confirmation: 'request' } }), book: bookingOf({ status: 'requested' }) },
    },
    {
      name: 'taken',
      title: 'Just taken by somebody else',
      body: scheduler,
      steps: [...SENT, ['see', '[part=taken] button.time']],
      answers: {
        book: problem('slot_unavailable', {
          alternatives: [
            nearby('2026-11-02T11:30:00-05:00', '12:00'),
            nearby('2026-11-02T12:00:00-05:00', '12:30'),
            nearby('2026-11-02T13:00:00-05:00', '13:30'),
          ],
        }),
      },
    },
  ],
};
