import { type BookingMessage, type MessageData, type MessageKind, MESSAGE_KINDS, type Party } from './message-data.ts';
import { type RenderedMessage, renderMessage } from './render-message.ts';

const HOUR_MS = 3_600_000;
/** Friday 23 October 2026, 15:00 UTC: two days before Europe sets its clocks back. */
const START_MS = 1_792_767_600_000;

const brand = { name: 'Parley', color: '#0a7d5a', logoUrl: null };

const booking: BookingMessage = {
  brand,
  recipient: { party: 'invitee', timeZone: 'Asia/Kolkata' },
  nowMs: START_MS - 24 * HOUR_MS,
  title: 'Project introduction',
  startMs: START_MS,
  endMs: START_MS + HOUR_MS / 2,
  hostNames: ['Ana Souza'],
  inviteeName: 'Ravi Kumar',
  guestNames: ['Mina Park'],
  contacts: [],
  place: { type: 'room', detail: 'https://market.example/rooms/r-4821' },
  note: 'I will bring the first sketches.',
  answers: [{ label: 'What is the goal?', answer: 'A new shop front before spring.' }],
  hostLine: 'Looking forward to it. Please have your brand colours at hand.',
  reason: null,
  cancelledBy: null,
  otherTime: null,
  expiresMs: START_MS - 4 * HOUR_MS,
  links: {
    manage: 'https://book.example/m#mt_sample',
    room: 'https://market.example/rooms/r-4821',
    bookAgain: 'https://book.example/b/market/ana/intro',
    calendarFile: 'https://book.example/v1/bookings/bkg_sample/calendar.ics?t=sample',
  },
};

const other = { startMs: START_MS + 72 * HOUR_MS, endMs: START_MS + 72.5 * HOUR_MS };
const ended = { reason: 'A deadline moved, sorry.', cancelledBy: 'Ana Souza' };

/** Invented facts for every kind of message: what the preview page shows and what the golden files are made of. */
export const SAMPLE_MESSAGES: MessageData = {
  requested: booking,
  moveRequested: { ...booking, otherTime: other },
  moveDeclined: { ...booking, otherTime: other, reason: 'I am travelling that day.' },
  confirmed: booking,
  declined: { ...booking, reason: 'I am travelling that day.' },
  expired: booking,
  rescheduled: { ...booking, ...other, otherTime: { startMs: booking.startMs, endMs: booking.endMs } },
  locationChanged: { ...booking, place: { type: 'link', detail: 'https://call.example/kumar-souza' } },
  cancelled: { ...booking, ...ended },
  reminder: booking,
  guestAdded: booking,
  guestRemoved: booking,
  proposal: {
    brand,
    timeZone: 'Asia/Kolkata',
    title: 'Project introduction',
    offeredBy: 'Ana Souza',
    times: [booking, other, { startMs: START_MS + 96 * HOUR_MS, endMs: START_MS + 96.5 * HOUR_MS }].map(({ startMs, endMs }) => ({
      startMs,
      endMs,
    })),
    expiresMs: START_MS - 4 * HOUR_MS,
    links: { pick: 'https://market.example/rooms/r-4821' },
  },
  firstContact: {
    brand,
    noticeText:
      'Until a contract exists, **please keep all communication in this room**.\n\n- No phone numbers, mail addresses or links to other tools\n- Calls take place in the room\n\nIf a call fails, [read what to do](https://market.example/help).',
    links: { room: 'https://market.example/rooms/r-4821' },
  },
  calendarDisconnected: { brand, calendarName: 'Google (work)', links: { settings: 'https://market.example/settings' } },
  verificationCode: { brand, code: '482915', validMinutes: 10 },
};

const GUEST_KINDS: readonly MessageKind[] = [
  'guestAdded',
  'guestRemoved',
  'confirmed',
  'rescheduled',
  'locationChanged',
  'cancelled',
  'reminder',
];
const HOST_ZONE = 'America/New_York';

/** To whom each kind may go; the kinds without a booking go to one person only. */
export function samplePartiesOf(kind: MessageKind): readonly Party[] {
  if (kind === 'guestAdded' || kind === 'guestRemoved') return ['guest'];
  if (!('recipient' in SAMPLE_MESSAGES[kind])) return [kind === 'calendarDisconnected' ? 'host' : 'invitee'];
  return GUEST_KINDS.includes(kind) ? ['host', 'invitee', 'guest'] : ['host', 'invitee'];
}

/** One sample message, as the preview page asks for it: kind, recipient and language. */
export function renderSample(kind: MessageKind, party: Party, locale: string): RenderedMessage {
  const data = SAMPLE_MESSAGES[kind];
  if (!('recipient' in data)) return renderMessage(kind, data, locale);
  const links = party === 'guest' ? { ...data.links, manage: null, bookAgain: null } : data.links;
  const recipient = { party, timeZone: party === 'host' ? HOST_ZONE : data.recipient.timeZone };
  return renderMessage(kind, { ...data, recipient, links }, locale);
}

/** Every kind with its recipients, in the order the preview lists them. */
export function listSamples(): { kind: MessageKind; party: Party }[] {
  return MESSAGE_KINDS.flatMap((kind) => samplePartiesOf(kind).map((party) => ({ kind, party })));
}
