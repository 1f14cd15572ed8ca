import { Webhook } from 'standardwebhooks';

export interface UnsignedWebhook {
  /** The same for every attempt at this delivery. */
  readonly id: string;
  readonly body: string;
  /** When this attempt is made. */
  readonly nowMs: number;
  /** `whsec_...`, newest first; at least one. */
  readonly secrets: readonly string[];
}

/** The three headers of Standard Webhooks, with one signature per live secret, so that a receiver may hold the old one or the new. */
export function signWebhook({ id, body, nowMs, secrets }: UnsignedWebhook): Record<string, string> {
  if (secrets.length === 0) throw new Error('webhook: no secret to sign with');
  const sentAt = new Date(nowMs);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(nowMs / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body)).join(' '),
  };
}
