import { randomBytes } from 'node:crypto';
import { type DeliveryAnswer, deliverWebhook, type WebhookDelivery, type WebhookSender as Way } from './deliver-webhook.ts';
import { newWebhookSecret, WEBHOOK_SECRET_BYTES } from './new-webhook-secret.ts';

/** The way webhooks leave the house. */
export interface WebhookSender {
  /** One attempt; never throws for what the receiver does. */
  deliver(delivery: WebhookDelivery): Promise<DeliveryAnswer>;
  newSecret(): string;
}

export function createWebhookSender(way: Way): WebhookSender {
  return { deliver: (delivery) => deliverWebhook(way, delivery), newSecret: () => newWebhookSecret(randomBytes(WEBHOOK_SECRET_BYTES)) };
}
