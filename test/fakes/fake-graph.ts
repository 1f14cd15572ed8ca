import { type Deliver, deliverByFetch } from './deliver.ts';
import { createFakeOAuth, type FakeOAuth } from './fake-oauth.ts';
import { answerGraph, type GraphCalendar, graphError, type GraphEvent, type GraphSubscription } from './fake-graph-api.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';

export const MICROSOFT_CLIENT = {
  clientId: 'microsoft-client',
  clientSecret: 'microsoft-secret',
  redirectUri: 'https://parley.test/v1/oauth/microsoft/callback',
};

export interface FakeGraph extends FakeServer {
  readonly oauth: FakeOAuth;
  readonly calendars: Map<string, GraphCalendar>;
  readonly events: Map<string, GraphEvent>;
  readonly subscriptions: Map<string, GraphSubscription>;
  /** What somebody does in Outlook: adds, changes or deletes an event. */
  putEvent(event: Partial<GraphEvent> & Pick<GraphEvent, 'id'>): GraphEvent;
  expireSyncTokens(): void;
  /** Tells every subscription of a change, or of what becomes of the subscription itself; answers the statuses of the answers. */
  tellSubscriptions(lifecycleEvent?: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'): Promise<number[]>;
}

/** Microsoft Graph's calendars and the login of the Microsoft identity platform, with two calendars: the account's own and one more. */
export async function startFakeGraph(deliver: Deliver = deliverByFetch): Promise<FakeGraph> {
  const oauth = createFakeOAuth({
    ...MICROSOFT_CLIENT,
    knownScopes: ['offline_access', 'Calendars.ReadBasic', 'Calendars.ReadWrite'],
    authorizePath: '/common/oauth2/v2.0/authorize',
    tokenPath: '/common/oauth2/v2.0/token',
    authorizeParameters: { response_mode: 'query', prompt: 'select_account' },
    rotates: true,
  });
  const state = { revision: 1, oldestToken: 0, made: 0 };
  const calendars: FakeGraph['calendars'] = new Map([
    ['AAMk=default', { id: 'AAMk=default', name: 'Secret name of the host', isDefaultCalendar: true, canEdit: true }],
    ['AAMk=team', { id: 'AAMk=team', name: 'Team', isDefaultCalendar: false, canEdit: true }],
  ]);
  const events: FakeGraph['events'] = new Map();
  const subscriptions: FakeGraph['subscriptions'] = new Map();
  const putEvent: FakeGraph['putEvent'] = (event) => {
    state.revision += 1;
    const whole: GraphEvent = {
      calendarId: 'AAMk=default',
      start: { dateTime: '', timeZone: 'UTC' },
      end: { dateTime: '', timeZone: 'UTC' },
      isAllDay: false,
      isCancelled: false,
      showAs: 'busy',
      responseStatus: { response: 'organizer' },
      deleted: false,
      ...events.get(event.id),
      ...event,
      '@odata.etag': `W/"${state.revision}"`,
      revision: state.revision,
    };
    events.set(event.id, whole);
    return whole;
  };
  const server = await startFakeServer(async (request) => {
    if (oauth.handles(request.url.pathname)) return oauth.handle(request);
    const scopes = oauth.scopesOf(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (scopes === null) return graphError(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
    return await answerGraph(request, scopes, {
      calendars,
      events,
      subscriptions,
      putEvent,
      state,
      base: `http://${request.headers.host ?? ''}/v1.0`,
      deliver,
    });
  });
  return {
    ...server,
    oauth,
    calendars,
    events,
    subscriptions,
    putEvent,
    expireSyncTokens: () => {
      state.revision += 1;
      state.oldestToken = state.revision;
    },
    tellSubscriptions: async (lifecycleEvent) => {
      const told = [...subscriptions].map(async ([subscriptionId, { clientState, notificationUrl, resource }]) => {
        const what = lifecycleEvent === undefined ? { changeType: 'updated', resource: `${resource}/1` } : { lifecycleEvent };
        // Graph forgets a subscription before it says so.
        if (lifecycleEvent === 'subscriptionRemoved') subscriptions.delete(subscriptionId);
        return (await deliver(notificationUrl, { body: { value: [{ subscriptionId, clientState, tenantId: 'aad', ...what }] } })).status;
      });
      return Promise.all(told);
    },
  };
}
