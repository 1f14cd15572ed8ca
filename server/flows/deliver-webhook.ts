import type { Selectable } from 'kysely';
import { findExternalIds } from '../adapters/db/people.ts';
import type { EventTable } from '../adapters/db/schema.ts';
import { type DeliveryRow, type EndpointRow, findEndpoint, findEvent, updateDelivery, updateEndpoint } from '../adapters/db/webhooks.ts';
import { settleWork } from '../adapters/db/work.ts';
import { judgeDelivery } from '../domain/webhooks/judge-delivery.ts';
import { liveSecrets } from '../domain/webhooks/live-secrets.ts';
import { webhookBody } from '../domain/webhooks/webhook-body.ts';
import type { Deps } from './deps.ts';
import { readMeeting } from './meeting.ts';
import { presentBooking } from './present-booking.ts';

/**
 * Makes one attempt at one delivery and writes down what came of it: delivered, to be tried again, given up, or the endpoint paused or disabled. The
 * body tells the event and the booking as it is now, masked for endpoints that may not read contact details.
 */
export async function deliverWebhook(deps: Deps, row: DeliveryRow): Promise<void> {
  const { db, clock } = deps;
  const taken = { tenantId: row.tenant_id, id: row.delivery_id, attempts: row.attempts };
  const endpoint = await findEndpoint(db, row.tenant_id, row.endpoint_id);
  const event = await findEvent(db, row.tenant_id, row.event_id);
  if (endpoint === undefined || event === undefined) return;
  const startMs = clock.nowMs();
  const answer = await deps.webhooks.deliver({
    url: endpoint.url,
    id: row.delivery_id,
    body: webhookBody({ type: event.type, atMs: event.at.getTime(), data: await dataOf(deps, endpoint, event) }),
    nowMs: startMs,
    secrets: liveSecrets(secretsOf(deps, endpoint), startMs),
  });
  const atMs = clock.nowMs();
  const at = new Date(atMs);
  await updateDelivery(db, row.tenant_id, row.delivery_id, { last_status: answer.status });
  const verdict = judgeDelivery({
    status: answer.status,
    attempt: row.attempts,
    atMs,
    luck: deps.luck(),
    retryAfterMs: answer.retryAfterMs,
    endpointLastSuccessMs: endpoint.last_success_at?.getTime() ?? null,
    firstAttemptMs: row.first_attempt_at?.getTime() ?? startMs,
  });
  const { detail } = answer;
  switch (verdict.act) {
    case 'delivered':
      await settleWork(db, 'webhook_deliveries', taken, { state: 'sent', detail, at });
      return updateEndpoint(db, row.tenant_id, row.endpoint_id, { last_success_at: at });
    case 'retry':
      await settleWork(db, 'webhook_deliveries', taken, { state: 'waiting', detail, at, nextAt: new Date(verdict.atMs) });
      return;
    case 'giveUp':
      await settleWork(db, 'webhook_deliveries', taken, { state: 'failed', detail, at });
      return;
    case 'pause':
    case 'disable':
      await settleWork(db, 'webhook_deliveries', taken, { state: 'failed', detail, at });
      return updateEndpoint(db, row.tenant_id, row.endpoint_id, {
        status: verdict.act === 'pause' ? 'paused' : 'disabled',
        updated_at: at,
      });
    default:
      return verdict satisfies never;
  }
}

/** What a secret is sealed under. */
export function secretContext(tenantId: string, endpointId: string): string {
  return `webhook:${tenantId}:${endpointId}`;
}

function secretsOf({ vault }: Deps, endpoint: EndpointRow) {
  const context = secretContext(endpoint.tenant_id, endpoint.endpoint_id);
  const { previous_secret: previous, previous_secret_until: until } = endpoint;
  return {
    current: vault.open(endpoint.secret, context),
    previous: previous === null || until === null ? null : { secret: vault.open(previous, context), validUntilMs: until.getTime() },
  };
}

/** Ids and plain facts of the event, and the booking behind it without anybody's links: a webhook is read by the marketplace, not by a party. */
async function dataOf(deps: Deps, endpoint: EndpointRow, event: Selectable<EventTable>): Promise<Record<string, unknown>> {
  const { tenant_id: tenantId, data } = event;
  const bookingId = data['bookingId'];
  const meeting = typeof bookingId === 'string' ? await readMeeting(deps.db, tenantId, bookingId) : undefined;
  if (meeting === undefined) return { ...data, ...(await peopleOf(deps, tenantId, data)) };
  const tenant = { id: tenantId, settings: meeting.tenant.settings };
  const booking = presentBooking(deps, tenant, endpoint.contact_details === 'full' ? 'operator' : 'outsider', meeting.record, []);
  return { ...data, booking, ...(await peopleOf(deps, tenantId, data)) };
}

/** Whom it is about is named by the marketplace's own id too, which alone tells it whom to show it to. */
async function peopleOf({ db }: Deps, tenantId: string, data: Record<string, unknown>): Promise<Record<string, unknown>> {
  const recipient = data['recipient'] as { readonly personId?: unknown } | undefined;
  const personId = recipient?.personId ?? data['personId'];
  if (typeof personId !== 'string') return {};
  const [known] = await findExternalIds(db, tenantId, [personId]);
  const externalId = known?.externalId ?? null;
  return recipient === undefined ? { externalId } : { recipient: { ...recipient, externalId } };
}
