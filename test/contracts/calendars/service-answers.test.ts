import { describe, expect, it } from 'vitest';
import type { BusyQuestion } from '../../../server/adapters/calendars/contract.ts';
import { writeBusy } from '../../domain/calendars/calendar-file.ts';
import { googleError } from '../../fakes/fake-google-api.ts';
import { graphError } from '../../fakes/fake-graph-api.ts';
import type { CalendarWorld } from './calendar-world.ts';
import { startGoogleWorld, startMicrosoftWorld } from './worlds.ts';

const HOUR = { start: { dateTime: '2026-08-03T10:00:00Z' }, end: { dateTime: '2026-08-03T11:00:00Z' } };
const GRAPH_HOUR = {
  start: { dateTime: '2026-08-03T10:00:00.0000000', timeZone: 'UTC' },
  end: { dateTime: '2026-08-03T11:00:00.0000000', timeZone: 'UTC' },
};

describe('what Google answers', () => {
  it.each([
    ['a plain event', HOUR, ['2026-08-03T10:00Z/2026-08-03T11:00Z']],
    ['one shown as available', { ...HOUR, transparency: 'transparent' }, []],
    ['a tentative one', { ...HOUR, status: 'tentative' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z tentative']],
    ['an absence', { ...HOUR, eventType: 'outOfOffice' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z outOfOffice']],
    ['a place of work', { ...HOUR, eventType: 'workingLocation' }, []],
    ['an invitation not answered', { ...HOUR, attendees: [self('needsAction')] }, ['2026-08-03T10:00Z/2026-08-03T11:00Z unanswered']],
    ['one declined', { ...HOUR, attendees: [self('declined')] }, []],
    ['one answered with maybe', { ...HOUR, attendees: [self('tentative')] }, ['2026-08-03T10:00Z/2026-08-03T11:00Z tentative']],
    [
      'a whole day, of the host',
      { start: { date: '2026-08-03' }, end: { date: '2026-08-04' } },
      ['2026-08-02T22:00Z/2026-08-03T22:00Z allDay'],
    ],
    [
      'an event with an offset',
      { start: { dateTime: '2026-08-03T12:00:00+02:00' }, end: { dateTime: '2026-08-03T13:00:00+02:00' } },
      ['2026-08-03T10:00Z/2026-08-03T11:00Z'],
    ],
  ] as const)('%s', (_, event, busy) =>
    withWorld(startGoogleWorld, async (world) => {
      world.fake.putEvent(world.calendarId, { id: 'one', ...structuredClone(event) } as never);
      expect(await read(world, { writeCalendarId: world.calendarId })).toEqual(busy);
    }),
  );

  it('is asked in pieces for a range longer than Google takes', () =>
    withWorld(startGoogleWorld, async (world) => {
      world.fake.putEvent(world.calendarId, {
        id: 'one',
        start: { dateTime: '2027-01-10T10:00:00Z' },
        end: { dateTime: '2027-01-10T11:00:00Z' },
      });
      const busy = await read(world, { untilMs: Date.parse('2027-02-01') });
      expect(busy).toEqual(['2027-01-10T10:00Z/2027-01-10T11:00Z']);
      expect(world.fake.requests.filter(({ url }) => url.pathname.endsWith('/freeBusy'))).toHaveLength(4);
    }));

  it.each(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded'])('waits when 403 means %s', (reason) =>
    withWorld(startGoogleWorld, async (world) => {
      world.fake.failNext(googleError(403, reason, 'Rate Limit Exceeded', { 'retry-after': '9' }));
      expect(await ask(world)).toMatchObject({ ok: false, reason: 'rateLimited', retryAfterMs: 9000 });
    }),
  );

  it('is unavailable when one calendar of several could not be read, because half an answer is none', () =>
    withWorld(startGoogleWorld, async (world) => {
      const calendars = { [world.calendarId]: { errors: [{ domain: 'global', reason: 'internalError' }], busy: [] }, other: { busy: [] } };
      world.fake.failNext({ status: 200, body: { calendars } });
      expect(await ask(world, { calendarIds: ['other', world.calendarId] })).toMatchObject({ ok: false, reason: 'unavailable' });
    }));

  it('makes a meeting link when asked, and only then', () =>
    withWorld(startGoogleWorld, async (world) => {
      const withLink = await write(world, true);
      expect(withLink).toMatchObject({ ok: true, value: { meetingUrl: 'https://meet.google.com/abc-defg-hij' } });
    }));

  it('opens, renews and closes channels, and reads their messages', () =>
    withWorld(startGoogleWorld, async ({ provider, credentials, calendarId, fake }) => {
      const request = { calendarId, channelId: 'channel-1', token: 'channel-token', address: 'https://parley.test/push' };
      const opened = await provider.push?.watch(credentials, request);
      if (opened?.ok !== true) throw new Error(JSON.stringify(opened));
      expect(opened.value).toMatchObject({ channelId: 'channel-1', calendarId });
      expect(opened.value.expiresAtMs).toBeGreaterThan(Date.now() + 6 * 86_400_000);
      const renewed = await provider.push?.renew(credentials, opened.value, { ...request, channelId: 'channel-2' });
      expect(renewed).toMatchObject({ ok: true, value: { channelId: 'channel-2' } });
      expect([...fake.channels.keys()]).toEqual(['channel-2']);
      if (renewed?.ok !== true) return;
      expect(await provider.push?.stop(credentials, renewed.value)).toEqual({ ok: true, value: null });
      expect(await provider.push?.stop(credentials, renewed.value)).toEqual({ ok: true, value: null });
      const headers = { 'x-goog-channel-id': 'channel-2', 'x-goog-channel-token': 'channel-token', 'x-goog-resource-state': 'exists' };
      const message = { kind: 'changed', channelId: 'channel-2', token: 'channel-token' };
      expect(provider.push?.readMessage({ headers, query: {}, body: null })).toEqual({ kind: 'messages', messages: [message] });
      const sync = { ...headers, 'x-goog-resource-state': 'sync' };
      expect(provider.push?.readMessage({ headers: sync, query: {}, body: null })).toEqual({ kind: 'messages', messages: [] });
      expect(provider.push?.readMessage({ headers: {}, query: {}, body: null })).toEqual({ kind: 'unreadable' });
    }));
});

describe('what Microsoft answers', () => {
  it.each([
    ['a plain event', GRAPH_HOUR, ['2026-08-03T10:00Z/2026-08-03T11:00Z']],
    ['one shown as free', { ...GRAPH_HOUR, showAs: 'free' }, []],
    ['a cancelled one', { ...GRAPH_HOUR, isCancelled: true }, []],
    ['a tentative one', { ...GRAPH_HOUR, showAs: 'tentative' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z tentative']],
    ['an absence', { ...GRAPH_HOUR, showAs: 'oof' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z outOfOffice']],
    ['work elsewhere', { ...GRAPH_HOUR, showAs: 'workingElsewhere' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z workingElsewhere']],
    ['a state it calls unknown', { ...GRAPH_HOUR, showAs: 'unknown' }, ['2026-08-03T10:00Z/2026-08-03T11:00Z']],
    [
      'an invitation not answered',
      { ...GRAPH_HOUR, showAs: 'tentative', responseStatus: { response: 'notResponded' } },
      ['2026-08-03T10:00Z/2026-08-03T11:00Z unanswered'],
    ],
    ['one declined', { ...GRAPH_HOUR, responseStatus: { response: 'declined' } }, []],
    [
      'a whole day, of the host',
      {
        isAllDay: true,
        start: { dateTime: '2026-08-03T00:00:00.0000000', timeZone: 'UTC' },
        end: { dateTime: '2026-08-04T00:00:00.0000000', timeZone: 'UTC' },
      },
      ['2026-08-02T22:00Z/2026-08-03T22:00Z allDay'],
    ],
    [
      'a time in a Windows zone, in spite of what was preferred',
      {
        start: { dateTime: '2026-08-03T12:00:00.0000000', timeZone: 'W. Europe Standard Time' },
        end: { dateTime: '2026-08-03T13:00:00.0000000', timeZone: 'W. Europe Standard Time' },
      },
      ['2026-08-03T10:00Z/2026-08-03T11:00Z'],
    ],
  ] as const)('%s', (_, event, busy) =>
    withWorld(startMicrosoftWorld, async (world) => {
      world.fake.putEvent({ id: 'one', ...event });
      expect(await read(world)).toEqual(busy);
    }),
  );

  it('is unavailable when a time cannot be read, because it might be now', () =>
    withWorld(startMicrosoftWorld, async (world) => {
      world.fake.failNext({ status: 200, body: { value: [{ id: 'one', start: { dateTime: 'soon' }, end: { dateTime: 'later' } }] } });
      expect(await ask(world)).toMatchObject({ ok: false, reason: 'unavailable' });
    }));

  it('does not take its login to another address that a page link names', () =>
    withWorld(startMicrosoftWorld, (world) =>
      withWorld(startMicrosoftWorld, async (other) => {
        world.fake.failNext({ status: 200, body: { value: [], '@odata.nextLink': `${other.fake.url}/v1.0/me/calendars` } });
        expect(await ask(world)).toMatchObject({ ok: false, reason: 'unavailable' });
        expect(other.fake.requests.filter(({ method }) => method === 'GET')).toEqual([]);
      }),
    ));

  it('waits when the mailbox is asked too much', () =>
    withWorld(startMicrosoftWorld, async (world) => {
      world.fake.failNext(graphError(429, 'ApplicationThrottled', 'Too many requests', { 'retry-after': '11' }));
      expect(await ask(world)).toMatchObject({ ok: false, reason: 'rateLimited', retryAfterMs: 11_000 });
    }));

  it('tells an event that was moved out of the window from one that was deleted', () =>
    withWorld(startMicrosoftWorld, async (world) => {
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      const written = await write(world, false, Date.parse(`${tomorrow}T10:00:00Z`));
      const eventId = written?.ok === true ? written.value.eventId : '';
      const question = { calendarId: world.calendarId, ownEventIds: new Set([eventId]) };
      const before = await world.provider.changes?.readChanges(world.credentials, { ...question, syncToken: null });
      const farMs = Date.now() + 500 * 86_400_000;
      await world.moveOutside?.(eventId, { startMs: farMs, endMs: farMs + 3_600_000 });
      const after = await world.provider.changes?.readChanges(world.credentials, {
        ...question,
        syncToken: before?.ok === true ? before.value.syncToken : null,
      });
      expect(after).toMatchObject({ ok: true, value: { changes: [{ kind: 'present', eventId }] } });
    }));

  it('makes a Teams link when asked', () =>
    withWorld(startMicrosoftWorld, async (world) => {
      expect(await write(world, true)).toMatchObject({ ok: true, value: { meetingUrl: 'https://teams.microsoft.com/l/meetup-join/abc' } });
    }));

  it('reads its push messages: validation, change, and what happens to the subscription', () =>
    withWorld(startMicrosoftWorld, async ({ provider }) => {
      const readMessage = (body: unknown, query = {}) => provider.push?.readMessage({ headers: {}, query, body });
      expect(readMessage(null, { validationToken: 'Validation: <1>' })).toEqual({ kind: 'validation', answer: 'Validation: <1>' });
      const value = [
        { subscriptionId: 's1', clientState: 'token', changeType: 'updated', resource: 'me/events/1' },
        { subscriptionId: 's1', clientState: 'token', lifecycleEvent: 'reauthorizationRequired' },
        { subscriptionId: 's1', clientState: 'token', lifecycleEvent: 'subscriptionRemoved' },
        { subscriptionId: 's1', clientState: 'token', lifecycleEvent: 'missed' },
      ];
      const message = readMessage({ value });
      expect(message?.kind === 'messages' && message.messages.map(({ kind }) => kind)).toEqual(['changed', 'renew', 'lost', 'changed']);
      expect(message?.kind === 'messages' && message.messages[0]).toEqual({ kind: 'changed', channelId: 's1', token: 'token' });
      expect(readMessage('nonsense')).toEqual({ kind: 'unreadable' });
    }));
});

function self(responseStatus: string) {
  return { email: 'host@example.com', self: true, responseStatus };
}

function ask(world: CalendarWorld, part: Partial<BusyQuestion> = {}) {
  return world.provider.readBusy(world.credentials, {
    calendarIds: [world.calendarId],
    writeCalendarId: null,
    fromMs: Date.parse('2026-08-01'),
    untilMs: Date.parse('2026-08-10'),
    hostZone: 'Europe/Berlin',
    ownEventIds: new Set(),
    validators: null,
    ...part,
  });
}

async function read(world: CalendarWorld, part: Partial<BusyQuestion> = {}): Promise<string[]> {
  const outcome = await ask(world, part);
  if (!outcome.ok || outcome.value.kind !== 'read') throw new Error(JSON.stringify(outcome));
  return outcome.value.busy.map(writeBusy);
}

function write({ provider, credentials, calendarId }: CalendarWorld, meetingLink: boolean, startMs = Date.parse('2026-08-03T10:00:00Z')) {
  const texts = { summary: 'Call', description: '', location: '' };
  const event = { uid: 'bkg_1@parley', sequence: 0, startMs, endMs: startMs + 3_600_000, ...texts, tentative: false, meetingLink };
  return provider.writing?.createEvent(credentials, calendarId, event);
}

async function withWorld<T extends CalendarWorld>(start: () => Promise<T>, use: (world: T) => Promise<void>): Promise<void> {
  const world = await start();
  try {
    await use(world);
    expect(world.problems()).toEqual([]);
  } finally {
    await world.stop();
  }
}
