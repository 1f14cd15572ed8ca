import { beforeAll, describe, expect, test } from 'vitest';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld, type World } from '../helpers/world.ts';
import { COMPUTE, SCHEDULE } from './requests.ts';

/** What the answer says about values that have the right type and are wrong all the same. */
const app = shareApp();
let world: World;
beforeAll(async () => {
  world = await makeWorld(app());
});

async function issuesOf(method: 'POST' | 'PATCH', url: string, body: unknown): Promise<unknown[]> {
  const answer = await app().call(method, url, { key: world.secretKey, body });
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body).toMatchObject({ code: 'validation_failed', status: 400, type: 'urn:parley:problem:validation_failed' });
  return answer.body.issues;
}

describe('a union speaks of the branch that was meant only', () => {
  const eventType = (fields: object) =>
    issuesOf('POST', '/v1/event-types', { hostId: world.hostId, title: 'A', durationsMinutes: [30], ...fields });
  const one = (path: string, message: string) => [{ path, message }];

  test.each([
    ['a rolling window without days', { bookingWindow: { type: 'rolling' } }, one('bookingWindow.days', 'is required')],
    ['a range without an end', { bookingWindow: { type: 'range', from: '2026-12-01' } }, one('bookingWindow.to', 'is required')],
    ['an unlimited window with days', { bookingWindow: { type: 'unlimited', days: 3 } }, one('bookingWindow.days', 'is not a known field')],
    ['no tag', { bookingWindow: { days: 3 } }, one('bookingWindow.type', 'is required')],
    ['a tag nobody knows', { bookingWindow: { type: 'weekly' } }, one('bookingWindow.type', 'must be one of rolling, range, unlimited')],
    ['text instead of a window', { bookingWindow: 'rolling' }, one('bookingWindow', 'must be object')],
    ['days as text', { bookingWindow: { type: 'rolling', days: '14' } }, one('bookingWindow.days', 'must be integer')],
    [
      'a link to nowhere',
      { locations: [{ type: 'room' }, { type: 'link', url: 'javascript:alert(1)' }] },
      one('locations.1.url', 'must be an http or https address without credentials'),
    ],
    ['a number where text or null may stand', { slug: 7 }, one('slug', 'must be string or null')],
    [
      'two wrong fields',
      { bookingWindow: { type: 'rolling' }, guestLimit: -1 },
      [
        { path: 'guestLimit', message: 'must be >= 0' },
        { path: 'bookingWindow.days', message: 'is required' },
      ],
    ],
  ])('%s', async (_name, fields, expected) => {
    const issues = await eventType(fields);
    expect(issues).toHaveLength(expected.length);
    expect(issues).toEqual(expect.arrayContaining(expected));
  });

  test('a patch may leave the tag out, and is told about the form that knows its fields', async () => {
    const url = `/v1/event-types/${world.eventTypeId}`;
    expect(await issuesOf('PATCH', url, { bookingWindow: { days: 'x' } })).toEqual(one('bookingWindow.days', 'must be integer or null'));
    expect(await issuesOf('PATCH', url, { bookingWindow: { type: 'range', days: 3 } })).toEqual(
      one('bookingWindow.days', 'is not a known field'),
    );
  });

  test('a hundred issues are enough, whatever the body holds', async () => {
    const busy = Array.from({ length: 100_000 }, () => ({ start: 'never', stop: 'ever' }));
    expect(await issuesOf('POST', '/v1/slots/compute', { ...COMPUTE, busy })).toHaveLength(100);
  });
});

describe('zones', () => {
  test.each(['Mars/Base', 'EST5EDT4', 'America/Los_Angele', '', 'UTC+25', '../etc/passwd'])('%s is refused by name', async (timeZone) => {
    const issues = await issuesOf('POST', '/v1/hosts', { name: 'A', timeZone });
    expect(issues).toMatchObject([{ path: 'timeZone', message: expect.stringContaining(`"${timeZone}" is not known`) }]);
  });

  test.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['US/Eastern', 'America/New_York'],
    ['Etc/UTC', 'UTC'],
  ])('%s is accepted and answered as %s, everywhere', async (alias, canonical) => {
    const { call } = app();
    const key = world.secretKey;
    const host = await call('POST', '/v1/hosts', { key, body: { name: 'A', timeZone: alias } });
    expect(host.body.timeZone).toBe(canonical);
    const schedule = await call('GET', `/v1/schedules/${host.body.defaultScheduleId}`, { key });
    expect(schedule.body.timeZone).toBe(canonical);
    const travel = [{ from: '2026-12-01', to: '2026-12-02', timeZone: alias }];
    const patched = await call('PATCH', `/v1/schedules/${schedule.body.id}`, { key, body: { timeZone: alias, travel } });
    expect(patched.body).toMatchObject({ timeZone: canonical, travel: [{ timeZone: canonical }] });
    const slots = await call(
      'GET',
      `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-24&timeZone=${encodeURIComponent(alias)}`,
      { key },
    );
    expect(slots.body.timeZone).toBe(canonical);
    const computed = await call('POST', '/v1/slots/compute', {
      key,
      body: { ...COMPUTE, timeZone: alias, schedule: { ...SCHEDULE, timeZone: alias } },
    });
    expect(computed.body).toMatchObject({ timeZone: canonical, hostTimeZone: canonical });
  });
});

