import type { Clock } from '../../clock.ts';
import type { CalendarProvider, CallOptions, CallOutcome, Credentials, OutsideCalendar } from '../contract.ts';
import { unavailable, wrongCredentials } from '../failures.ts';
import { field, textField } from '../http/request-json.ts';
import type { OAuthApp } from '../oauth/oauth-app.ts';
import { createOAuthLogin } from '../oauth/oauth-login.ts';
import { callGraph, type GraphCall, readPages } from './call-graph.ts';
import { microsoftChanges } from './microsoft-changes.ts';
import { microsoftPush } from './microsoft-push.ts';
import { microsoftWriting } from './microsoft-writing.ts';
import { readMicrosoftBusy } from './read-microsoft-busy.ts';

/** `Calendars.ReadBasic` gives times and answers, but neither bodies nor attachments; without `offline_access` a login ends after an hour. */
const BUSY_SCOPES = ['offline_access', 'Calendars.ReadBasic'];
const WRITE_SCOPES = ['offline_access', 'Calendars.ReadWrite'];

/** Outlook and Microsoft 365 calendars through Graph v1.0, with the addresses overridable by `app`. */
export function createMicrosoftCalendar(app: OAuthApp, clock: Clock): CalendarProvider {
  const apiUrl = `${(app.apiUrl ?? 'https://graph.microsoft.com').replace(/\/$/, '')}/v1.0`;
  const oauthUrl = (app.oauthUrl ?? 'https://login.microsoftonline.com').replace(/\/$/, '');
  const open = (credentials: Credentials, call: CallOptions = {}): GraphCall => {
    if (credentials.kind !== 'oauth') throw wrongCredentials('microsoft', credentials.kind);
    return { apiUrl, accessToken: credentials.accessToken, nowMs: clock.nowMs(), ...call };
  };
  return {
    name: 'microsoft',
    login: createOAuthLogin(
      {
        name: 'Microsoft',
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        authorizeUrl: `${oauthUrl}/common/oauth2/v2.0/authorize`,
        tokenUrl: `${oauthUrl}/common/oauth2/v2.0/token`,
        scopes: { busy: BUSY_SCOPES, writeOwnCalendar: WRITE_SCOPES, writeAnyCalendar: WRITE_SCOPES },
        authorizeParameters: { response_mode: 'query', prompt: 'select_account' },
        impliedBy: { 'Calendars.ReadBasic': ['Calendars.ReadWrite', 'Calendars.Read'] },
      },
      clock,
    ),
    writing: microsoftWriting(open),
    changes: microsoftChanges(open),
    push: microsoftPush(open, clock),
    identify: async (credentials, call) => {
      const answer = await callGraph(open(credentials, call), '/me/calendar?$select=owner');
      if (!answer.ok) return answer;
      const account = textField(field(answer.value, 'owner'), 'address');
      return account === null ? unavailable('Microsoft did not say whose account this is') : { ok: true, value: { account } };
    },
    listCalendars: (credentials, call) => listCalendars(open(credentials, call)),
    readBusy: (credentials, question, call) => readMicrosoftBusy(open(credentials, call), question),
    // Microsoft lets only the account's owner take a single program's login back (at https://myapps.microsoft.com), not the program itself.
    revoke: (credentials) => {
      if (credentials.kind !== 'oauth') throw wrongCredentials('microsoft', credentials.kind);
      return Promise.resolve({ ok: true, value: { revoked: false } });
    },
  };
}

async function listCalendars(graph: GraphCall): Promise<CallOutcome<readonly OutsideCalendar[]>> {
  const pages = await readPages(graph, '/me/calendars?$select=id,name,isDefaultCalendar,canEdit&$top=100');
  if (!pages.ok) return pages;
  const calendars = pages.value.items.flatMap((item) => {
    const id = textField(item, 'id');
    if (id === null) return [];
    const name = textField(item, 'name') ?? id;
    return [{ id, name, primary: field(item, 'isDefaultCalendar') === true, writable: field(item, 'canEdit') === true }];
  });
  return { ok: true, value: calendars };
}
