import type { CallOptions, CallOutcome, Credentials, PushChannel, PushChannels, PushRequest } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { callGoogle, type GoogleCall } from './call-google.ts';

/** A week is the longest Google gives; it names the real end in its answer. */
const WANTED_SECONDS = 7 * 86_400;

/** Google's push channels on the events of a calendar. A channel cannot be prolonged: renewing makes a new one, then stops the old. */
export function googlePush(open: (credentials: Credentials, call?: CallOptions) => GoogleCall): PushChannels {
  const push: PushChannels = {
    watch: (credentials, request, call) => watch(open(credentials, call), request),
    renew: async (credentials, channel, request, call) => {
      const next = await watch(open(credentials, call), request);
      // An old channel that cannot be stopped runs out by itself; until then a change is announced twice.
      if (next.ok) await push.stop(credentials, channel, call);
      return next;
    },
    stop: async (credentials, { channelId, resourceId }, call) => {
      const google = open(credentials, call);
      const answer = await callGoogle(google, (options) =>
        google.api.channels.stop({ requestBody: { id: channelId, resourceId } }, options),
      );
      return answer.ok || answer.reason === 'notFound' ? { ok: true, value: null } : answer;
    },
    readMessage: ({ headers }) => {
      const channelId = headers['x-goog-channel-id'];
      const state = headers['x-goog-resource-state'];
      if (channelId === undefined || state === undefined) return { kind: 'unreadable' };
      // `sync` only says that the channel is open.
      if (state === 'sync') return { kind: 'messages', messages: [] };
      return { kind: 'messages', messages: [{ kind: 'changed', channelId, token: headers['x-goog-channel-token'] ?? '' }] };
    },
  };
  return push;
}

async function watch(google: GoogleCall, { calendarId, channelId, token, address }: PushRequest): Promise<CallOutcome<PushChannel>> {
  const requestBody = { id: channelId, token, address, type: 'web_hook', params: { ttl: String(WANTED_SECONDS) } };
  const answer = await callGoogle(google, (options) => google.api.events.watch({ calendarId, requestBody }, options));
  if (!answer.ok) return answer;
  const { resourceId, expiration } = answer.value;
  const expiresAtMs = Number(expiration);
  if (typeof resourceId !== 'string' || !(expiresAtMs > 0)) return unavailable('Google opened a channel that cannot be read');
  return { ok: true, value: { channelId, resourceId, calendarId, expiresAtMs } };
}
