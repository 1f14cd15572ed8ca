import { galleryToken, NOTICE } from '../cast.ts';
import type { GalleryGroup } from '../gallery-state.ts';
import { badGateway, incidentOf, json } from '../scripted-answers.ts';

const TOKEN = galleryToken({ name: 'Cleo Martin' });
const notice = (own: string) => `<parley-notice publishable-key="pk_gallery" ${own}></parley-notice>`;
const noticeInRoom = (own: string) => notice(`room-token="${TOKEN}" ${own}`);
const acknowledge = (own: string) =>
  `<form action="/dev/widget" method="get"><parley-acknowledge name="terms" publishable-key="pk_gallery" room-token="${TOKEN}" ${own}></parley-acknowledge><p><button>Post the job</button></p></form>`;

const LONG_TEXT = `## What holds in this room

${'**Until there is a contract** calls, files and messages stay here. '.repeat(8)}

- no phone numbers, mail addresses or links to other services
- no payment outside of Fieldwork
- ${'a-word-that-does-not-end-'.repeat(6)}

Read [the whole text](https://example.com/terms).`;

/** The notice and the box in a site's own form. */
export const TERMS_STATES: GalleryGroup = {
  title: 'Terms',
  states: [
    { name: 'notice', title: 'Notice', body: notice, steps: [['see', '.notice']] },
    {
      name: 'notice-long',
      title: 'Notice with a long text',
      body: notice,
      steps: [['see', '.notice']],
      answers: { notices: () => json({ data: [{ ...NOTICE, text: LONG_TEXT, severity: 'warning' }] }) },
    },
    {
      name: 'notice-fallback',
      title: 'What to do when the call does not work',
      body: noticeInRoom,
      steps: [
        ['click', 'summary'],
        ['see', 'details[open]'],
      ],
    },
    {
      name: 'call-trouble',
      title: 'Call trouble, reported',
      body: noticeInRoom,
      steps: [
        ['click', '[part=trouble] .secondary'],
        ['see', '.places'],
      ],
    },
    {
      name: 'leave-reported',
      title: 'A request to leave, reported',
      body: noticeInRoom,
      steps: [
        ['click', '[part=trouble] .link'],
        ['see', '[part=trouble] [role=status] p'],
      ],
      answers: { incident: incidentOf({ kind: 'offPlatformRequest', bookingId: null, fallback: null, fallbackLocations: [] }) },
    },
    {
      name: 'trouble-failed',
      title: 'A report that could not be recorded',
      body: noticeInRoom,
      steps: [
        ['click', '[part=trouble] .secondary'],
        ['see', '[part=trouble] .error'],
      ],
      answers: { incident: badGateway },
    },
    { name: 'acknowledge', title: 'The box in a form', body: acknowledge, steps: [['see', '[part=acknowledge] input']] },
    {
      name: 'acknowledge-missing',
      title: 'The form sent without it',
      body: acknowledge,
      steps: [
        ['see', '[part=acknowledge] input'],
        ['click', 'form button'],
        ['see', '[part=acknowledge] [role=alert]'],
      ],
    },
    {
      name: 'acknowledge-failed',
      title: 'The terms cannot be had',
      body: acknowledge,
      steps: [['see', '[part=acknowledge] [role=alert]']],
      answers: { notices: badGateway },
    },
  ],
};
