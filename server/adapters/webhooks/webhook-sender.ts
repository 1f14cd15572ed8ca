import { randomBytes } from 'node:crypto';
import { type DeliveryAnswer, deliverWebhook, type WebhookDelivery, type WebhookSender as Way } from './deliver-webhook.ts';
import { newWebhookSecret, WEBHOOK_SECRET_BYTES } from './new-webhook-secret.ts';

/** The way webhooks leave the house. */
export interface WebhookSender {
  /** One attempt; never throws for what the receiver does. */
  deliver(delivery: WebhookDelivery): Promise<DeliveryAnswer>;
  /** False for an address that leads inside the network: it is refused when it is given, and again at each attempt. */
  readonly mayReach: (url: string) => Promise<boolean>;
  newSecret(): string;
}

export function createWebhookSender(way: Way & Pick<WebhookSender, 'mayReach'>): WebhookSender {
  return {
    deliver: (delivery) => deliverWebhook(way, delivery),
    mayReach: way.mayReach,
    newSecret: () => newWebhookSecret(randomBytes(WEBHOOK_SECRET_BYTES)),
  };
}
