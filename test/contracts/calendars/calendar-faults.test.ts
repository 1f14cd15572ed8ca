import { describe, expect, it } from 'vitest';
import { createCaldavCalendar } from '../../../server/adapters/calendars/caldav/caldav-calendar.ts';
import type { BusyQuestion, CalendarProvider, Credentials } from '../../../server/adapters/calendars/contract.ts';
import { createGoogleCalendar } from '../../../server/adapters/calendars/google/google-calendar.ts';
import { createIcsFeed } from '../../../server/adapters/calendars/ics/ics-feed.ts';
import { createMicrosoftCalendar } from '../../../server/adapters/calendars/microsoft/microsoft-calendar.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { type FakeServer, startFakeServer } from '../../fakes/fake-server.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1) };
const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
const OAUTH: Credentials = { kind: 'oauth', accessToken: 'at', refreshToken: 'rt', expiresAtMs: Infinity, scopes: [] };

interface Subject {
  readonly provider: CalendarProvider;
  readonly credentials: Credentials;
  readonly calendarId: string;
  /** Read event by event, where there are two ways. */
  readonly writeCalendarId?: string;
}

const SUBJECTS: readonly (readonly [string, (url: string) => Subject])[] = [
  ['google', (url) => ({ provider: createGoogleCalendar(app(url), clock), credentials: OAUTH, calendarId: 'one' })],
  [
    'google, event by event',
    (url) => ({ provider: createGoogleCalendar(app(url), clock), credentials: OAUTH, calendarId: 'one', writeCalendarId: 'one' }),
  ],
  ['microsoft', (url) => ({ provider: createMicrosoftCalendar(app(url), clock), credentials: OAUTH, calendarId: 'one' })],
  [
    'caldav',
    (url) => ({
      provider: createCaldavCalendar(outbound, clock),
      credentials: { kind: 'password', url, username: 'host', password: 'secret' },
      calendarId: `${url}/calendar/`,
    }),
  ],
  [
    'ics',
    (url) => ({ provider: createIcsFeed(outbound, clock), credentials: { kind: 'feed', url: `${url}/feed.ics` }, calendarId: 'feed' }),
  ],
];

describe.each(SUBJECTS)('%s, when its service is in trouble', (_, subjectOf) => {
  it('says that the login is over on 401', () =>
    withTrouble({ status: 401, body: {} }, async (url) => {
      expect(await read(subjectOf(url))).toMatchObject({ ok: false, reason: 'authExpired' });
      expect(await subjectOf(url).provider.listCalendars(subjectOf(url).credentials)).toMatchObject({ ok: false, reason: 'authExpired' });
    }));

  it('waits as long as a 429 says, in seconds or until a date', async () => {
    await withTrouble({ status: 429, headers: { 'retry-after': '7' } }, async (url) => {
      expect(await read(subjectOf(url))).toMatchObject({ ok: false, reason: 'rateLimited', retryAfterMs: 7000 });
    });
    await withTrouble({ status: 429, headers: { 'retry-after': 'Sat, 01 Aug 2026 00:01:00 GMT' } }, async (url) => {
      expect(await read(subjectOf(url))).toMatchObject({ ok: false, reason: 'rateLimited', retryAfterMs: 60_000 });
    });
  });

  it.each([500, 502, 503])('is unavailable on %i', (status) =>
    withTrouble({ status, headers: { 'retry-after': '3' }, body: '<h1>Sorry</h1>' }, async (url) => {
      expect(await read(subjectOf(url))).toMatchObject({ ok: false, reason: 'unavailable', retryAfterMs: 3000 });
    }),
  );

  it.each([
    ['a page of HTML', { status: 200, body: '<!doctype html><title>Log in</title>' }],
    ['JSON of another kind', { status: 200, body: { hello: 'world' } }],
    ['nothing', { status: 200 }],
    ['no content', { status: 204 }],
    ['half an answer', { status: 200, headers: { 'content-length': '500' }, body: '{"items":[' }],
    ['XML of another kind', { status: 207, headers: { 'content-type': 'application/xml' }, body: '<a>broken' }],
    ['304 to a question without conditions', { status: 304 }],
  ])('is never free when it answers with %s', (_name, answer) =>
    withTrouble(answer, async (url) => {
      const outcome = await read(subjectOf(url));
      expect(outcome.ok).toBe(false);
      expect(!outcome.ok && outcome.reason).toMatch(/unavailable|refused/);
    }),
  );

  it('is given up within the budget when the service is silent', () =>
    withTrouble('silence', async (url) => {
      const outcome = await read(subjectOf(url), AbortSignal.timeout(100));
      expect(outcome).toMatchObject({ ok: false, reason: 'unavailable' });
    }));

  it('is unavailable when nobody listens, and works again by itself afterwards', async () => {
    expect(await read(subjectOf('http://127.0.0.1:1'))).toMatchObject({ ok: false, reason: 'unavailable' });
  });

  it('says nothing of what the service answered', () =>
    withTrouble({ status: 500, body: 'Zahnarzttermin' }, async (url) => {
      expect(JSON.stringify(await read(subjectOf(url)))).not.toContain('Zahnarzttermin');
    }));
});

function app(url: string) {
  return { clientId: 'id', clientSecret: 'secret', apiUrl: url, oauthUrl: url };
}

function read({ provider, credentials, calendarId, writeCalendarId }: Subject, signal?: AbortSignal) {
  const question: BusyQuestion = {
    calendarIds: [calendarId],
    writeCalendarId: writeCalendarId ?? null,
    fromMs: clock.nowMs(),
    untilMs: clock.nowMs() + 86_400_000,
    hostZone: 'UTC',
    ownEventIds: new Set(),
    validators: null,
  };
  return provider.readBusy(credentials, question, signal === undefined ? {} : { signal });
}

async function withTrouble(fault: Parameters<FakeServer['failAlways']>[0], use: (url: string) => Promise<void>): Promise<void> {
  const server = await startFakeServer(() => ({ status: 404 }));
  server.failAlways(fault);
  try {
    await use(server.url);
  } finally {
    await server.stop();
  }
}
