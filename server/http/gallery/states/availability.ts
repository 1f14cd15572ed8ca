import { EVENT_TYPE, galleryToken } from '../cast.ts';
import type { GalleryGroup, GalleryState, GalleryStep } from '../gallery-state.ts';
import { badGateway, json, problem, slotsOf } from '../scripted-answers.ts';
import { CONNECTION, OWN_HOURS } from '../settings-cast.ts';

const TOKEN = galleryToken({ name: 'Mira Kapoor', role: 'host' });
const settings = (section: string) => (own: string) =>
  `<parley-availability publishable-key="pk_gallery" room-token="${TOKEN}" event-type="${EVENT_TYPE.id}" section="${section}" ${own}></parley-availability>`;

const READY = ['see', '.preview-day.free'] as const;
const SHORTER = ['fill', '#hours-monday-0-end', '17:00'] as const;
const EFFECT = ['see', '.save-state .effect'] as const;
export const SAVE = ['click', '#save'] as const;
export const BANNER = ['see', '.banner'] as const;
const DEAD = { ...CONNECTION, status: 'disconnected', detail: 'the CalDAV server no longer accepts this login' } as const;
const OWN_SLOTS = { slots: slotsOf({ schedule: OWN_HOURS }) };

/** A state of a section that is not its first picture. */
export const named = (name: string, state: GalleryState): GalleryState => ({ ...state, name: `availability-${name}` });

/** A section as it opens, and after these steps. */
export function section(name: string, title: string, steps: readonly GalleryStep[] = []): GalleryState {
  return { name: `availability-${name}`, title, body: settings(name), steps: [READY, ...steps], answers: OWN_SLOTS };
}

function week(name: string, title: string, steps: readonly GalleryStep[], more: Partial<GalleryState> = {}): GalleryState {
  return { name: `availability-${name}`, title, body: settings('week'), steps, ...more, answers: { ...OWN_SLOTS, ...more.answers } };
}

/** A host's own settings. */
export const AVAILABILITY_STATES: GalleryGroup = {
  title: 'A host’s own settings',
  states: [
    week('week', 'Weekly hours', [READY]),
    week('copy', 'Copying a day’s hours', [READY, ['click', '#copy-monday'], ['see', '#copy-monday-to-tuesday']]),
    section('days', 'Special days'),
    section('travel', 'Trips', [['click', '#add-travel']]),
    section('rules', 'Rules'),
    section('messages', 'Reminders and messages'),
    section('calendars', 'Outside calendars', [['see', '#connect-caldav']]),
    {
      ...section('calendars', 'An outside calendar whose login has ended', [['see', '.why']]),
      name: 'availability-failing',
      answers: { ...OWN_SLOTS, connections: () => json({ data: [DEAD], nextCursor: null }) },
    },
    {
      ...section('calendars', 'Before a provider’s own page', [
        ['click', '#connect-microsoft'],
        ['click', '.special-form input'],
        ['see', '.go-on'],
      ]),
      name: 'availability-consent',
    },
    {
      ...section('calendars', 'Connecting a calendar', [
        ['click', '#connect-caldav'],
        ['see', '#connect-url'],
      ]),
      name: 'availability-connect',
    },
    week('changed', 'What a change would do, before it is saved', [READY, SHORTER, EFFECT]),
    week('untold', 'What a change would do cannot be told', [READY, SHORTER, EFFECT], {
      answers: { simulate: badGateway },
    }),
    week('nothing', 'Nothing would be left to book', [['see', '.preview .banner']], {
      answers: { slots: slotsOf({ busyUntil: '2028-01-01T00:00:00Z' }) },
    }),
    week('saved', 'Saved', [READY, SHORTER, EFFECT, SAVE, ['see', '.saved']]),
    week('wrong', 'Hours that end before they begin', [READY, ['fill', '#hours-monday-0-end', '09:00'], SAVE, BANNER]),
    week('conflict', 'Changed elsewhere meanwhile', [READY, SHORTER, SAVE, BANNER], { answers: { changeSchedule: problem('conflict') } }),
    week('unsaved', 'Not saved, and kept', [READY, SHORTER, SAVE, BANNER], { answers: { changeSchedule: badGateway } }),
    week('loading', 'Loading', [['see', '[role=status]']], { silent: ['schedules', 'eventTypes'] }),
    week('away', 'Not reached', [BANNER], { answers: { schedules: badGateway } }),
    week('client', 'For somebody else', [BANNER], { answers: { schedules: problem('forbidden'), eventTypes: problem('forbidden') } }),
    week('none', 'Nothing to set yet', [BANNER], { answers: { eventTypes: () => json({ data: [], nextCursor: null }) } }),
  ],
};
