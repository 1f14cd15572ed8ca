import { expect, test } from 'vitest';
import { createPostman } from '../../../server/flows/postman.ts';
import { bookAt, connectByConsent, DAY, listDay, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;

test('who grants writing to a calendar of our own alone gets exactly that: it is made, bookings lie there, and no other may be chosen', async () => {
  await withCalendars(async (given) => {
    const { google, call, world, deps } = given;
    const id = await connectByConsent(given, 'google', 'writeOwnCalendar');
    const choose = (writeCalendarId: string | null) =>
      call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body: { writeCalendarId } });
    const refused = await choose('host@example.com');
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: 'writeCalendarId' }] } });
    expect(refused.text).toContain('writeAnyCalendar');
    const made = await choose('new');
    expect(made.status, made.text).toBe(200);
    const own = made.body.calendars.find((one: { own: boolean }) => one.own);
    expect(own).toMatchObject({ id: made.body.writeCalendarId, name: 'Acme', blocks: false, writable: true });

    await bookAt(given, TEN);
    await createPostman(deps, (error) => expect(error).toBeNull()).drain();
    expect(google.calendars.get(own.id)?.events.size).toBe(1);
    // The main calendar is still read for busy time, by the right that gives nothing else.
    const listed = await listDay(given);
    expect(listed.status).toBe('fresh');
    expect(listed.starts).toContain('15:30');
    const synced = await call('POST', `/v1/connections/${id}/sync`, { key: world.secretKey });
    expect(synced.body).toMatchObject({ status: 'ok', writeCalendarId: own.id });
    expect(synced.body.calendars).toContainEqual(own);
    await choose(null);
    expect((await choose(own.id)).status).toBe(200);
    expect(google.problems).toEqual([]);
  });
});

test('a calendar of the same name that the host had before is left alone; one from an attempt whose answer was lost is taken', async () => {
  await withCalendars(async (given) => {
    const { google, call, world } = given;
    const named = (id: string) => google.calendars.set(id, { id, summary: 'Acme', primary: false, accessRole: 'owner', events: new Map() });
    named('old@group.calendar.google.com');
    const id = await connectByConsent(given, 'google', 'writeOwnCalendar');
    const choose = async (writeCalendarId: string | null) =>
      (await call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body: { writeCalendarId } })).body.writeCalendarId as
        string | null;
    named('made-lost@group.calendar.google.com');
    expect(await choose('new')).toBe('made-lost@group.calendar.google.com');
    await choose(null);
    expect(await choose('new')).toBe('made-lost@group.calendar.google.com');
    google.calendars.delete('made-lost@group.calendar.google.com');
    await choose(null);
    expect(await choose('new')).toBe('made-1@group.calendar.google.com');
  });
});

test('who granted reading alone is told how writing is turned on', async () => {
  await withCalendars(async (given) => {
    const { call, world } = given;
    const id = await connectByConsent(given);
    for (const writeCalendarId of ['new', 'host@example.com']) {
      const refused = await call('PATCH', `/v1/connections/${id}`, { key: world.secretKey, body: { writeCalendarId } });
      expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: 'writeCalendarId' }] } });
      expect(refused.body.issues[0].message).toContain('authorize again');
    }
  });
});
