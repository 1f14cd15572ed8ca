import { type Deliver, deliverByFetch } from './deliver.ts';
import { createFakeOAuth, type FakeOAuth } from './fake-oauth.ts';
import {
  answerGoogle,
  type FakeGoogleCalendar,
  type GoogleChannel,
  type GoogleData,
  googleError,
  type GoogleEvent,
  Missing,
} from './fake-google-api.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
export const GOOGLE_CLIENT = {
  clientId: 'google-client',
  clientSecret: 'google-secret',
  redirectUri: 'https://parley.test/v1/oauth/google/callback',
};

export interface FakeGoogle extends FakeServer {
  readonly oauth: FakeOAuth;
  readonly calendars: Map<string, FakeGoogleCalendar>;
  readonly channels: Map<string, GoogleChannel>;
  /** What somebody does in the web interface: adds, changes or (with status cancelled) deletes an event. */
  putEvent(calendarId: string, event: Partial<GoogleEvent> & Pick<GoogleEvent, 'id'>): GoogleEvent;
  /** The next `count` answers leave out the link of a call that is asked for, as Google does while it is being made. */
  makeLinksSlow(count: number): void;
  expireSyncTokens(): void;
  /** Tells every channel of a change, or that it is open (`sync`); answers the statuses of the answers. */
  tellChannels(state?: 'exists' | 'sync'): Promise<number[]>;
}

/** Google Calendar v3 and its login, with two calendars: the account's own (`host@example.com`) and one more. */
export async function startFakeGoogle(deliver: Deliver = deliverByFetch): Promise<FakeGoogle> {
  const oauth = createFakeOAuth({
    ...GOOGLE_CLIENT,
    knownScopes: ['calendar.freebusy', 'calendar.calendarlist.readonly', 'calendar.app.created', 'calendar.events.owned'].map(
      (name) => `${SCOPE}${name}`,
    ),
    authorizePath: '/o/oauth2/v2/auth',
    tokenPath: '/token',
    authorizeParameters: { access_type: 'offline', prompt: 'consent select_account', include_granted_scopes: 'true' },
    rotates: false,
  });
  const calendars = new Map<string, FakeGoogleCalendar>();
  const channels: FakeGoogle['channels'] = new Map();
  const state = { revision: 1, oldestToken: 0, calendars: 0, slowLinks: 0 };
  const addCalendar = (id: string, summary: string, primary: boolean): FakeGoogleCalendar => {
    const calendar = { id, summary, primary, accessRole: 'owner', events: new Map<string, GoogleEvent>() };
    calendars.set(id, calendar);
    return calendar;
  };
  addCalendar('host@example.com', 'Secret name of the host', true);
  addCalendar('team@group.calendar.google.com', 'Team', false);

  const putEvent: FakeGoogle['putEvent'] = (calendarId, event) => {
    state.revision += 1;
    const calendar = calendarOf(calendarId);
    const before = calendar.events.get(event.id);
    const whole: GoogleEvent = {
      status: 'confirmed',
      start: {},
      end: {},
      ...before,
      ...event,
      etag: `"${state.revision}"`,
      revision: state.revision,
    };
    calendar.events.set(event.id, whole);
    return whole;
  };
  const calendarOf = (id: string): FakeGoogleCalendar => {
    const calendar = calendars.get(id);
    if (calendar === undefined) throw new Missing();
    return calendar;
  };
  const api: GoogleData = { calendarOf, calendars, channels, putEvent, state, addCalendar };

  const server = await startFakeServer((request) => {
    const path = request.url.pathname;
    if (oauth.handles(path)) return oauth.handle(request);
    if (path === '/revoke')
      return oauth.revoke(new URLSearchParams(request.text).get('token') ?? '')
        ? { status: 200, body: {} }
        : { status: 400, body: { error: 'invalid_token' } };
    const scopes = oauth.scopesOf(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (scopes === null) return googleError(401, 'authError', 'Invalid Credentials');
    try {
      return answerGoogle(
        request,
        scopes.map((scope) => scope.replace(SCOPE, '')),
        api,
      );
    } catch (error) {
      if (error instanceof Missing) return googleError(404, 'notFound', 'Not Found');
      throw error;
    }
  });
  return {
    ...server,
    oauth,
    calendars,
    channels,
    putEvent,
    makeLinksSlow: (count) => {
      state.slowLinks = count;
    },
    expireSyncTokens: () => {
      state.oldestToken = state.revision + 1;
      state.revision += 1;
    },
    tellChannels: async (what = 'exists') => {
      const told = [...channels].map(async ([id, { token, resourceId, address }]) => {
        const headers = {
          'x-goog-channel-id': id,
          'x-goog-channel-token': token,
          'x-goog-resource-id': resourceId,
          'x-goog-resource-state': what,
        };
        return (await deliver(address, { headers })).status;
      });
      return Promise.all(told);
    },
  };
}
