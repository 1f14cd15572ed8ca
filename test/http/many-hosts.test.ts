import { expect, test } from 'vitest';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, type World } from '../helpers/world.ts';

const MOST_HOSTS = 50;
const TEN = '2026-11-24T15:00:00Z';
const ELEVEN = '2026-11-24T16:00:00Z';

test(
  'fifty hosts share what comes at one moment: each start fits each of them once, the next goes round again, and nobody gets two more',
  { timeout: 180_000 },
  async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given);
      const hostIds = await makeHosts(given, world, MOST_HOSTS);
      const eventTypeId = await makeShared(given, world, { hostId: hostIds[0], hostIds, assignment: 'roundRobin' });
      const book = async (start: string, i: number) =>
        given.call('POST', '/v1/bookings', {
          key: world.publishableKey,
          body: { eventTypeId, start, invitee: { name: `V ${i}`, email: `v${i}@visitor.example` } },
        });
      const many = async (start: string, count: number) => Promise.all(Array.from({ length: count }, (_, i) => book(start, i)));
      const first = await many(TEN, 20);
      expect(first.map(({ status }) => status)).toEqual(Array(20).fill(201));
      expect(new Set(first.map(({ body }) => body.hosts[0].id)).size).toBe(20);
      // Thirty are idle: they come first, though all are free at this hour.
      const second = await many(ELEVEN, 30);
      expect(second.map(({ status }) => status)).toEqual(Array(30).fill(201));
      expect(new Set([...first, ...second].map(({ body }) => body.hosts[0].id)).size).toBe(MOST_HOSTS);
      const rest = await many(TEN, 32);
      expect(rest.filter(({ status }) => status === 201)).toHaveLength(30);
      for (const { status, body } of rest) if (status !== 201) expect([status, body.code]).toEqual([409, 'slot_unavailable']);
      const booked = [...first, ...second, ...rest].flatMap(({ status, body }): string[] => (status === 201 ? [body.hosts[0].id] : []));
      const most = hostIds.map((hostId) => booked.filter((id) => id === hostId).length);
      expect(Math.max(...most) - Math.min(...most)).toBeLessThanOrEqual(1);
      const tooMany = await given.call('POST', '/v1/event-types', {
        key: world.secretKey,
        body: { hostId: hostIds[0], hostIds: [...hostIds, world.hostId], assignment: 'roundRobin', title: 'T', durationsMinutes: [30] },
      });
      expect(tooMany).toMatchObject({ status: 400, body: { code: 'validation_failed', issues: [{ path: 'hostIds' }] } });
    });
  },
);

test('a meeting with fifty hosts takes the time of all of them, once, whoever asks at the same moment', { timeout: 180_000 }, async () => {
  await withApp(async (given) => {
    const world = await makeWorld(given);
    const hostIds = await makeHosts(given, world, MOST_HOSTS);
    const eventTypeId = await makeShared(given, world, { hostId: hostIds[0], hostIds, assignment: 'collective' });
    const alone = await makeShared(given, world, { hostId: hostIds[49], hostIds: null, assignment: 'single' });
    const book = async (id: string, i: number) =>
      given.call('POST', '/v1/bookings', {
        key: world.publishableKey,
        body: { eventTypeId: id, start: TEN, invitee: { name: `V ${i}`, email: `v${i}@visitor.example` } },
      });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => book(i % 2 === 0 ? eventTypeId : alone, i)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    const [claims] = await given.db
      .selectFrom('claims')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .execute();
    const isCollective = answers.find(({ status }) => status === 201)?.body.eventTypeId === eventTypeId;
    expect(Number(claims?.count)).toBe(isCollective ? MOST_HOSTS : 1);
  });
});

test('one search answers two hundred event types, and says so when there are more', { timeout: 120_000 }, async () => {
  await withApp(async (given) => {
    const world = await makeWorld(given);
    const eventTypeIds = [world.eventTypeId];
    while (eventTypeIds.length < 200)
      eventTypeIds.push(await makeShared(given, world, { hostId: world.hostId, hostIds: null, assignment: 'single' }));
    const search = (ids: readonly string[]) =>
      given.call('POST', '/v1/slots/search', {
        key: world.publishableKey,
        body: { eventTypeIds: ids, from: '2026-11-24', to: '2026-11-24', timeZone: 'America/New_York' },
      });
    const { status, body } = await search(eventTypeIds);
    expect(status).toBe(200);
    expect(body.data.map((row: { eventTypeId: string }) => row.eventTypeId)).toEqual(eventTypeIds);
    for (const row of body.data) expect(row).toMatchObject({ first: { start: '2026-11-24T09:00:00-05:00' }, count: 16 });
    const more = await search([...eventTypeIds, world.eventTypeId]);
    expect(more).toMatchObject({ status: 400, body: { issues: [{ path: 'eventTypeIds' }] } });
  });
});

async function makeHosts(given: TestApp, world: World, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { body } = await given.call('POST', '/v1/hosts', {
      key: world.secretKey,
      body: { name: `Host ${i}`, timeZone: 'America/New_York' },
    });
    ids.push(body.id);
  }
  return ids;
}

async function makeShared(given: TestApp, world: World, who: object): Promise<string> {
  const { body, text } = await given.call('POST', '/v1/event-types', {
    key: world.secretKey,
    body: { ...who, title: 'Intro', durationsMinutes: [30] },
  });
  if (body.id === undefined) throw new Error(text);
  return body.id;
}
