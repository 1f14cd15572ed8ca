import type {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointSettings as Settings,
} from '../../shared/contract/webhook.ts';
import { WebhookEndpointSettings } from '../../shared/contract/webhook.ts';
import {
  deleteEndpoint,
  type DeliveryRow,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  listDeliveries,
  listEndpoints,
  renewDelivery,
  updateEndpoint,
} from '../adapters/db/webhooks.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { mergePatch } from '../domain/merge-patch.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import { secretContext } from './deliver-webhook.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

/** How long receivers may still check with the secret before the last rotation. */
const OLD_SECRET_HOURS = 24;

type PageQuery = { readonly cursor?: string; readonly limit?: number };

/** Makes an endpoint that is told of what happens from now on. Its signing secret is in this answer, once. */
export async function createEndpoint(deps: Deps, caller: TenantCaller, given: WebhookEndpointCreate): Promise<Outcome<NewWebhookEndpoint>> {
  const { db, clock, ids, vault, remember } = deps;
  const tenantId = caller.tenant.id;
  if (!(await deps.webhooks.mayReach(given.url))) return leadsInside();
  const now = new Date(clock.nowMs());
  const endpointId = ids.next('whk');
  const secret = deps.webhooks.newSecret();
  const row: EndpointRow = {
    tenant_id: tenantId,
    endpoint_id: endpointId,
    url: given.url,
    events: [...given.events],
    contact_details: given.contactDetails ?? 'masked',
    status: 'active',
    secret: vault.seal(secret, secretContext(tenantId, endpointId)),
    previous_secret: null,
    previous_secret_until: null,
    last_success_at: null,
    created_at: now,
    updated_at: now,
  };
  return db.transaction().execute(async (trx) => {
    await insertEndpoint(trx, row);
    const answer = { ...presentEndpoint(row), secret };
    await remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readEndpoints(deps: Deps, caller: TenantCaller, query: PageQuery): Promise<Outcome<Page<WebhookEndpoint>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listEndpoints(deps.db, caller.tenant.id, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  return succeed(toPage(rows, limit, (row) => [row.endpoint_id], presentEndpoint));
}

/** RFC 7396. `status: "active"` starts a paused or disabled endpoint again; what waited meanwhile is delivered then. */
export async function changeEndpoint(deps: Deps, caller: TenantCaller, id: string, patch: object): Promise<Outcome<WebhookEndpoint>> {
  // Before the transaction, since finding a name takes time; whatever is no address at all is refused by the schema.
  const { url: newUrl } = patch as { readonly url?: unknown };
  const isInside = typeof newUrl === 'string' && URL.canParse(newUrl) && !(await deps.webhooks.mayReach(newUrl));
  return deps.db.transaction().execute(async (trx) => {
    const row = await findEndpoint(trx, caller.tenant.id, id);
    if (row === undefined) return refuse('not_found');
    const { url, events, contact_details: contactDetails, status } = row;
    const merged = mergePatch({ url, events, contactDetails, status }, patch);
    const issues = findIssues(WebhookEndpointSettings, merged);
    if (issues !== null) return refuse('validation_failed', { issues });
    if (isInside) return leadsInside();
    const settings = merged as Settings;
    const change = {
      url: settings.url,
      events: [...settings.events],
      contact_details: settings.contactDetails ?? 'masked',
      status: settings.status,
      updated_at: new Date(deps.clock.nowMs()),
    };
    await updateEndpoint(trx, caller.tenant.id, id, change);
    return succeed(presentEndpoint({ ...row, ...change }));
  });
}

export async function removeEndpoint(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<null>> {
  const removed = await deps.db.transaction().execute((trx) => deleteEndpoint(trx, caller.tenant.id, id));
  return removed ? succeed(null) : refuse('not_found');
}

/** Makes a new secret; for a day every delivery is signed with both, so that no receiver misses one. */
export async function rotateSecret(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<NewWebhookEndpoint>> {
  return deps.db.transaction().execute(async (trx) => {
    const row = await findEndpoint(trx, caller.tenant.id, id);
    if (row === undefined) return refuse('not_found');
    const now = new Date(deps.clock.nowMs());
    const secret = deps.webhooks.newSecret();
    const change = {
      secret: deps.vault.seal(secret, secretContext(caller.tenant.id, id)),
      previous_secret: row.secret,
      previous_secret_until: new Date(now.getTime() + OLD_SECRET_HOURS * 3_600_000),
      updated_at: now,
    };
    await updateEndpoint(trx, caller.tenant.id, id, change);
    return succeed({ ...presentEndpoint({ ...row, ...change }), secret });
  });
}

/** What was and will be delivered to an endpoint, newest first. */
export async function readDeliveries(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  query: PageQuery,
): Promise<Outcome<Page<WebhookDelivery>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  if ((await findEndpoint(deps.db, caller.tenant.id, id)) === undefined) return refuse('not_found');
  const rows = await listDeliveries(deps.db, caller.tenant.id, id, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  return succeed(toPage(rows, limit, (row) => [row.delivery_id], presentDelivery));
}

/** Delivers once more, under the same `webhook-id`, with all its attempts before it. */
export async function redeliver(deps: Deps, caller: TenantCaller, id: string, deliveryId: string): Promise<Outcome<WebhookDelivery>> {
  const at = new Date(deps.clock.nowMs());
  const row = await deps.db.transaction().execute((trx) => renewDelivery(trx, caller.tenant.id, id, deliveryId, at));
  return row === undefined ? refuse('not_found') : succeed(presentDelivery(row));
}

function leadsInside(): Refusal {
  return refuseField('url', 'must not lead into a private network; the operator may allow ranges with OUTBOUND_ALLOW');
}

function presentEndpoint(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.endpoint_id,
    url: row.url,
    events: row.events,
    contactDetails: row.contact_details,
    status: row.status,
    previousSecretValidUntil: row.previous_secret_until?.toISOString() ?? null,
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.delivery_id,
    eventId: row.event_id,
    type: row.event_type,
    status: row.state === 'sent' ? 'delivered' : row.state === 'waiting' ? 'waiting' : 'failed',
    attempts: row.attempts,
    lastStatusCode: row.last_status,
    detail: row.detail,
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    nextAttemptAt: row.state === 'waiting' ? row.next_at.toISOString() : null,
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  };
}
