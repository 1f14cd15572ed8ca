import { calendar, type calendar_v3 } from '@googleapis/calendar';
import type { Clock } from '../../clock.ts';
import type { CalendarProvider, CallOptions, CallOutcome, Credentials, OutsideCalendar } from '../contract.ts';
import { failed, failureOfStatus, wrongCredentials } from '../failures.ts';
import { requestJson } from '../http/request-json.ts';
import { createOAuthLogin } from '../oauth/oauth-login.ts';
import type { OAuthApp } from '../oauth/oauth-app.ts';
import { callGoogle, type GoogleCall } from './call-google.ts';
import { googleChanges } from './google-changes.ts';
import { googlePush } from './google-push.ts';
import { googleWriting } from './google-writing.ts';
import { readGoogleBusy } from './read-google-busy.ts';

const SCOPE = 'https://www.googleapis.com/auth/';
/** Free or busy, and the names of the calendars to choose from. Neither lets anybody read an event. */
const BUSY_SCOPES = [`${SCOPE}calendar.freebusy`, `${SCOPE}calendar.calendarlist.readonly`];

/** Google Calendar (API v3), with the addresses overridable by `app`. */
export function createGoogleCalendar(app: OAuthApp, clock: Clock): CalendarProvider {
  const api = calendar({ version: 'v3', ...(app.apiUrl === null ? {} : { rootUrl: withSlash(app.apiUrl) }) });
  const tokens = app.oauthUrl ?? 'https://oauth2.googleapis.com';
  const open = (credentials: Credentials, call: CallOptions = {}): GoogleCall => {
    if (credentials.kind !== 'oauth') throw wrongCredentials('google', credentials.kind);
    return { api, accessToken: credentials.accessToken, nowMs: clock.nowMs(), ...call };
  };
  return {
    name: 'google',
    login: createOAuthLogin(
      {
        name: 'Google',
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        authorizeUrl: `${app.oauthUrl ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
        tokenUrl: `${tokens}/token`,
        scopes: {
          busy: BUSY_SCOPES,
          writeOwnCalendar: [...BUSY_SCOPES, `${SCOPE}calendar.app.created`],
          writeAnyCalendar: [...BUSY_SCOPES, `${SCOPE}calendar.events.owned`],
        },
        // Google gives a refresh token only where the consent is really shown.
        authorizeParameters: { access_type: 'offline', prompt: 'consent select_account', include_granted_scopes: 'true' },
        impliedBy: {},
      },
      clock,
    ),
    writing: googleWriting(open),
    changes: googleChanges(open),
    push: googlePush(open),
    identify: async (credentials, call) => {
      const calendars = await listCalendars(open(credentials, call));
      if (!calendars.ok) return calendars;
      // The id of the primary calendar is the account's mail address, so no further scope is needed to name the account.
      const primary = calendars.value.find(({ primary: isPrimary }) => isPrimary);
      return primary === undefined
        ? failed('forbidden', 'Google showed no calendar of this account')
        : { ok: true, value: { account: primary.id } };
    },
    listCalendars: (credentials, call) => listCalendars(open(credentials, call)),
    readBusy: (credentials, question, call) => readGoogleBusy(open(credentials, call), question),
    revoke: async (credentials, call) => {
      if (credentials.kind !== 'oauth') throw wrongCredentials('google', credentials.kind);
      const body = new URLSearchParams({ token: credentials.refreshToken ?? credentials.accessToken }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await requestJson('Google', `${tokens}/revoke`, { method: 'POST', headers, body, ...call });
      if (!answer.ok) return answer;
      const { status, header } = answer.value;
      // 400 is what Google says to a token that is over already.
      return status === 200 || status === 400
        ? { ok: true, value: { revoked: true } }
        : failureOfStatus(status, 'Google', header('retry-after'), clock.nowMs());
    },
  };
}

async function listCalendars(google: GoogleCall): Promise<CallOutcome<readonly OutsideCalendar[]>> {
  const calendars: OutsideCalendar[] = [];
  let pageToken: string | undefined;
  do {
    const page: CallOutcome<calendar_v3.Schema$CalendarList> = await callGoogle(google, (options) =>
      google.api.calendarList.list(
        {
          maxResults: 250,
          fields: 'items(id,summary,summaryOverride,primary,accessRole),nextPageToken',
          ...(pageToken === undefined ? {} : { pageToken }),
        },
        options,
      ),
    );
    if (!page.ok) return page;
    for (const { id, summary, summaryOverride, primary, accessRole } of page.value.items ?? []) {
      if (typeof id !== 'string') continue;
      calendars.push({
        id,
        name: summaryOverride ?? summary ?? id,
        primary: primary === true,
        writable: accessRole === 'owner' || accessRole === 'writer',
      });
    }
    pageToken = page.value.nextPageToken ?? undefined;
  } while (pageToken !== undefined && calendars.length < MOST_CALENDARS);
  return { ok: true, value: calendars };
}
const MOST_CALENDARS = 1000;

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
