import { askProvider, blamesMessage } from './ask-provider.ts';
import type { ProviderFetch, SmsSender } from './sms-sender.ts';

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number in E.164, or the sid of a messaging service (`MG...`). */
  readonly from: string;
  /** `https://api.twilio.com`; another one in tests and for regional endpoints. */
  readonly apiUrl: string;
  readonly timeoutMs: number;
  readonly fetch: ProviderFetch;
}

/** Twilio's code for a number that has answered STOP (https://www.twilio.com/docs/api/errors/21610). */
const UNSUBSCRIBED = 21_610;

/**
 * Sends by Twilio's REST interface, version 2010-04-01. It knows no idempotency key: when the answer is lost, the next attempt may send a
 * second SMS.
 */
export function createTwilioSender(settings: TwilioSettings): SmsSender {
  const url = `${settings.apiUrl.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(settings.accountSid)}/Messages.json`;
  const credentials = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64');
  const sender: Record<string, string> = settings.from.startsWith('MG') ? { MessagingServiceSid: settings.from } : { From: settings.from };
  return {
    async send({ to, text }) {
      const answer = await askProvider(settings.fetch, {
        url,
        headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({ ...sender, To: to, Body: text }).toString(),
        timeoutMs: settings.timeoutMs,
      });
      if ('ok' in answer) return answer;
      if (answer.status >= 200 && answer.status < 300) {
        return { ok: true, providerId: typeof answer.body?.sid === 'string' ? answer.body.sid : null };
      }
      const code = typeof answer.body?.code === 'number' ? answer.body.code : null;
      return {
        ok: false,
        permanent: blamesMessage(answer.status),
        optedOut: code === UNSUBSCRIBED,
        detail: `twilio ${answer.status}${code === null ? '' : ` code ${code}`}`,
      };
    },
  };
}
