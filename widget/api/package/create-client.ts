import type { ClientOptions } from './client-options.ts';
import type { Query } from './call.ts';
import { createCall } from './create-call.ts';
import { acknowledgementsOf, type Acknowledgements, impressionsOf, type Impressions } from './resources/acknowledgements.ts';
import { bookingsOf, type Bookings } from './resources/bookings.ts';
import { connectionsOf, type Connections } from './resources/connections.ts';
import { eventTypesOf, type EventTypes } from './resources/event-types.ts';
import { hostsOf, type Hosts, schedulesOf, type Schedules } from './resources/hosts.ts';
import {
  healthOf,
  type Health,
  redirectsOf,
  type Redirects,
  screeningOf,
  type Screening,
  smsConsentsOf,
  type SmsConsents,
} from './resources/messages.ts';
import { noticesOf, type Notices } from './resources/notices.ts';
import { proposalsOf, type Proposals } from './resources/proposals.ts';
import { incidentsOf, type Incidents, peopleOf, type People, roomsOf, type Rooms } from './resources/rooms.ts';
import { holdsOf, type Holds, slotsOf, type Slots } from './resources/slots.ts';
import { apiKeysOf, type ApiKeys, ownTenantOf, type OwnTenant, tenantsOf, type Tenants } from './resources/tenants.ts';
import { webhookEndpointsOf, type WebhookEndpoints } from './resources/webhook-endpoints.ts';
import type { CreateOptions } from './client-options.ts';
import type { Result } from './result.ts';

/** What `request` sends. */
export interface RequestOptions extends CreateOptions {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  /** What the answer is read as; default `json`. */
  readonly as?: 'json' | 'text' | undefined;
}

/** The whole API, resource by resource. Every call answers a `Result`; none throws. */
export interface Client {
  readonly eventTypes: EventTypes;
  readonly slots: Slots;
  readonly holds: Holds;
  readonly bookings: Bookings;
  readonly proposals: Proposals;
  readonly notices: Notices;
  readonly acknowledgements: Acknowledgements;
  readonly impressions: Impressions;
  readonly incidents: Incidents;
  readonly rooms: Rooms;
  readonly people: People;
  readonly screening: Screening;
  readonly smsConsents: SmsConsents;
  readonly redirects: Redirects;
  readonly hosts: Hosts;
  readonly schedules: Schedules;
  readonly connections: Connections;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly tenant: OwnTenant;
  readonly tenants: Tenants;
  readonly apiKeys: ApiKeys;
  readonly health: Health;
  /** Anything this version has no method for. With an `idempotencyKey` it is repeated as a call that creates is. */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<Result<T>>;
}

/** A client of Parley's REST API, for browsers and Node. Throws only when `baseUrl` is no address. */
export function createClient(options: ClientOptions): Client {
  if (!/^https?:\/\/[^/]/.test(options.baseUrl)) throw new TypeError(`createClient: baseUrl is no address: ${options.baseUrl}`);
  const call = createCall(options);
  return {
    eventTypes: eventTypesOf(call),
    slots: slotsOf(call),
    holds: holdsOf(call),
    bookings: bookingsOf(call),
    proposals: proposalsOf(call),
    notices: noticesOf(call),
    acknowledgements: acknowledgementsOf(call),
    impressions: impressionsOf(call),
    incidents: incidentsOf(call),
    rooms: roomsOf(call),
    people: peopleOf(call),
    screening: screeningOf(call),
    smsConsents: smsConsentsOf(call),
    redirects: redirectsOf(call),
    hosts: hostsOf(call),
    schedules: schedulesOf(call),
    connections: connectionsOf(call),
    webhookEndpoints: webhookEndpointsOf(call),
    tenant: ownTenantOf(call),
    tenants: tenantsOf(call),
    apiKeys: apiKeysOf(call),
    health: healthOf(call),
    request: (method, path, request) => call(method, path, request),
  };
}
