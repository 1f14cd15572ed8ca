import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Db, EventTable, Trx, WebhookDeliveryTable, WebhookEndpointTable } from './schema.ts';

export type EndpointRow = Selectable<WebhookEndpointTable>;
export type DeliveryRow = Selectable<WebhookDeliveryTable>;

export async function insertEndpoint(trx: Trx, row: Insertable<WebhookEndpointTable>): Promise<void> {
  await trx.insertInto('webhook_endpoints').values(row).execute();
}

export async function findEndpoint(db: Db, tenantId: string, endpointId: string): Promise<EndpointRow | undefined> {
  return db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
}

export async function listEndpoints(db: Db, tenantId: string, afterId: string | null, limit: number): Promise<EndpointRow[]> {
  let query = db.selectFrom('webhook_endpoints').selectAll().where('tenant_id', '=', tenantId).orderBy('endpoint_id').limit(limit);
  if (afterId !== null) query = query.where('endpoint_id', '>', afterId);
  return query.execute();
}

export async function updateEndpoint(
  db: Db,
  tenantId: string,
  endpointId: string,
  change: Updateable<WebhookEndpointTable>,
): Promise<void> {
  await db.updateTable('webhook_endpoints').set(change).where('tenant_id', '=', tenantId).where('endpoint_id', '=', endpointId).execute();
}

export async function deleteEndpoint(trx: Trx, tenantId: string, endpointId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('webhook_endpoints')
    .where('tenant_id', '=', tenantId)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The oldest events nobody was told of yet, locked; other workers pass them over. */
export async function lockUntoldEvents(trx: Trx, limit: number): Promise<Selectable<EventTable>[]> {
  return trx
    .selectFrom('events')
    .selectAll()
    .where('delivered_at', 'is', null)
    .orderBy('tenant_id')
    .orderBy('event_id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function markEventsTold(trx: Trx, events: readonly Pick<EventTable, 'tenant_id' | 'event_id'>[], at: Date): Promise<void> {
  await sql`
    UPDATE events e SET delivered_at = ${at}
    FROM unnest(${events.map((event) => event.tenant_id)}::text[], ${events.map((event) => event.event_id)}::text[]) AS told (tenant_id, event_id)
    WHERE e.tenant_id = told.tenant_id AND e.event_id = told.event_id`.execute(trx);
}

export async function listEndpointsOf(db: Db, tenantIds: readonly string[]): Promise<EndpointRow[]> {
  return db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('tenant_id', 'in', [...tenantIds])
    .where('status', '<>', 'disabled')
    .execute();
}

export async function insertDeliveries(trx: Trx, rows: readonly Insertable<WebhookDeliveryTable>[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('webhook_deliveries')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['tenant_id', 'endpoint_id', 'event_id']).doNothing())
    .execute();
}

export interface TakeDeliveries {
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** Of one endpoint at once, so that a slow receiver delays nobody else. */
  readonly limitPerEndpoint: number;
  /** Endpoints that have their fill already. */
  readonly busy: readonly string[];
}

/** Takes deliveries to active endpoints, a few of each. They come due again when the lease ends, unless they are settled before. */
export async function takeDeliveries(db: Db, take: TakeDeliveries): Promise<DeliveryRow[]> {
  const { now, leaseMs, limit, limitPerEndpoint, busy } = take;
  const { rows } = await sql<DeliveryRow>`
    UPDATE webhook_deliveries w SET attempts = w.attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)},
      first_attempt_at = coalesce(w.first_attempt_at, ${now}), last_attempt_at = ${now}
    FROM (
      SELECT d.tenant_id, d.delivery_id FROM webhook_endpoints e CROSS JOIN LATERAL (
        SELECT tenant_id, delivery_id, next_at FROM webhook_deliveries
        WHERE tenant_id = e.tenant_id AND endpoint_id = e.endpoint_id AND state = 'waiting' AND next_at <= ${now}
        ORDER BY next_at LIMIT ${limitPerEndpoint} FOR UPDATE SKIP LOCKED
      ) d
      WHERE e.status = 'active' AND e.endpoint_id <> ALL(${[...busy]}::text[])
      ORDER BY d.next_at LIMIT ${limit}
    ) due
    WHERE w.tenant_id = due.tenant_id AND w.delivery_id = due.delivery_id AND w.state = 'waiting' AND w.next_at <= ${now}
    RETURNING w.*`.execute(db);
  return rows;
}

export async function findEvent(db: Db, tenantId: string, eventId: string): Promise<Selectable<EventTable> | undefined> {
  return db.selectFrom('events').selectAll().where('tenant_id', '=', tenantId).where('event_id', '=', eventId).executeTakeFirst();
}

export async function listDeliveries(
  db: Db,
  tenantId: string,
  endpointId: string,
  beforeId: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  let query = db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('endpoint_id', '=', endpointId)
    .orderBy('delivery_id', 'desc')
    .limit(limit);
  if (beforeId !== null) query = query.where('delivery_id', '<', beforeId);
  return query.execute();
}

/** Puts a delivery back in line, from its first attempt on; undefined when there is none. */
export async function renewDelivery(
  trx: Trx,
  tenantId: string,
  endpointId: string,
  deliveryId: string,
  at: Date,
): Promise<DeliveryRow | undefined> {
  return trx
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', attempts: 0, first_attempt_at: null, next_at: at, settled_at: null, detail: null })
    .where('tenant_id', '=', tenantId)
    .where('endpoint_id', '=', endpointId)
    .where('delivery_id', '=', deliveryId)
    .returningAll()
    .executeTakeFirst();
}

export async function updateDelivery(
  db: Db,
  tenantId: string,
  deliveryId: string,
  change: Updateable<WebhookDeliveryTable>,
): Promise<void> {
  await db.updateTable('webhook_deliveries').set(change).where('tenant_id', '=', tenantId).where('delivery_id', '=', deliveryId).execute();
}
