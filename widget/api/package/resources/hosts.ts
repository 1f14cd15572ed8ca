import type { Host, HostCreate, HostFeed, HostSettings } from '../../../../shared/contract/host.ts';
import type { HostSchedule, Schedule, ScheduleCreate } from '../../../../shared/contract/schedule.ts';
import { type Call, pathOf } from '../call.ts';
import type { Change } from '../change.ts';
import type { CallOptions, ChangeOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

/** A host's `id` is Parley's own or `ext:` and yours. */
export interface Hosts extends Listing<Host> {
  create(body: HostCreate, options?: CreateOptions): Promise<Result<Host>>;
  get(id: string, options?: CallOptions): Promise<Result<Host>>;
  /** Makes the host or brings it up to date: `put('ext:u_81', { name, timeZone })`. */
  put(id: string, body: HostCreate, options?: CallOptions): Promise<Result<Host>>;
  change(id: string, body: Change<HostSettings>, options?: ChangeOptions): Promise<Result<Host>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
  /** A new address for the host's calendar feed; the old one is gone. */
  rotateFeed(id: string, options?: CallOptions): Promise<Result<HostFeed>>;
  /** The host's meetings as an iCalendar file; `t` is the file token of the feed's address. */
  feed(id: string, query?: { readonly t?: string | undefined }, options?: CallOptions): Promise<Result<string>>;
}

/** When a host works. */
export interface Schedules extends Listing<Schedule, HostFilter> {
  create(body: ScheduleCreate, options?: CreateOptions): Promise<Result<Schedule>>;
  get(id: string, options?: CallOptions): Promise<Result<Schedule>>;
  change(id: string, body: Change<HostSchedule>, options?: ChangeOptions): Promise<Result<Schedule>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
}

/** What belongs to one host. */
export interface HostFilter {
  readonly hostId?: string | undefined;
}

export function hostsOf(call: Call): Hosts {
  return {
    ...listingOf<Host>(call, '/v1/hosts'),
    create: (body, options) => call('POST', '/v1/hosts', { ...options, body, creates: true }),
    get: (id, options) => call('GET', pathOf`/v1/hosts/${id}`, options),
    put: (id, body, options) => call('PUT', pathOf`/v1/hosts/${id}`, { ...options, body }),
    change: (id, body, options) => call('PATCH', pathOf`/v1/hosts/${id}`, { ...options, body }),
    delete: (id, options) => call('DELETE', pathOf`/v1/hosts/${id}`, options),
    rotateFeed: (id, options) => call('POST', pathOf`/v1/hosts/${id}/feed/rotate`, options),
    feed: (id, query, options) => call('GET', pathOf`/v1/hosts/${id}/feed.ics`, { ...options, query, as: 'text' }),
  };
}

export function schedulesOf(call: Call): Schedules {
  return {
    ...listingOf<Schedule, HostFilter>(call, '/v1/schedules'),
    create: (body, options) => call('POST', '/v1/schedules', { ...options, body, creates: true }),
    get: (id, options) => call('GET', pathOf`/v1/schedules/${id}`, options),
    change: (id, body, options) => call('PATCH', pathOf`/v1/schedules/${id}`, { ...options, body }),
    delete: (id, options) => call('DELETE', pathOf`/v1/schedules/${id}`, options),
  };
}
