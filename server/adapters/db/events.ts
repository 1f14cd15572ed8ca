import type { EventTable, Trx } from './schema.ts';
import { asJson } from './tenants.ts';

/** What a tenant's endpoints and the messages may be told of. */
export type EventName =
  | `booking.${'requested' | 'confirmed' | 'declined' | 'expired' | 'rescheduled' | 'cancelled' | 'completed' | 'noShow' | 'guestsChanged'}`
  | `proposal.${'created' | 'accepted' | 'withdrawn' | 'expired'}`
  | 'hold.expired'
  | 'reminder.due'
  | 'notice.firstContact'
  | 'acknowledgement.created'
  | 'contactDetails.detected'
  | 'incident.created'
  | 'calendar.error'
  | 'calendar.recovered'
  | 'message.failed';

export interface NewEvent extends Pick<EventTable, 'tenant_id' | 'event_id' | 'data' | 'at'> {
  readonly type: EventName;
}

/** Writes down that something happened, in the transaction in which it does. `data` holds ids and plain facts, nothing personal. */
export async function recordEvent(trx: Trx, event: NewEvent): Promise<void> {
  await trx
    .insertInto('events')
    .values({ ...event, data: asJson(event.data), delivered_at: null })
    .execute();
}
