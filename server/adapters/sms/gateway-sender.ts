import { askProvider, blamesMessage } from './ask-provider.ts';
import type { ProviderFetch, SmsSender } from './sms-sender.ts';

export interface GatewaySettings {
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly fetch: ProviderFetch;
}

/**
 * Sends through any HTTP gateway: `POST url` with `Authorization: Bearer token`, `Idempotency-Key: id` and `{ "id", "to", "text" }`. Any 2xx
 * means taken, with an optional `{ "id": "..." }`; a 4xx about the message may add `{ "optedOut": true }`.
 */
export function createGatewaySender(settings: GatewaySettings): SmsSender {
  return {
    async send({ id, to, text }) {
      const answer = await askProvider(settings.fetch, {
        url: settings.url,
        headers: { authorization: `Bearer ${settings.token}`, 'content-type': 'application/json', 'idempotency-key': id },
        body: JSON.stringify({ id, to, text }),
        timeoutMs: settings.timeoutMs,
      });
      if ('ok' in answer) return answer;
      if (answer.status >= 200 && answer.status < 300) {
        return { ok: true, providerId: typeof answer.body?.id === 'string' ? answer.body.id : null };
      }
      return {
        ok: false,
        permanent: blamesMessage(answer.status),
        optedOut: blamesMessage(answer.status) && answer.body?.optedOut === true,
        detail: `gateway ${answer.status}`,
      };
    },
  };
}
