import type { GalleryGroup } from '../gallery-state.ts';
import { scheduler } from './booking.ts';

/** The scheduler behind a button and in a window. */
export const WINDOW_STATES: GalleryGroup = {
  title: 'Button and window',
  states: [
    {
      name: 'button',
      title: 'A button',
      body: (own) => scheduler(own, 'mode="button" label="Meet Mira"'),
      steps: [['see', '[part=button]']],
    },
    {
      name: 'window',
      title: 'The window it opens',
      body: (own) => scheduler(own, 'mode="button" label="Meet Mira"'),
      steps: [
        ['click', '[part=button]'],
        ['see', 'dialog[open]'],
        ['see', '.times button.time'],
      ],
    },
    {
      name: 'popup',
      title: 'A window that the page opens',
      body: (own) => scheduler(own, 'mode="popup"'),
      steps: [
        ['call', 'parley-scheduler', 'open'],
        ['see', 'dialog[open]'],
        ['see', '.times button.time'],
      ],
    },
  ],
};
