import { describe, expect, test } from 'vitest';
import type { RouteEntry } from '../../server/http/route-table.ts';
import type { Caller } from '../../server/flows/caller.ts';
import { spreadEvents } from '../../server/flows/spread-events.ts';
import { isAllowed } from '../../server/http/caller.ts';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

const TEN = '2026-11-24T15:00:00Z';
const NOON = '2026-11-24T17:00:00Z';
const ONE = '2026-11-24T18:00:00Z';
const ROOM = { id: 'room-1', stage: 'contract' as const };

/** What one tenant has, by the name it goes by in an address. */
interface Treasure {
  readonly ids: Readonly<Record<string, string>>;
  readonly bodies: Readonly<Record<string, object>>;
}

interface Intruder {
  readonly name: string;
  readonly key: string | null;
  readonly roomToken?: string;
  /** As the routes' rules see it; null for nobody. */
  readonly as: Caller | null;
  /** Of the same tenant: only what the route's rule keeps out is of interest. */
  readonly isWeaker?: true;
  /** Addresses, or their beginnings, that are this caller's by right; `$` ends a whole one. */
  readonly mayOpen?: readonly string[];
}

/** Every route there is, whatever is added later: a new one with an id in its address must be named below before this passes. */
describe('walls', () => {
  test('no route lets another tenant, another host, another room or a weaker credential through', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const treasure = await fill(given, world);
      const intruders = await invite(given, world, treasure);
      const routes = given.app.routeTable.filter(
        ({ url, method, allow }) => allow !== null && method !== 'HEAD' && method !== 'OPTIONS' && url.startsWith('/v1/'),
      );
      expect(routes.length).toBeGreaterThan(40);
      const broken: string[] = [];
      let calls = 0;
      for (const intruder of intruders) {
        for (const route of routes) {
          const url = addressOf(route, treasure);
          if (intruder.mayOpen?.some((one) => (one.endsWith('$') ? url === one.slice(0, -1) : url.startsWith(one))) === true) continue;
          const body = treasure.bodies[`${route.method} ${route.url}`];
          const namesForeign = route.url.includes(':') || body !== undefined;
          const isLetIn = intruder.as !== null && isAllowed(route.allow ?? {}, intruder.as);
          if (route.allow?.anybody === true && intruder.as === null) continue;
          if (isLetIn && intruder.isWeaker === true) continue;
          const answer = await given.call(route.method as 'GET', url, {
            key: intruder.key,
            ...(intruder.roomToken !== undefined && { roomToken: intruder.roomToken }),
            ...(route.method !== 'GET' && route.method !== 'DELETE' && { body: body ?? {} }),
          });
          calls += 1;
          const isKeptOut = [401, 403, 404].includes(answer.status);
          const tells = Object.values(treasure.ids).some(
            (id) => answer.text.includes(id) && !url.includes(id) && !JSON.stringify(body ?? {}).includes(id),
          );
          if ((!isLetIn || namesForeign) && !isKeptOut)
            broken.push(`${intruder.name}: ${route.method} ${url} -> ${answer.status} ${answer.text.slice(0, 160)}`);
          else if (tells) broken.push(`${intruder.name}: ${route.method} ${url} tells what is not theirs`);
        }
      }
      console.log(`${routes.length} routes, ${intruders.length} intruders, ${calls} calls`);
      expect(broken).toEqual([]);
    });
  });
});

