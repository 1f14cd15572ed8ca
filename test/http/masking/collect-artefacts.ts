import { DAY } from './book-every-way.ts';
import { type Artefact, HOST, INVITEE, type Reader } from './find-leaks.ts';
import type { Rooms } from './with-rooms.ts';

/** Everything each reader gets to see afterwards, besides the answers they got on the way; `withoutPast` leaves out what left before now. */
export async function collectArtefacts(rooms: Rooms, { withoutPast = false } = {}): Promise<Artefact[]> {
  const { outbox } = rooms;
  if (withoutPast) for (const list of Object.values(outbox)) list.length = 0;
  await rooms.drain();
  await lookAround(rooms);
  const files = await openBookings(rooms);
  const events = await rooms.given.db.selectFrom('events').selectAll().execute();
  return [
    ...outbox.answers,
    ...files,
    ...outbox.mails.map(({ to, subject, text, html, invitation, replyTo, fromName }) => ({
      what: `mail to ${to.name}: ${subject}`,
      reader: readerOf(to.address),
      text: [subject, text, html, unfold(invitation?.file ?? ''), JSON.stringify(replyTo), fromName].join('\n'),
    })),
    ...outbox.texts.map(({ to, text }): Artefact => ({ what: 'SMS', reader: to === HOST.phone ? 'host' : 'invitee', text })),
    ...outbox.hooks.map(({ url, body }): Artefact => {
      const isFull = url.endsWith('full');
      return { what: isFull ? 'full webhook' : 'masked webhook', reader: isFull ? 'operator' : 'nobody', text: body };
    }),
    ...(withoutPast
      ? []
      : events.map(({ type, data }): Artefact => ({ what: `event ${type}`, reader: 'nobody', text: JSON.stringify(data) }))),
    ...outbox.logs.map((text): Artefact => ({ what: 'log', reader: 'nobody', text })),
  ];
}

/** The kinds among them, of those that not only the tenant reads. */
export function kindsOf(artefacts: readonly Artefact[]): string[] {
  const kinds = artefacts
    .filter(({ reader }) => reader !== 'operator')
    .map(({ what }) => /^(answer|calendar file|event|log|mail|masked webhook)/.exec(what)?.[1] ?? what);
  return [...new Set(kinds)].sort();
}

async function lookAround({ world, get }: Rooms): Promise<void> {
  const eventType = `/v1/event-types/${world.eventTypeId}`;
  const slots = `${eventType}/slots?from=${DAY}&to=2026-11-26&include=eventType,notice,brand`;
  for (const who of ['invitee', 'host'] as const)
    for (const url of ['/v1/bookings?limit=100', '/v1/proposals?limit=100', eventType, slots, '/v1/notices/current']) await get(url, who);
  for (const url of [eventType, slots, '/v1/notices/current']) await get(url, 'visitor');
  await get(`/v1/hosts/${world.hostId}`, 'host');
}

/** Each meeting by every credential that opens it, and its calendar file by every way to it. */
async function openBookings({ given, world, get, bookings }: Rooms): Promise<Artefact[]> {
  const found: Artefact[] = [];
  const asManager = async (id: string, reader: Reader, key: string) => {
    for (const url of ['/v1/bookings/current', `/v1/bookings/${id}`, `/v1/bookings/${id}/history`, `/v1/bookings/${id}/calendar.ics`]) {
      const { status, text } = await given.call('GET', url, { key });
      // The history is not for invitees.
      if (status !== 200 && !(status === 403 && reader === 'invitee')) throw new Error(`manage ${url}: ${text}`);
      found.push({ what: `${url.endsWith('.ics') ? 'calendar file' : 'answer'} by manage token, ${reader}`, reader, text: unfold(text) });
    }
  };
  for (const [id, { manageToken }] of bookings) {
    const isInRoom = (await get(`/v1/bookings/${id}`, 'operator')).body.room !== null;
    for (const who of isInRoom ? (['invitee', 'host'] as const) : (['host'] as const)) {
      const { links } = (await get(`/v1/bookings/${id}`, who)).body;
      if (who === 'host') await get(`/v1/bookings/${id}/history`, who);
      const byLink = await given.call('GET', links.ics.replace(given.deps.publicUrl, ''), { key: null });
      const inRoom = await get(`/v1/bookings/${id}/calendar.ics`, who);
      for (const { text } of [byLink, inRoom]) found.push({ what: 'calendar file', reader: who, text: unfold(text) });
      await asManager(id, who, links.manage.split('#')[1]);
    }
    if (manageToken !== null) await asManager(id, 'invitee', manageToken);
  }
  const feed = await get(`/v1/hosts/${world.hostId}/feed.ics`, 'host');
  found.push({ what: 'calendar file of all meetings', reader: 'host', text: unfold(feed.text) });
  for (const { what, text } of found) if (what.startsWith('calendar file') && !text.includes('BEGIN:VEVENT')) throw new Error(text);
  return found;
}

function readerOf(address: string): Reader {
  if (address === HOST.email) return 'host';
  return address === INVITEE.email ? 'invitee' : 'guest';
}

/** RFC 5545, 3.1. */
function unfold(file: string): string {
  return file.replaceAll(/\r?\n[ \t]/g, '').replaceAll(/\\([,;])/g, '$1');
}
