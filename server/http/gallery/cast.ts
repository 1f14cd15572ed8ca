import type { Booking } from '../../../shared/contract/booking.ts';
import type { PublicEventType } from '../../../shared/contract/event-type.ts';
import type { CurrentNotice } from '../../../shared/contract/notice.ts';

/** The time of the gallery, a Monday, so that every look at a state is the same: 8:00 in New York, where its visitor is. */
export const GALLERY_NOW = '2026-11-02T13:00:00Z';
export const VISITOR_ZONE = 'America/New_York';

export const EVENT_TYPE: PublicEventType = {
  id: 'evt_gallery',
  title: 'Shop logo: first call',
  description: 'What the logo shall say, where it will stand, and what it may cost.',
  durationsMinutes: [30, 60],
  locations: [{ type: 'room' }],
  questions: [],
  guestLimit: 2,
  confirmation: 'instant',
  message: null,
  active: true,
  reasonRequired: false,
  hosts: [{ id: 'host_gallery', name: 'Mira Kapoor', timeZone: 'Europe/London' }],
};

export const NOTICE: CurrentNotice = {
  noticeVersionId: 'ntv_gallery',
  key: 'stay-here',
  version: 3,
  locale: 'en',
  text: '**Calls stay in this room until there is a contract.** Please do not share phone numbers, addresses or links to other services.',
  textHash: '0'.repeat(64),
  label: 'I have read this and keep the call in this room.',
  fallback: 'Write in this room first. If that does not help, the two of you may meet by a link that you agree on here.',
  acknowledgement: 'oncePerRoom',
  severity: 'info',
};

export const BOOKING: Booking = {
  id: 'bkg_gallery',
  status: 'confirmed',
  eventTypeId: EVENT_TYPE.id,
  title: EVENT_TYPE.title,
  start: '2026-11-05T15:00:00Z',
  end: '2026-11-05T15:30:00Z',
  durationMinutes: 30,
  hosts: [{ id: 'host_gallery', name: 'Mira Kapoor', timeZone: 'Europe/London' }],
  invitee: { name: 'Cleo Martin', timeZone: VISITOR_ZONE, locale: 'en' },
  guests: [],
  answers: {},
  note: 'It is for the bakery.',
  location: { type: 'room' },
  room: { id: 'room-gallery', stage: 'preContract' },
  stage: 'preContract',
  sequence: 0,
  rescheduleCount: 0,
  acknowledgementId: 'ack_gallery',
  requestExpiresAt: null,
  links: {
    manage: '/dev/widget?state=manage',
    ics: '/dev/widget?state=manage',
    google: 'https://calendar.google.com/calendar/render',
    outlook: 'https://outlook.live.com/calendar/0/deeplink/compose',
    office365: 'https://outlook.office.com/calendar/0/deeplink/compose',
    yahoo: 'https://calendar.yahoo.com/',
  },
  createdAt: '2026-11-02T12:00:00Z',
  updatedAt: '2026-11-02T12:00:00Z',
  cancelledAt: null,
  reason: null,
};

/** A room token as the widget reads it. Nobody signed it: the scripted answers ask for none. */
export function galleryToken(claims: {
  readonly name: string;
  readonly role?: string;
  readonly email?: string;
  readonly room?: { readonly id: string };
}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: 'client-1', role: 'invitee', ...claims })}.`;
}

/** So that days differ, as they do. */
export const BUSY = [
  { start: '2026-11-03T12:00:00Z', end: '2026-11-03T17:00:00Z' },
  { start: '2026-11-06T12:00:00Z', end: '2026-11-06T21:00:00Z' },
  { start: '2026-11-11T14:00:00Z', end: '2026-11-11T18:30:00Z' },
  { start: '2026-11-16T00:00:00Z', end: '2026-11-18T00:00:00Z' },
];
