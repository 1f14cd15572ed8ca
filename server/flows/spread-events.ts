import { insertDeliveries, listEndpointsOf, lockUntoldEvents, markEventsTold } from '../adapters/db/webhooks.ts';
import { wantsEvent } from '../domain/webhooks/wants-event.ts';
import type { Deps } from './deps.ts';

/**
 * Turns events into deliveries, one for each endpoint that wants them, and marks them in the same transaction: a crash leaves both or neither.
 * Answers how many events were looked at.
 */
export async function spreadEvents({ db, clock, ids }: Deps, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const events = await lockUntoldEvents(trx, limit);
    if (events.length === 0) return 0;
    const at = new Date(clock.nowMs());
    const endpoints = await listEndpointsOf(trx, [...new Set(events.map((event) => event.tenant_id))]);
    const rows = events.flatMap((event) =>
      endpoints
        .filter(
          (endpoint) =>
            endpoint.tenant_id === event.tenant_id && endpoint.created_at <= event.at && wantsEvent(endpoint.events, event.type),
        )
        .map((endpoint) => ({
          tenant_id: event.tenant_id,
          delivery_id: ids.next('whe'),
          endpoint_id: endpoint.endpoint_id,
          event_id: event.event_id,
          event_type: event.type,
          next_at: at,
          created_at: at,
        })),
    );
    await insertDeliveries(trx, rows);
    await markEventsTold(trx, events, at);
    return events.length;
  });
}
