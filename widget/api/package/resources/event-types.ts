import type { EventType, EventTypeCreate, PublicEventType } from '../../../../shared/contract/event-type.ts';
import { type Call, pathOf } from '../call.ts';
import type { Change } from '../change.ts';
import type { CallOptions, ChangeOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';
import type { HostFilter } from './hosts.ts';

/** What can be booked. */
export interface EventTypes extends Listing<EventType, HostFilter> {
  create(body: EventTypeCreate, options?: CreateOptions): Promise<Result<EventType>>;
  /** Every setting: with a secret key, or as its host. */
  get(id: string, options?: CallOptions): Promise<Result<EventType>>;
  /** What everybody may see: with a publishable key, or as an invitee. */
  getPublic(id: string, options?: CallOptions): Promise<Result<PublicEventType>>;
  change(id: string, body: Change<EventTypeCreate>, options?: ChangeOptions): Promise<Result<EventType>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
}

export function eventTypesOf(call: Call): EventTypes {
  return {
    ...listingOf<EventType, HostFilter>(call, '/v1/event-types'),
    create: (body, options) => call('POST', '/v1/event-types', { ...options, body, creates: true }),
    get: (id, options) => call('GET', pathOf`/v1/event-types/${id}`, options),
    getPublic: (id, options) => call('GET', pathOf`/v1/event-types/${id}`, options),
    change: (id, body, options) => call('PATCH', pathOf`/v1/event-types/${id}`, { ...options, body }),
    delete: (id, options) => call('DELETE', pathOf`/v1/event-types/${id}`, options),
  };
}
