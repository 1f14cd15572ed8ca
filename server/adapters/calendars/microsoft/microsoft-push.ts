import type { Clock } from '../../clock.ts';
import type { CallOptions, CallOutcome, ChannelMessage, Credentials, PushChannel, PushChannels, PushRequest } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { field, textField } from '../http/request-json.ts';
import { callGraph, type GraphCall } from './call-graph.ts';

/** Graph allows event subscriptions of 10,080 minutes (a week); a little less survives clocks that differ. */
const LASTS_MS = 10_000 * 60_000;

/** Graph subscriptions on the events of a calendar, with lifecycle messages to the same address. */
export function microsoftPush(open: (credentials: Credentials, call?: CallOptions) => GraphCall, clock: Clock): PushChannels {
  return {
    watch: async (credentials, request, call) => {
      const body = {
        changeType: 'created,updated,deleted',
        notificationUrl: request.address,
        lifecycleNotificationUrl: request.address,
        resource: `me/calendars/${request.calendarId}/events`,
        expirationDateTime: new Date(clock.nowMs() + LASTS_MS).toISOString(),
        clientState: request.token,
      };
      return channelOf(await callGraph(open(credentials, call), '/subscriptions', { method: 'POST', body }), request);
    },
    renew: async (credentials, { resourceId }, request, call) => {
      const body = { expirationDateTime: new Date(clock.nowMs() + LASTS_MS).toISOString() };
      const path = `/subscriptions/${encodeURIComponent(resourceId)}`;
      return channelOf(await callGraph(open(credentials, call), path, { method: 'PATCH', body }), request);
    },
    stop: async (credentials, { resourceId }, call) => {
      const answer = await callGraph(open(credentials, call), `/subscriptions/${encodeURIComponent(resourceId)}`, { method: 'DELETE' });
      return answer.ok || answer.reason === 'notFound' ? { ok: true, value: null } : answer;
    },
    readMessage: ({ query, body }) => {
      const validation = query['validationToken'];
      if (validation !== undefined) return { kind: 'validation', answer: validation };
      const values = field(body, 'value');
      if (!Array.isArray(values)) return { kind: 'unreadable' };
      return { kind: 'messages', messages: values.flatMap(messageOf) };
    },
  };
}

const LIFECYCLE: Readonly<Record<string, ChannelMessage['kind']>> = {
  reauthorizationRequired: 'renew',
  subscriptionRemoved: 'lost',
  missed: 'changed',
};

function messageOf(value: unknown): ChannelMessage[] {
  const channelId = textField(value, 'subscriptionId');
  if (channelId === null) return [];
  const kind = LIFECYCLE[textField(value, 'lifecycleEvent') ?? ''] ?? 'changed';
  return [{ kind, channelId, token: textField(value, 'clientState') ?? '' }];
}

/** Graph names the subscription; its name stands as both ids, for messages carry no other. */
function channelOf(answer: CallOutcome<unknown>, { calendarId }: PushRequest): CallOutcome<PushChannel> {
  if (!answer.ok) return answer;
  const id = textField(answer.value, 'id');
  const expiresAtMs = Date.parse(textField(answer.value, 'expirationDateTime') ?? '');
  if (id === null || Number.isNaN(expiresAtMs)) return unavailable('Microsoft opened a channel that cannot be read');
  return { ok: true, value: { channelId: id, resourceId: id, calendarId, expiresAtMs } };
}
