import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundSmsOutcome } from './sms-sender.ts';

export interface TwilioInbound {
  readonly authToken: string;
  /** The address Twilio was told, with its query, as it stands in Twilio's settings: behind a proxy not the one the server sees. */
  readonly url: string;
  /** The posted form. */
  readonly form: URLSearchParams;
  /** Header `X-Twilio-Signature`. */
  readonly signature: string | undefined;
}

/**
 * What a person sent us through Twilio. The signature is checked first, in constant time: HMAC-SHA1 over the address and the sorted
 * fields (https://www.twilio.com/docs/usage/security). `OptOutType` says that Twilio has answered the keyword itself.
 */
export function readTwilioInbound({ authToken, url, form, signature }: TwilioInbound): InboundSmsOutcome {
  if (signature === undefined || !sameText(signature, twilioSignature(authToken, url, form))) return { ok: false, reason: 'bad_signature' };
  const providerId = form.get('MessageSid');
  const from = form.get('From');
  const text = form.get('Body');
  if (providerId === null || from === null || text === null) return { ok: false, reason: 'malformed' };
  return { ok: true, sms: { providerId, from, text, answered: form.has('OptOutType') } };
}

/** The answer to Twilio's webhook: a reply to the person, or none. */
export function writeTwilioReply(text: string | null): string {
  const message = text === null ? '' : `<Message>${escapeXml(text)}</Message>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>`;
}

function twilioSignature(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  const fields = names.map((name) =>
    [...new Set(form.getAll(name))]
      .sort()
      .map((value) => name + value)
      .join(''),
  );
  return createHmac('sha1', authToken)
    .update(url + fields.join(''), 'utf8')
    .digest('base64');
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function escapeXml(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, '').replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
