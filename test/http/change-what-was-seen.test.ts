import { describe, expect, test } from 'vitest';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, signRoomToken } from '../helpers/world.ts';

const app = shareApp();

/** What a host's own page calls, with nothing but a publishable key and the host's room token. */
async function withHostToken() {
  const given = app();
  const world = await makeWorld(given);
  const roomToken = await signRoomToken(world, given.clock.nowMs(), { sub: 'ana', name: 'Ana Host', role: 'host' });
  const who = { key: world.publishableKey, roomToken };
  const [schedules, eventTypes] = await Promise.all([given.call('GET', '/v1/schedules', who), given.call('GET', '/v1/event-types', who)]);
  return { given, world, who, schedule: schedules.body.data[0], eventType: eventTypes.body.data[0] };
}

describe('a host in a room', () => {
  test('reads and changes the own hours, rules and limits, and tries changes before', async () => {
    const { given, world, who, schedule, eventType } = await withHostToken();
    const hours = { weeklyHours: [{ days: ['monday'], start: '10:00', end: '12:00' }] };
    const calls = [
      await given.call('PATCH', `/v1/schedules/${schedule.id}`, { ...who, body: hours }),
      await given.call('PATCH', `/v1/event-types/${eventType.id}`, { ...who, body: { bufferAfterMinutes: 10 } }),
      await given.call('PATCH', `/v1/hosts/${world.hostId}`, { ...who, body: { maxMeetingsPerDay: 3 } }),
      await given.call('GET', `/v1/hosts/${world.hostId}`, who),
      await given.call('POST', `/v1/event-types/${eventType.id}/simulate`, {
        ...who,
        body: { schedule: { timeZone: 'Asia/Kolkata', ...hours }, rules: { minimumNoticeMinutes: 60 }, weeks: 6 },
      }),
      await given.call('GET', `/v1/event-types/${eventType.id}/slots?from=2026-11-24&to=2026-11-30`, who),
      await given.call('GET', `/v1/event-types/${eventType.id}/explain?date=2026-11-24`, who),
    ];
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200]);
    expect(calls[3]?.body.maxMeetingsPerDay).toBe(3);
  });

  test.each(['schedules', 'event-types', 'hosts'] as const)(
    'does not overwrite %s that somebody else has changed meanwhile',
    async (kind) => {
      const { given, world, who, schedule, eventType } = await withHostToken();
      const host = (await given.call('GET', `/v1/hosts/${world.hostId}`, who)).body;
      const [seen, mine, theirs] = {
        schedules: [schedule, { name: 'Mine' }, { name: 'Theirs' }],
        'event-types': [eventType, { title: 'Mine' }, { title: 'Theirs' }],
        hosts: [host, { name: 'Mine' }, { name: 'Theirs' }],
      }[kind];
      const address = `/v1/${kind}/${seen.id}`;
      given.clock.advanceMinutes(1);
      const changed = await given.call('PATCH', address, { key: world.secretKey, body: theirs });

      const late = await given.call('PATCH', address, { ...who, body: mine, headers: { 'if-match': `"${seen.updatedAt}"` } });
      expect([late.status, late.body.code]).toEqual([409, 'conflict']);
      expect((await given.call('GET', address, who)).body).toMatchObject(theirs);

      const again = await given.call('PATCH', address, { ...who, body: mine, headers: { 'if-match': `"${changed.body.updatedAt}"` } });
      expect([again.status, (await given.call('GET', address, who)).body]).toEqual([200, expect.objectContaining(mine)]);
      for (const header of ['*', `"x", W/"${again.body.updatedAt}"`])
        expect((await given.call('PATCH', address, { ...who, body: mine, headers: { 'if-match': header } })).status).toBe(200);
      expect((await given.call('PATCH', address, { ...who, body: mine, headers: { 'if-match': 'nonsense' } })).status).toBe(409);
    },
  );

  test('has no settings but the own, whatever is asked', async () => {
    const { given, who } = await withHostToken();
    const other = await withHostToken();
    for (const [method, url, body] of [
      ['PATCH', `/v1/schedules/${other.schedule.id}`, { name: 'Mine' }],
      ['PATCH', `/v1/event-types/${other.eventType.id}`, { title: 'Mine' }],
      ['PATCH', `/v1/hosts/${other.world.hostId}`, { name: 'Mine' }],
      ['POST', `/v1/event-types/${other.eventType.id}/simulate`, {}],
    ] as const)
      expect((await given.call(method, url, { ...who, body })).status, url).toBe(404);
  });
});