/** One of everything, in the first tenant. */
async function fill(given: TestApp, world: World): Promise<Treasure> {
  const post = async (url: string, body: object, roomToken?: string) => {
    const answer = await given.call('POST', url, {
      key: roomToken === undefined ? world.secretKey : world.publishableKey,
      body,
      ...(roomToken && { roomToken }),
    });
    if (answer.status >= 300) throw new Error(`${url}: ${answer.text}`);
    return answer.body;
  };
  const endpoint = await post('/v1/webhook-endpoints', { url: 'https://hooks.example/parley', events: ['*'] });
  const owner = { name: 'Cleo Client', externalId: 'client-1', email: 'cleo@client.example' };
  const schedule = await post('/v1/schedules', {
    hostId: world.hostId,
    name: 'More',
    timeZone: 'UTC',
    weeklyHours: [{ days: ['sunday'], start: '10:00', end: '11:00' }],
  });
  const booking = await post('/v1/bookings', { eventTypeId: world.eventTypeId, start: TEN, invitee: owner, room: ROOM });
  const holder = await signRoomToken(world, given.clock.nowMs(), { sub: 'client-1', room: ROOM });
  const hold = await post('/v1/holds', { eventTypeId: world.eventTypeId, start: NOON }, holder);
  const proposal = await post('/v1/proposals', { eventTypeId: world.eventTypeId, starts: [ONE] }, holder);
  const notice = await post('/v1/notices', {
    key: 'terms',
    placements: ['messageRoom'],
    stages: ['contract'],
    roles: ['invitee', 'host'],
    acknowledgement: 'none',
    text: { en: 'Stay.' },
  });
  const noticeVersion = notice.versions[0].id;
  const acknowledgement = await post('/v1/acknowledgements', { noticeVersionId: noticeVersion }, holder);
  const apiKey = await post('/v1/api-keys', { name: 'Second' });
  const connection = await post(`/v1/hosts/${world.hostId}/connections`, { provider: 'simulated' });
  await spreadEvents(given.deps, 100);
  const log = await given.call('GET', `/v1/webhook-endpoints/${endpoint.id}/deliveries`, { key: world.secretKey });
  const { hostId, eventTypeId } = world;
  return {
    ids: {
      tenants: world.tenantId,
      'webhook-endpoints': endpoint.id,
      deliveries: log.body.data[0].id,
      hosts: hostId,
      schedules: schedule.id,
      'event-types': eventTypeId,
      holds: hold.id,
      bookings: booking.id,
      proposals: proposal.id,
      notices: notice.key,
      versions: noticeVersion,
      acknowledgements: acknowledgement.id,
      'api-keys': apiKey.id,
      people: owner.externalId,
      rooms: ROOM.id,
      connections: connection.id,
    },
    bodies: {
      'POST /v1/schedules': { hostId, name: 'Mine', timeZone: 'UTC', weeklyHours: [] },
      'POST /v1/event-types': { hostId, title: 'Mine', durationsMinutes: [30] },
      'POST /v1/holds': { eventTypeId, start: '2026-11-24T19:00:00Z' },
      'POST /v1/bookings': { eventTypeId, start: '2026-11-24T19:00:00Z', invitee: { name: 'X', email: 'x@x.example' } },
      'POST /v1/bookings/:id/reschedule': { start: '2026-11-24T19:00:00Z' },
      'POST /v1/bookings/:id/location': { location: { type: 'room' } },
      'POST /v1/incidents': { kind: 'callTrouble', bookingId: booking.id },
      'PUT /v1/rooms/:id': { stage: 'contract' },
      'POST /v1/proposals': { eventTypeId, starts: ['2026-11-24T19:00:00Z'], actor: { role: 'host' }, room: { id: 'x' } },
      'POST /v1/proposals/:id/accept': { start: ONE },
      'PATCH /v1/bookings/:id': { hostNote: 'mine now' },
      'POST /v1/hosts/:id/connections': { provider: 'simulated' },
      'PATCH /v1/connections/:id': { failureMode: 'lastKnown' },
      'PATCH /v1/hosts/:id': { name: 'Mine now' },
      'PUT /v1/hosts/:id': { name: 'Mine now', timeZone: 'UTC' },
      'POST /v1/notices/:key/versions': {
        placements: ['messageRoom'],
        stages: ['contract'],
        acknowledgement: 'none',
        text: { en: 'Mine.' },
      },
      'POST /v1/event-types/:id/simulate': { rules: { bufferAfterMinutes: 5 }, weeks: 1 },
    },
  };
}

