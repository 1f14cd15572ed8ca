import { GALLERY_NOW } from '../cast.ts';
import type { GalleryGroup, GalleryState } from '../gallery-state.ts';
import { badGateway, managedOf, problem, slotsOf } from '../scripted-answers.ts';

const manage = (own: string) => `<parley-manage manage-token="mt_gallery" ${own}></parley-manage>`;
const MEETING = ['see', '[part=meeting]'] as const;
const CANCEL = ['click', '.actions .danger'] as const;

function standing(name: string, title: string, more: Parameters<typeof managedOf>[0], role?: 'host'): GalleryState {
  return { name, title, body: manage, steps: [MEETING], answers: { managed: managedOf(more, role) } };
}

/** The page behind a mail link, as its meeting stands. */
export const MANAGE_STATES: GalleryGroup = {
  title: 'Behind a mail link',
  states: [
    standing('manage', 'Confirmed', { guests: [{ id: 'gst_1', name: 'Noor', email: 'noor@example.com' }] }),
    standing('manage-requested', 'Waiting for the host', { status: 'requested' }),
    standing('manage-decide', 'To decide, for the host', { status: 'requested' }, 'host'),
    standing('manage-new-time', 'A new time is asked for', {
      rescheduleTo: { start: '2026-11-09T15:00:00Z', end: '2026-11-09T15:30:00Z' },
    }),
    standing('manage-cancelled', 'Cancelled', { status: 'cancelled', cancelledAt: GALLERY_NOW, reason: 'Plans changed.' }),
    standing('manage-declined', 'Declined', { status: 'declined' }),
    standing('manage-expired', 'Request expired', { status: 'expired' }),
    standing('manage-completed', 'Completed', { status: 'completed' }),
    standing('manage-missed', 'Missed', { status: 'noShow' }),
    { name: 'manage-loading', title: 'Loading', body: manage, steps: [['see', '[role=status]']], silent: ['managed'] },
    {
      name: 'manage-move',
      title: 'Choosing a new time',
      body: manage,
      steps: [MEETING, ['click', '.actions .primary'], ['see', '.times button.time']],
    },
    {
      name: 'manage-reason',
      title: 'A new time without the reason that is asked for',
      body: manage,
      steps: [
        MEETING,
        ['click', '.actions .primary'],
        ['click', '.times button.time'],
        ['click', '[part=submit]'],
        ['see', '#reason-error'],
      ],
      answers: { slots: slotsOf({ eventType: { reasonRequired: true } }) },
    },
    { name: 'manage-cancel', title: 'Asked once more before it is cancelled', body: manage, steps: [MEETING, CANCEL, ['see', '.reason']] },
    {
      name: 'manage-cutoff',
      title: 'Too late to cancel',
      body: manage,
      steps: [MEETING, CANCEL, ['click', '.destructive'], ['see', '.banner']],
      answers: { cancel: problem('change_not_allowed') },
    },
    {
      name: 'manage-bad-link',
      title: 'The link is not valid',
      body: manage,
      steps: [['see', '.banner']],
      answers: { managed: problem('unauthenticated') },
    },
    { name: 'manage-away', title: 'Not reached', body: manage, steps: [['see', '.banner']], answers: { managed: badGateway } },
  ],
};
