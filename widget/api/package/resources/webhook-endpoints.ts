import type {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointSettings,
} from '../../../../shared/contract/webhook.ts';
import { type Call, pathOf } from '../call.ts';
import type { Change } from '../change.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf, type Page, type PageQuery } from '../listing.ts';
import type { Result } from '../result.ts';

/** Where your backend is told what happens. */
export interface WebhookEndpoints extends Listing<WebhookEndpoint> {
  /** The secret is told in this answer, once. */
  create(body: WebhookEndpointCreate, options?: CreateOptions): Promise<Result<NewWebhookEndpoint>>;
  change(id: string, body: Change<WebhookEndpointSettings>, options?: CallOptions): Promise<Result<WebhookEndpoint>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
  /** Deliveries are signed with both secrets for 24 hours. */
  rotateSecret(id: string, options?: CallOptions): Promise<Result<NewWebhookEndpoint>>;
  deliveries(id: string, query?: PageQuery, options?: CallOptions): Promise<Result<Page<WebhookDelivery>>>;
  allDeliveries(id: string, query?: PageQuery, options?: CallOptions): AsyncGenerator<WebhookDelivery, void, undefined>;
  /** Sends one again. */
  redeliver(id: string, deliveryId: string, options?: CallOptions): Promise<Result<WebhookDelivery>>;
}

export function webhookEndpointsOf(call: Call): WebhookEndpoints {
  const deliveriesOf = (id: string) => listingOf<WebhookDelivery>(call, pathOf`/v1/webhook-endpoints/${id}/deliveries`);
  return {
    ...listingOf<WebhookEndpoint>(call, '/v1/webhook-endpoints'),
    create: (body, options) => call('POST', '/v1/webhook-endpoints', { ...options, body, creates: true }),
    change: (id, body, options) => call('PATCH', pathOf`/v1/webhook-endpoints/${id}`, { ...options, body }),
    delete: (id, options) => call('DELETE', pathOf`/v1/webhook-endpoints/${id}`, options),
    rotateSecret: (id, options) => call('POST', pathOf`/v1/webhook-endpoints/${id}/rotate-secret`, options),
    deliveries: (id, query, options) => deliveriesOf(id).list(query, options),
    allDeliveries: (id, query, options) => deliveriesOf(id).all(query, options),
    redeliver: (id, deliveryId, options) => call('POST', pathOf`/v1/webhook-endpoints/${id}/deliveries/${deliveryId}/redeliver`, options),
  };
}