async function invite(given: TestApp, world: World, { ids }: Treasure): Promise<Intruder[]> {
  const nowMs = given.clock.nowMs();
  const other = await makeWorld(given);
  const secondHost = await given.call('POST', '/v1/hosts', { key: world.secretKey, body: { name: 'Second', timeZone: 'UTC' } });
  const elsewhere = await given.call('POST', '/v1/event-types', {
    key: world.secretKey,
    body: { hostId: secondHost.body.id, title: 'Elsewhere', durationsMinutes: [30], minimumNoticeMinutes: 0 },
  });
  const otherBooking = await given.call('POST', '/v1/bookings', {
    key: world.secretKey,
    body: { eventTypeId: elsewhere.body.id, start: '2026-11-24T10:00:00Z', invitee: { name: 'Other', email: 'o@o.example' } },
  });
  const scoped = async (scopes: string[]) =>
    (await given.call('POST', '/v1/api-keys', { key: world.secretKey, body: { scopes } })).body.key as string;
  const facts = { tenant: { id: '', settings: {} as never }, keyId: '' };
  const room = (role: 'host' | 'invitee'): Caller => ({ kind: 'room', ...facts, person: { role } as never });
  const publishable: Caller = { kind: 'publishable', ...facts };
  const own = `/v1/bookings/${otherBooking.body.id}`;
  const open = [`/v1/event-types/${ids['event-types']}`, '/v1/notices/current', '/v1/slots'];
  return [
    { name: 'nobody', key: null, as: null },
    { name: 'a made-up key', key: `${world.secretKey.slice(0, 40)}${'x'.repeat(20)}`, as: null },
    {
      name: 'the secret key of another tenant',
      key: other.secretKey,
      as: { kind: 'secret', ...facts, scopes: ['admin'] },
      // Rooms are named by each marketplace itself, so this one makes its own.
      mayOpen: ['/v1/tenant', '/v1/rooms/'],
    },
    { name: 'the publishable key of another tenant', key: other.publishableKey, as: publishable },
    {
      name: 'a host of another tenant',
      key: other.publishableKey,
      roomToken: await signRoomToken(other, nowMs, { sub: 'x', role: 'host', room: ROOM }),
      as: room('host'),
    },
    {
      name: 'a client of another tenant with the same name and room',
      key: other.publishableKey,
      roomToken: await signRoomToken(other, nowMs, { sub: 'client-1', room: ROOM }),
      as: room('invitee'),
    },
    {
      name: 'another host of the tenant',
      key: world.publishableKey,
      roomToken: await signRoomToken(world, nowMs, { sub: 'second', role: 'host', hostId: secondHost.body.id, room: ROOM }),
      as: room('host'),
      mayOpen: ['/v1/notices/current'],
    },
    {
      name: 'a client of another host of the tenant',
      key: world.publishableKey,
      roomToken: await signRoomToken(world, nowMs, { sub: 'client-2', hostId: secondHost.body.id, room: ROOM }),
      as: room('invitee'),
      mayOpen: ['/v1/notices/current'],
    },
    {
      name: 'the same client in another room',
      key: world.publishableKey,
      roomToken: await signRoomToken(world, nowMs, { sub: 'client-1', room: { id: 'room-2', stage: 'contract' } }),
      as: room('invitee'),
      mayOpen: [...open, '/v1/holds', '/v1/bookings$', '/v1/hosts', '/v1/notices/current'],
    },
    {
      name: 'another client in the same room',
      key: world.publishableKey,
      roomToken: await signRoomToken(world, nowMs, { sub: 'client-3', room: ROOM }),
      as: room('invitee'),
      mayOpen: [...open, '/v1/holds$', '/v1/bookings$', '/v1/hosts', '/v1/notices/current'],
    },
    {
      name: 'the manage link of another booking',
      key: otherBooking.body.manageToken,
      as: { kind: 'manage', ...facts, bookingId: '', party: 'invitee', hostId: null },
      mayOpen: ['/v1/bookings/current', own, ...open],
    },
    { name: 'the publishable key alone', key: world.publishableKey, as: publishable, isWeaker: true },
    { name: 'a key that may only read', key: await scoped(['read']), as: { kind: 'secret', ...facts, scopes: ['read'] }, isWeaker: true },
    {
      name: 'a key that may not administer',
      key: await scoped(['write']),
      as: { kind: 'secret', ...facts, scopes: ['write'] },
      isWeaker: true,
    },
  ];
}

/** The route's address with the first tenant's ids in it. */
function addressOf({ url }: RouteEntry, { ids }: Treasure): string {
  const parts = url.split('/');
  const filled = parts.map((part, i) => {
    if (!part.startsWith(':')) return part;
    const noun = parts[i - 1] ?? '';
    const id = ids[noun];
    if (id === undefined) throw new Error(`${url}: say in fill() what ${noun} the first tenant has`);
    return encodeURIComponent(id);
  });
  const range = url.endsWith('/slots') ? '?from=2026-11-24&to=2026-11-25' : url.endsWith('/explain') ? '?date=2026-11-24' : '';
  return `${filled.join('/')}${range}`;
}
