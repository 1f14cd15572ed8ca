import type { GalleryGroup, GalleryState, GalleryStep } from '../gallery-state.ts';
import { problem } from '../scripted-answers.ts';
import { scheduler } from './booking.ts';

const FIRST_TIME = '.times button.time';
const PICK = '.own input[type=file]';

/** Busy every day from 9:30 to 11:00 in New York, and once in the afternoon. */
const CALENDAR = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Gallery//EN
BEGIN:VEVENT
UID:daily
SUMMARY:Studio
DTSTART;TZID=America/New_York:20261101T093000
DTEND;TZID=America/New_York:20261101T110000
RRULE:FREQ=DAILY
END:VEVENT
BEGIN:VEVENT
UID:once
SUMMARY:Dentist
DTSTART:20261102T180000Z
DTEND:20261102T190000Z
END:VEVENT
END:VCALENDAR
`;

const GIVEN: readonly GalleryStep[] = [
  ['see', FIRST_TIME],
  ['give', PICK, CALENDAR],
  ['see', '.times .time .note'],
];

function state(name: string, title: string, steps: readonly GalleryStep[], more: Partial<GalleryState> = {}): GalleryState {
  return { name, title, body: scheduler, steps, ...more };
}

/** The visitor's own calendar file, laid over the times. */
export const OWN_CALENDAR_STATES: GalleryGroup = {
  title: 'The visitor’s own calendar',
  states: [
    state('own-marked', 'Times at which the visitor is busy', GIVEN),
    state('own-refused', 'A file that is no calendar', [
      ['see', FIRST_TIME],
      ['give', PICK, 'This is a letter.'],
      ['see', '.own-refused'],
    ]),
    state(
      'own-taken',
      'Just taken, and busy at one of the nearest times',
      [
        ...GIVEN,
        ['click', FIRST_TIME],
        ['fill', '#name', 'Cleo Martin'],
        ['fill', '#email', 'cleo@example.com'],
        ['click', '[part=submit]'],
        ['see', '[part=taken] button.time'],
      ],
      {
        answers: {
          book: problem('slot_unavailable', {
            alternatives: [
              { start: '2026-11-02T10:30:00-05:00', end: '2026-11-02T11:00:00-05:00' },
              { start: '2026-11-02T11:30:00-05:00', end: '2026-11-02T12:00:00-05:00' },
              { start: '2026-11-02T12:00:00-05:00', end: '2026-11-02T12:30:00-05:00' },
            ],
          }),
        },
      },
    ),
  ],
};
