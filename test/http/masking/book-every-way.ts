import { GUESTS, HOST, INVITEE } from './find-leaks.ts';
import type { Rooms } from './with-rooms.ts';

export const DAY = '2026-11-24';
const VISITOR = { ...INVITEE, timeZone: 'Europe/Berlin' };

/** Every way a meeting comes about and everything that can happen to it, from 14:00 UTC on: nine in New York. */
export async function bookEveryWay({ post, world, given, drain }: Rooms, answers: object): Promise<void> {
  const { eventTypeId } = world;
  const at = (time: string) => `${DAY}T${time}:00Z`;
  const room = { id: 'room-1' };
  const byToken = await post('/v1/bookings', 'invitee', {
    eventTypeId,
    start: at('14:00'),
    note: 'see you',
    answers,
    guests: GUESTS,
    location: { type: 'phone' },
  });
  await drain();
  const byKey = await post('/v1/bookings', 'operator', {
    eventTypeId,
    start: at('14:30'),
    room,
    invitee: { ...INVITEE, externalId: 'c' },
    answers,
    metadata: { crm: { owner: HOST.email }, lead: INVITEE.phone },
  });
  await post('/v1/bookings', 'visitor', { eventTypeId, start: at('15:00'), invitee: VISITOR, guests: GUESTS });
  const offered = await post('/v1/proposals', 'host', { eventTypeId, starts: [at('15:30'), at('16:00')] });
  await drain();
  await post(`/v1/proposals/${offered.id}/accept`, 'invitee', { start: at('15:30') });
  const asked = await post('/v1/proposals', 'invitee', { eventTypeId, starts: [at('16:30')] });
  await post(`/v1/proposals/${asked.id}/accept`, 'host', { start: at('16:30') });
  await given.call('PATCH', `/v1/event-types/${eventTypeId}`, { key: world.secretKey, body: { confirmation: 'request' } });
  const yes = await post('/v1/bookings', 'invitee', { eventTypeId, start: at('17:00'), note: 'a request' });
  const no = await post('/v1/bookings', 'invitee', { eventTypeId, start: at('17:30') });
  await drain();
  await post(`/v1/bookings/${yes.id}/confirm`, 'host', { message: 'gladly' });
  await post(`/v1/bookings/${no.id}/decline`, 'host', { reason: 'too busy' });
  await post(`/v1/bookings/${yes.id}/reschedule`, 'invitee', { start: at('18:00'), reason: 'later' });
  await drain();
  await post(`/v1/bookings/${yes.id}/confirm`, 'host', {});
  await post(`/v1/bookings/${yes.id}/reschedule`, 'host', { start: at('18:30') });
  await post(`/v1/bookings/${byToken.id}/guests`, 'invitee', { remove: [GUESTS[0]?.email] });
  await post(`/v1/bookings/${byToken.id}/guests`, 'invitee', { add: GUESTS });
  await post('/v1/incidents', 'host', { kind: 'callTrouble', bookingId: byKey.id, note: `call me: ${HOST.phone}` });
  await drain();
  given.clock.setTime(`${DAY}T12:00:00Z`);
  await drain();
  await post(`/v1/bookings/${byKey.id}/cancel`, 'host', { reason: 'ill' });
  given.clock.setTime(`${DAY}T14:45:00Z`);
  await post(`/v1/bookings/${byToken.id}/no-show`, 'host', { hostNote: 'private' });
}
