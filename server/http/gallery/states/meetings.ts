import type { Booking } from '../../../../shared/contract/booking.ts';
import type { Proposal } from '../../../../shared/contract/proposal.ts';
import { BOOKING, EVENT_TYPE, GALLERY_NOW, galleryToken, NOTICE, VISITOR_ZONE } from '../cast.ts';
import type { GalleryGroup, GalleryState, GalleryStep } from '../gallery-state.ts';
import { badGateway, json, problem, type Scripted } from '../scripted-answers.ts';

const room = { id: 'room-gallery' };
const TOKENS = {
  invitee: galleryToken({ name: 'Cleo Martin', room }),
  host: galleryToken({ name: 'Mira Kapoor', role: 'host', room }),
};
const list = (side: keyof typeof TOKENS) => (own: string) =>
  `<parley-meetings publishable-key="pk_gallery" time-zone="${VISITOR_ZONE}" ${own} room-token="${TOKENS[side]}" event-type="${EVENT_TYPE.id}"></parley-meetings>`;

const page =
  (data: readonly unknown[]): Scripted =>
  () =>
    json({ data, nextCursor: null });
const meeting = (id: string, days: number, more: Partial<Booking> = {}): Booking => {
  const at = (instant: string) => new Date(Date.parse(instant) + days * 86_400_000).toISOString();
  return { ...BOOKING, id, start: at(BOOKING.start), end: at(BOOKING.end), note: null, ...more };
};
const REQUEST = meeting('bkg_request', 1, { status: 'requested', note: 'It is for the bakery.', requestExpiresAt: '2026-11-04T12:00:00Z' });
const NEW_TIME = meeting('bkg_move', 4, { rescheduleTo: { start: '2026-11-11T15:00:00Z', end: '2026-11-11T15:30:00Z' } });
const MISSED = meeting('bkg_past', -5, { status: 'completed' });
const OFFER: Proposal = {
  id: 'prp_gallery',
  status: 'open',
  eventTypeId: EVENT_TYPE.id,
  starts: ['2026-11-04T15:00:00Z', '2026-11-05T16:30:00Z', '2026-11-09T17:00:00Z'],
  durationMinutes: 30,
  by: 'host',
  room: { id: room.id, stage: 'preContract' },
  bookingId: null,
  endedBy: null,
  reason: null,
  expiresAt: '2026-11-04T13:00:00Z',
  createdAt: GALLERY_NOW,
  updatedAt: GALLERY_NOW,
};
const WANTED: Proposal = { ...OFFER, id: 'prp_wanted', status: 'withdrawn', endedBy: 'invitee', reason: 'Rather in the morning.' };

const ENTRY = ['see', '.entry[part]'] as const;

function state(
  name: string,
  title: string,
  side: keyof typeof TOKENS,
  bookings: readonly Booking[],
  more: Partial<GalleryState> = {},
): GalleryState {
  return { name, title, body: list(side), steps: [ENTRY], ...more, answers: { bookings: page(bookings), ...more.answers } };
}

function asked(name: string, title: string, mode: string, ...more: readonly GalleryStep[]): GalleryState {
  const bookings = mode === 'noShow' ? [MISSED] : mode === 'guests' || mode === 'cancel' ? [meeting('bkg_one', 0)] : [REQUEST];
  const side = mode === 'guests' || mode === 'cancel' ? 'invitee' : 'host';
  const steps = [ENTRY, ['click', `[data-focus$=":${mode}"]`], ['see', '.action-form'], ...more] as const;
  return state(name, title, side, bookings, { steps });
}

/** A room's meetings, from either side. */
export const MEETINGS_STATES: GalleryGroup = {
  title: 'Meetings of a room',
  states: [
    state('meetings', 'What is coming, for the invitee', 'invitee', [
      meeting('bkg_one', 0, { guests: [{ id: 'gst_1', name: 'Noor' }] }),
      meeting('bkg_two', 7, { status: 'requested' }),
      meeting('bkg_three', 8, { status: 'declined', reason: 'On a train that day.' }),
    ]),
    state('meetings-host', 'To decide, and a new time asked for', 'host', [
      MISSED,
      REQUEST,
      NEW_TIME,
      meeting('bkg_one', 2, { hostNote: 'Likes short calls.' }),
    ]),
    state('meetings-empty', 'None yet', 'invitee', [], { steps: [['see', '.empty']] }),
    state('meetings-loading', 'Loading', 'invitee', [], { steps: [['see', '.waiting']], silent: ['bookings'] }),
    state('meetings-away', 'Not reached', 'invitee', [], { steps: [['see', '.banner']], answers: { bookings: badGateway } }),
    state('meetings-expired', 'The token has run out', 'invitee', [], {
      steps: [['see', '.banner']],
      answers: { bookings: problem('token_expired') },
    }),
    state('meetings-pick', 'Times to pick from', 'invitee', [], { answers: { proposals: page([OFFER]) } }),
    state('meetings-terms', 'Terms before a time is picked', 'invitee', [], {
      answers: { proposals: page([OFFER]), pick: problem('acknowledgement_required', { notice: NOTICE }) },
      steps: [ENTRY, ['click', '.pick'], ['see', '.terms'], ['click', '.terms .primary'], ['see', '#terms-error']],
    }),
    state('meetings-taken', 'The picked time was taken', 'invitee', [], {
      answers: { proposals: page([OFFER]), pick: problem('slot_unavailable') },
      steps: [ENTRY, ['click', '.pick'], ['see', '.entry .banner']],
    }),
    state('meetings-offered', 'An own offer, and other times wanted', 'host', [], {
      answers: { proposals: page([WANTED, { ...OFFER, eventTypeId: 'evt_other' }]) },
    }),
    state('meetings-offer', 'Offering times', 'host', [], {
      steps: [
        ['click', '[data-focus="open:propose"]'],
        ['click', '.toggle'],
        ['see', '.chosen li'],
      ],
    }),
    asked('meetings-decline', 'Declining', 'decline'),
    asked('meetings-cancel', 'Cancelling', 'cancel'),
    asked('meetings-guests', 'Guests', 'guests'),
    asked('meetings-missed', 'Nobody came', 'noShow'),
    state(
      'meetings-call',
      'The call is on',
      'invitee',
      [meeting('bkg_now', 0, { start: '2026-11-02T12:55:00Z', end: '2026-11-02T13:25:00Z' })],
      {
        steps: [ENTRY, ['see', '.trouble']],
      },
    ),
  ],
};