describe('dates and hours', () => {
  const hours = (weeklyHours: unknown[]) => issuesOf('POST', '/v1/schedules', { hostId: world.hostId, timeZone: 'UTC', weeklyHours });
  const overrides = (dateOverrides: unknown[]) =>
    issuesOf('POST', '/v1/schedules', { hostId: world.hostId, timeZone: 'UTC', weeklyHours: [], dateOverrides });

  test.each([
    ['16:00', '10:00'],
    ['10:00', '10:00'],
    ['22:00', '06:00'],
    ['22:00', '00:00'],
  ])('hours from %s to %s are refused, and the answer says to split them at midnight', async (start, end) => {
    for (const issues of [
      await hours([{ days: ['monday'], start, end }]),
      await overrides([{ date: '2026-12-01', intervals: [{ start, end }] }]),
    ])
      expect(issues).toMatchObject([{ path: expect.stringMatching(/\.end$/), message: expect.stringMatching(/midnight.*24:00.*00:00/) }]);
  });

  test.each(['25:00', '9:00', '09:60', '24:00', '0900', '09:00:00'])('%s is no time to start at', async (start) => {
    expect(await hours([{ days: ['monday'], start, end: '24:00' }])).toMatchObject([{ path: 'weeklyHours.0.start' }]);
  });

  test.each(['2026-02-30', '2026-13-01', '2027-02-29', '2026-00-10', '26-01-01', '2026-1-1', '2026-12-01T00:00:00Z'])(
    '%s is no date',
    async (date) => {
      expect(await overrides([{ date, intervals: [] }])).toEqual([
        { path: 'dateOverrides.0.date', message: 'must be an existing date, YYYY-MM-DD' },
      ]);
    },
  );

  test('an override names its dates once, in order', async () => {
    expect(await overrides([{ intervals: [] }])).toMatchObject([{ path: 'dateOverrides.0.date' }]);
    expect(await overrides([{ from: '2026-12-01', intervals: [] }])).toMatchObject([{ path: 'dateOverrides.0.date' }]);
    expect(await overrides([{ date: '2026-12-01', from: '2026-12-01', to: '2026-12-02', intervals: [] }])).toMatchObject([
      { path: 'dateOverrides.0.date' },
    ]);
    expect(await overrides([{ from: '2026-12-02', to: '2026-12-01', intervals: [] }])).toMatchObject([{ path: 'dateOverrides.0.to' }]);
  });

  test.each([
    '2026-02-30T10:00:00Z',
    '2026-11-24T25:00:00Z',
    '2026-11-24T10:00:00',
    '2026-11-24',
    '2026-11-24 10:00Z',
    'tomorrow',
    '2026-11-24T10:00:00+25:00',
  ])('%s is no instant to book', async (start) => {
    const issues = await issuesOf('POST', '/v1/bookings', {
      eventTypeId: world.eventTypeId,
      start,
      invitee: { name: 'A', email: 'a@a.example' },
    });
    expect(issues).toMatchObject([{ path: 'start' }]);
  });
});

describe('ranges', () => {
  const list = (query: string) => app().call('GET', `/v1/event-types/${world.eventTypeId}/slots?${query}`, { key: world.secretKey });

  test.each([
    ['366 days by dates', 'from=2026-01-01&to=2027-01-01', 200],
    ['367 days by dates', 'from=2026-01-01&to=2027-01-02', 400],
    ['366 days by instants', 'from=2026-01-01T00:00:00Z&to=2027-01-02T00:00:00Z', 200],
    ['a second more', 'from=2026-01-01T00:00:00Z&to=2027-01-02T00:00:01Z', 400],
    ['ten years', 'from=2026-01-01&to=2036-01-01', 400],
    ['the end of time', 'from=0001-01-01&to=9999-12-31', 400],
    ['backwards', 'from=2026-02-01&to=2026-01-01', 400],
    ['nothing', 'from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 400],
    ['an impossible date', 'from=2026-02-30&to=2026-03-01', 400],
    ['no end', 'from=2026-02-01', 400],
    ['a zone nobody knows', 'from=2026-02-01&to=2026-02-01&timeZone=Mars/Base', 400],
    ['a duration that is not offered', 'from=2026-02-01&to=2026-02-01&durationMinutes=45', 400],
    ['a duration that is no number', 'from=2026-02-01&to=2026-02-01&durationMinutes=long', 400],
    ['a parameter nobody knows', 'from=2026-02-01&to=2026-02-01&colour=red', 400],
    ['the last but one day there is', 'from=9999-12-30&to=9999-12-30', 200],
    ['the first day there is', 'from=0001-01-01&to=0001-01-01', 200],
  ])('%s', async (_name, query, status) => {
    const answer = await list(query);
    expect(answer.status, answer.text.slice(0, 300)).toBe(status);
    if (status === 400) expect(answer.body.issues).toHaveLength(1);
  });

  test('holds for the stateless question too', async () => {
    expect(await issuesOf('POST', '/v1/slots/compute', { ...COMPUTE, from: '2026-01-01', to: '2027-01-02' })).toMatchObject([
      { path: 'to', message: expect.stringContaining('366') },
    ]);
    expect(
      await issuesOf('POST', '/v1/slots/compute', { ...COMPUTE, busy: [{ start: '2026-08-03T15:00:00Z', end: '2026-08-03T15:00:00Z' }] }),
    ).toMatchObject([{ path: 'busy.0.end' }]);
  });
});
