import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diagnoseCalendars } from '../../../server/diagnose-calendars.ts';
import { pollCalendars } from '../../../server/flows/poll-calendars.ts';
import { sealCredentials } from '../../../server/flows/call-connection.ts';
import { type CaldavServer, RADICALE_INSTALLED, startRadicale } from '../../contracts/calendars/caldav-servers.ts';
import { GOOGLE_CLIENT } from '../../fakes/fake-google.ts';
import { SECRET_KEY } from '../../helpers/app.ts';
import { calendarFile, connectByConsent, type CalendarApp, withCalendars } from './with-calendars.ts';

describe('what the doctor says about calendars', () => {
  test('is that none are connected, and then that all can be read', async () => {
    await withCalendars(async (given) => {
      expect(await said(given)).toEqual(['ok: no calendars are connected']);
      await connectByConsent(given);
      await connectFeed(given);
      const before = await given.db.selectFrom('connections').selectAll().execute();
      expect(await said(given)).toEqual(['ok: calendars: 2 looked at, all can be read']);
      expect(await given.db.selectFrom('connections').selectAll().execute()).toEqual(before);
    });
  });

  test('a login that was taken back: before a reading has met it, and afterwards', async () => {
    await withCalendars(async (given) => {
      const { google, clock, deps } = given;
      clock.setTime(Date.now());
      const id = await connectByConsent(given);
      google.oauth.loseEverything();
      const [first = ''] = await said(given);
      expect(first).toContain(`MEND: calendar ${id} (google, host ${given.world.hostId}): Google no longer accepts this login`);
      expect(first).toContain('the host must connect it again');
      clock.advanceMinutes(6);
      await pollCalendars(deps, 10, () => {});
      expect(await said(given)).toEqual([
        expect.stringContaining('the login has ended (Google no longer accepts this login); the host must'),
      ]);
    });
  });

  test('a service that is down, one that fails for a while already, and a feed whose address is no longer good', async () => {
    await withCalendars(async (given) => {
      const { google, feed, clock, deps, db } = given;
      clock.setTime(Date.now());
      await connectByConsent(given);
      google.failAlways({ status: 503 });
      expect(await said(given)).toEqual([expect.stringMatching(/Google answered with status 503; it is read again as soon as it answers/)]);
      clock.advanceMinutes(6);
      await pollCalendars(deps, 10, () => {});
      google.failAlways(null);
      expect(await said(given)).toEqual([expect.stringMatching(/fails since 20\d\d-.*: Google answered with status 503/)]);
      await db.deleteFrom('connections').execute();
      await connectFeed(given);
      feed.failAlways({ status: 403 });
      expect(await said(given)).toEqual([
        expect.stringMatching(/the feed is no longer accepted; the host must connect the feed's new address/),
      ]);
      feed.failAlways({ status: 404 });
      expect(await said(given)).toEqual([expect.stringContaining('there is no calendar at this address any more')]);
    });
  });

  test('an address inside the network that OUTBOUND_ALLOW does not name; and it is not asked', async () => {
    await withCalendars(async (given) => {
      await connectFeed(given);
      const asked = given.feed.requests.length;
      const text = await said(given, { outboundAllow: [] });
      expect(text).toEqual([expect.stringMatching(/leads inside the network; .*OUTBOUND_ALLOW/)]);
      expect(given.feed.requests.length).toBe(asked);
    });
  });

  test('a key that is gone, and a provider that is not set up any more', async () => {
    await withCalendars(async (given) => {
      await connectByConsent(given);
      const otherKey = { secretKeys: [new Uint8Array(32).fill(1)] };
      expect(await said(given, otherKey)).toEqual([
        expect.stringMatching(/SECRET_KEY no longer holds; put the old key behind the new one/),
      ]);
      expect(await said(given, { google: null })).toEqual([expect.stringMatching(/set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET/)]);
    });
  });
});

describe.skipIf(!RADICALE_INSTALLED)(`with a real CalDAV server${RADICALE_INSTALLED ? '' : ', which is not installed'}`, () => {
  let server: CaldavServer;
  beforeAll(async () => {
    server = await startRadicale();
  });
  afterAll(() => server.stop());

  test('a wrong password is named as such, and so is a server that cannot be reached', async () => {
    await withCalendars(async (given) => {
      const { call, world, db, deps } = given;
      const { url, username, password } = server;
      const body = { provider: 'caldav', url, username, password };
      const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body });
      expect(await said(given)).toEqual(['ok: calendars: 1 looked at, all can be read']);
      const change = async (given: { url?: string; password?: string }) => {
        const credentials = { kind: 'password', url, username, password, ...given } as const;
        const sealed = sealCredentials(deps, world.tenantId, made.body.id, credentials);
        await db.updateTable('connections').set({ credentials: sealed }).execute();
      };
      await change({ password: 'changed elsewhere' });
      const [text = ''] = await said(given);
      expect(text).toContain('the user name or the app password is wrong; the host must connect it again');
      expect(text).not.toContain('changed elsewhere');
      await change({ url: 'http://127.0.0.1:1/' });
      expect(await said(given)).toEqual([expect.stringMatching(/cannot be reached|could not be reached|refused/i)]);
    });
  });
});

async function said({ db, google }: CalendarApp, other: object = {}): Promise<string[]> {
  const settings = {
    secretKeys: [SECRET_KEY],
    outboundAllow: ['127.0.0.0/8'],
    google: { ...GOOGLE_CLIENT, apiUrl: google.url, oauthUrl: google.url },
    microsoft: null,
    ...other,
  };
  const findings = await diagnoseCalendars(settings, db);
  return findings.map(({ good, text }) => `${good ? 'ok' : 'MEND'}: ${text}`);
}

async function connectFeed({ call, world, feed }: CalendarApp): Promise<void> {
  feed.text = calendarFile([]);
  const body = { provider: 'ics', url: `${feed.url}/me.ics` };
  const made = await call('POST', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey, body });
  expect(made.status, made.text).toBe(201);
}
