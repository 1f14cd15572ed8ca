import { expect, test } from 'vitest';
import { signRoomToken } from '../../helpers/world.ts';
import { bookAt, connectByConsent, DAY, type CalendarApp, listDay, withCalendars } from './with-calendars.ts';

const TEN = `${DAY}T15:00:00Z`;
const ELEVEN = `${DAY}T16:00:00Z`;
const MAIN = 'host@example.com';

test('an offer is made of times that are free by now, asked of the calendar in one go, and nothing is kept of one that is not', async () => {
  await withCalendars(async (given) => {
    const { google, db } = given;
    await connectByConsent(given);
    // Behind our back: the copy, which is fresh, does not know.
    google.putEvent(MAIN, { id: 'o1', start: { dateTime: ELEVEN }, end: { dateTime: `${DAY}T16:30:00Z` } });
    expect((await listDay(given)).starts).toContain('16:00');
    const asked = reads(given);
    const refused = await propose(given, [TEN, ELEVEN]);
    expect(refused).toMatchObject({ status: 409, body: { code: 'slot_unavailable', reason: 'busy' } });
    expect(refused.body.detail).toContain('16:00');
    expect(reads(given)).toBe(asked + 1);
    expect(await db.selectFrom('claims').selectAll().execute()).toEqual([]);
    expect((await listDay(given)).starts).not.toContain('16:00');
    expect(await propose(given, [TEN, `${DAY}T17:00:00Z`])).toMatchObject({ status: 201 });
  });
});

test('while the calendar cannot be asked no time is offered, and none of an offer is taken; both work when it is back', async () => {
  await withCalendars(async (given) => {
    const { google } = given;
    await connectByConsent(given);
    google.failAlways({ status: 503 });
    const unavailable = { status: 503, body: { code: 'calendar_unavailable' } };
    expect(await propose(given, [TEN])).toMatchObject(unavailable);
    google.failAlways(null);
    const offered = await propose(given, [TEN, ELEVEN]);
    expect(offered.status).toBe(201);
    google.failAlways({ status: 503 });
    expect(await accept(given, offered.body.id, TEN)).toMatchObject(unavailable);
    google.failAlways(null);
    expect(await accept(given, offered.body.id, TEN)).toMatchObject({ status: 200, body: { status: 'confirmed', start: TEN } });
  });
});

test('a time of an offer that became busy afterwards cannot be picked; the others can', async () => {
  await withCalendars(async (given) => {
    const { google } = given;
    await connectByConsent(given);
    const offered = await propose(given, [TEN, ELEVEN]);
    google.putEvent(MAIN, { id: 'o1', start: { dateTime: TEN }, end: { dateTime: `${DAY}T15:30:00Z` } });
    expect(await accept(given, offered.body.id, TEN)).toMatchObject({ status: 409, body: { code: 'slot_unavailable' } });
    expect((await bookAt(given, ELEVEN)).status).toBe(409);
    expect(await accept(given, offered.body.id, ELEVEN)).toMatchObject({ status: 200, body: { start: ELEVEN } });
  });
});

async function token({ world, clock }: CalendarApp, role: 'host' | 'invitee'): Promise<string> {
  const who = role === 'host' ? { sub: 'ana', name: 'Ana Host' } : { sub: 'client-1', name: 'Cleo Client' };
  return signRoomToken(world, clock.nowMs(), { ...who, role, room: { id: 'room-1', stage: 'contract' } });
}

async function propose(given: CalendarApp, starts: readonly string[]) {
  const { call, world } = given;
  const body = { eventTypeId: world.eventTypeId, starts };
  return call('POST', '/v1/proposals', { key: world.publishableKey, roomToken: await token(given, 'host'), body });
}

async function accept(given: CalendarApp, id: string, start: string) {
  const { call, world } = given;
  const options = { key: world.publishableKey, roomToken: await token(given, 'invitee'), body: { start } };
  return call('POST', `/v1/proposals/${id}/accept`, options);
}

function reads({ google }: CalendarApp): number {
  return google.requests.filter(({ url }) => url.pathname.endsWith('/freeBusy')).length;
}
