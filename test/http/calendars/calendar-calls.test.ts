import { describe, expect, test } from 'vitest';
import type { MailMessage } from '../../../server/adapters/mail/mailer.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import { catchMails } from '../../flows/messages/mail-catcher.ts';
import { signRoomToken } from '../../helpers/world.ts';
import { bookAt, type CalendarApp, connectByConsent, DAY, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;
const ELEVEN = `${DAY}T16:00:00Z`;
const MEET = 'https://meet.google.com/abc-defg-hij';
const TEAMS = 'https://teams.microsoft.com/l/meetup-join/abc';
const HALF_A_MINUTE_MS = 30_000;

type Answer = Awaited<ReturnType<CalendarApp['call']>>;

interface Calls extends CalendarApp {
  /** Does what is due at the test's clock. */
  readonly work: () => Promise<void>;
  readonly mails: readonly MailMessage[];
  readonly book: (location?: object, start?: string) => Promise<Answer>;
  readonly read: (id: string) => Promise<Answer['body']>;
}

/** An event type of several kinds of places, for hosts with real accounts (of the fakes). */
async function withCalls(use: (given: Calls) => Promise<void>): Promise<void> {
  await withCalendars(async (given) => {
    const { call, world, deps } = given;
    const mailer = catchMails();
    const work = async () =>
      createPostman({ ...deps, mailer, luck: () => 0 }, (error) => {
        throw error;
      }).drain();
    const locations = [{ type: 'googleMeet' }, { type: 'teams' }, { type: 'room' }];
    const changed = await call('PATCH', `/v1/event-types/${world.eventTypeId}`, { key: world.secretKey, body: { locations } });
    expect(changed.status, changed.text).toBe(200);
    const book = async (location?: object, start = TEN) => bookAt(given, start, location && { location });
    const read = async (id: string) => (await call('GET', `/v1/bookings/${id}`, { key: world.secretKey })).body;
    await use({ ...given, work, mails: mailer.caught, book, read });
  });
}

async function writeTo(given: CalendarApp, provider: 'google' | 'microsoft'): Promise<void> {
  const id = await connectByConsent(given, provider, provider === 'google' ? 'writeOwnCalendar' : 'writeAnyCalendar');
  const chosen = await given.call('PATCH', `/v1/connections/${id}`, { key: given.world.secretKey, body: { writeCalendarId: 'new' } });
  expect(chosen.status, chosen.text).toBe(200);
}

function eventsOf({ google }: CalendarApp) {
  return [...google.calendars.values()].flatMap(({ events }) => [...events.values()]).filter(({ status }) => status !== 'cancelled');
}

describe('a call whose link the host’s calendar makes', () => {
  test('is offered only by hosts whose calendar makes it; others are told what is missing', async () => {
    await withCalls(async (given) => {
      const { call, world, book } = given;
      const shown = async () =>
        (await call('GET', `/v1/event-types/${world.eventTypeId}`, { key: world.publishableKey })).body.locations.map(
          ({ type }: { type: string }) => type,
        );
      expect(await shown()).toEqual(['room']);
      const rules = await call('GET', `/v1/event-types/${world.eventTypeId}`, { key: world.secretKey });
      expect(rules.body.warnings.map(({ code }: { code: string }) => code)).toEqual(['call_without_calendar', 'call_without_calendar']);
      expect((await book()).body.location).toEqual({ type: 'room' });
      const refused = await book({ type: 'googleMeet' }, ELEVEN);
      expect(refused).toMatchObject({ status: 422, body: { code: 'location_not_allowed' } });
      expect(refused.body.detail).toContain('a Google account');
      await connectByConsent(given, 'google', 'busy');
      expect(await shown(), 'one that is only read makes nothing').toEqual(['room']);
      await writeTo(given, 'microsoft');
      expect(await shown()).toEqual(['teams', 'room']);
      expect((await book({ type: 'googleMeet' }, ELEVEN)).status).toBe(422);
      expect((await book(undefined, ELEVEN)).body.location).toEqual({ type: 'teams' });
    });
  });

  test('nobody can say a link of their own for it', async () => {
    await withCalls(async (given) => {
      await writeTo(given, 'google');
      const refused = await given.book({ type: 'googleMeet', url: 'https://elsewhere.example/call' });
      expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    });
  });

  test.each([
    ['google', 'googleMeet', MEET],
    ['microsoft', 'teams', TEAMS],
  ] as const)('of %s is made once, and everybody is told of the meeting once, with the link', async (provider, type, url) => {
    await withCalls(async (given) => {
      const { call, world, work, mails, book, read, google, graph } = given;
      await writeTo(given, provider);
      const made = await book({ type });
      expect(made.status, made.text).toBe(201);
      expect(made.body.location).toEqual({ type });
      await work();
      const booking = await read(made.body.id);
      expect(booking).toMatchObject({ location: { type, url }, sequence: 0 });
      expect(booking.links.google).toContain(encodeURIComponent(url));
      expect(mails).toHaveLength(2);
      for (const mail of mails) expect(mail.text).toContain(url);
      const file = await call('GET', new URL(booking.links.ics).pathname + new URL(booking.links.ics).search, { key: null });
      expect(file.text.replaceAll('\r\n ', '')).toContain(`LOCATION:${url}`);
      const history = await call('GET', `/v1/bookings/${made.body.id}/history`, { key: world.secretKey });
      expect(history.body.data.map(({ action }: { action: string }) => action)).toEqual(['confirmed', 'linkMade']);
      const kept = await given.db.selectFrom('events').select(['type', 'data']).orderBy('at').execute();
      expect(
        kept.map(({ type: name, data }) => [name, (data as { change?: string }).change]).filter(([name]) => name === 'booking.rescheduled'),
      ).toEqual([['booking.rescheduled', 'location']]);

      await work();
      const again = await call('POST', `/v1/bookings/${made.body.id}/reschedule`, { key: world.secretKey, body: { start: ELEVEN } });
      expect(again.body.location, 'moved, the call stays').toEqual({ type, url });
      await work();
      expect((await read(made.body.id)).location).toEqual({ type, url });
      expect(mails).toHaveLength(4);
      if (provider === 'google') expect(eventsOf(given)).toMatchObject([{ hangoutLink: MEET, location: url }]);
      else expect([...graph.events.values()]).toMatchObject([{ location: { displayName: url } }]);
      await call('POST', `/v1/bookings/${made.body.id}/cancel`, { key: world.secretKey });
      await work();
      expect(provider === 'google' ? eventsOf(given) : [...graph.events.values()].filter(({ deleted }) => !deleted)).toEqual([]);
      expect([google.problems, graph.problems]).toEqual([[], []]);
    });
  });

  test('that is slow to come is waited for half a minute; then the meeting is told without it, and the link when it is there', async () => {
    await withCalls(async (given) => {
      const { clock, work, mails, book, read, google } = given;
      await writeTo(given, 'google');
      google.makeLinksSlow(2);
      const made = await book({ type: 'googleMeet' });
      await work();
      expect(mails).toHaveLength(0);
      clock.setTime(clock.nowMs() + HALF_A_MINUTE_MS);
      await given.db
        .updateTable('written_events')
        .set({ next_at: new Date(clock.nowMs() + 1) })
        .execute();
      await work();
      expect(mails).toHaveLength(2);
      for (const mail of mails) expect(mail.text).not.toContain(MEET);
      // An event that is found changed is read first and written a few seconds later.
      for (const waitMs of [3_600_000, 10_000, 3_600_000, 10_000]) {
        clock.setTime(clock.nowMs() + waitMs);
        await work();
      }
      expect(await read(made.body.id)).toMatchObject({ location: { url: MEET }, sequence: 1 });
      expect(mails).toHaveLength(4);
      for (const mail of mails.slice(2)) expect(mail.text).toContain(MEET);
      expect(eventsOf(given)).toHaveLength(1);
    });
  });

  test('is made when a request is confirmed, not before', async () => {
    await withCalls(async (given) => {
      const { call, world, work, book, read } = given;
      await writeTo(given, 'google');
      await call('PATCH', `/v1/event-types/${world.eventTypeId}`, { key: world.secretKey, body: { confirmation: 'request' } });
      const made = await book();
      await work();
      expect((await read(made.body.id)).location).toEqual({ type: 'googleMeet' });
      expect(eventsOf(given)[0]?.hangoutLink).toBeUndefined();
      await call('POST', `/v1/bookings/${made.body.id}/confirm`, { key: world.secretKey });
      await work();
      expect((await read(made.body.id)).location).toEqual({ type: 'googleMeet', url: MEET });
    });
  });

  test('of a meeting with two hosts is made by the first of them alone', async () => {
    await withCalls(async (given) => {
      const { call, world, work, read } = given;
      const second = await call('POST', '/v1/hosts', { key: world.secretKey, body: { name: 'Bo', timeZone: 'America/New_York' } });
      const both = [second.body.id as string, world.hostId];
      await writeTo(given, 'google');
      await writeTo({ ...given, world: { ...world, hostId: second.body.id } }, 'google');
      const shared = await call('POST', '/v1/event-types', {
        key: world.secretKey,
        body: {
          hostId: both[0],
          hostIds: both,
          assignment: 'collective',
          title: 'Two',
          durationsMinutes: [30],
          locations: [{ type: 'googleMeet' }],
        },
      });
      const made = await bookAt({ call, world: { ...world, eventTypeId: shared.body.id } }, TEN);
      expect(made.status, made.text).toBe(201);
      await work();
      expect((await read(made.body.id)).location).toEqual({ type: 'googleMeet', url: MEET });
      await work();
      const events = eventsOf(given);
      expect(events).toHaveLength(2);
      expect(events.filter(({ hangoutLink }) => hangoutLink !== undefined)).toHaveLength(1);
      for (const { location } of events as { location?: string }[]) expect(location).toBe(MEET);
    });
  });

  test('before a contract is open to both sides where the stage allows such calls, and not offered where it does not', async () => {
    await withCalls(async (given) => {
      const { call, world, clock, work } = given;
      await writeTo(given, 'google');
      const roomToken = await signRoomToken(world, clock.nowMs());
      const as = { key: world.publishableKey, roomToken };
      const asked = { eventTypeId: world.eventTypeId, start: TEN, invitee: { name: 'x' }, location: { type: 'googleMeet' } };
      expect(await call('POST', '/v1/bookings', { ...as, body: asked })).toMatchObject({
        status: 422,
        body: { code: 'location_not_allowed' },
      });
      const policy = { preContract: { locations: ['room', 'googleMeet'] } };
      expect((await call('PATCH', '/v1/tenant', { key: world.secretKey, body: { policy } })).status).toBe(200);
      const made = await call('POST', '/v1/bookings', { ...as, body: asked });
      expect(made.status, made.text).toBe(201);
      await work();
      const seen = await call('GET', `/v1/bookings/${made.body.id}`, as);
      expect(seen.body.location).toEqual({ type: 'googleMeet', url: MEET });
      expect(seen.text).not.toContain('ana@host.example');
    });
  });
});
