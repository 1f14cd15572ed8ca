import type {
  AuthorizeAnswer,
  AuthorizeRequest,
  Connection,
  ConnectionChange,
  ConnectionCreate,
} from '../../../../shared/contract/connection.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { listingOf, type Page, type PageQuery } from '../listing.ts';
import type { Result } from '../result.ts';

/** Hosts' outside calendars. */
export interface Connections {
  list(hostId: string, query?: PageQuery, options?: CallOptions): Promise<Result<Page<Connection>>>;
  all(hostId: string, query?: PageQuery, options?: CallOptions): AsyncGenerator<Connection, void, undefined>;
  /** A CalDAV account or a feed. Google and Microsoft are connected by their own page: `authorize`. */
  create(hostId: string, body: ConnectionCreate, options?: CreateOptions): Promise<Result<Connection>>;
  /** Where to send the host. */
  authorize(
    hostId: string,
    provider: 'google' | 'microsoft',
    body?: AuthorizeRequest,
    options?: CallOptions,
  ): Promise<Result<AuthorizeAnswer>>;
  change(id: string, body: ConnectionChange, options?: CallOptions): Promise<Result<Connection>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
  /** Reads the calendar now. */
  sync(id: string, options?: CallOptions): Promise<Result<Connection>>;
}

export function connectionsOf(call: Call): Connections {
  const ofHost = (hostId: string) => listingOf<Connection>(call, pathOf`/v1/hosts/${hostId}/connections`);
  return {
    list: (hostId, query, options) => ofHost(hostId).list(query, options),
    all: (hostId, query, options) => ofHost(hostId).all(query, options),
    create: (hostId, body, options) => call('POST', pathOf`/v1/hosts/${hostId}/connections`, { ...options, body, creates: true }),
    authorize: (hostId, provider, body = {}, options = {}) =>
      call('POST', pathOf`/v1/hosts/${hostId}/connections/${provider}/authorize`, { ...options, body }),
    change: (id, body, options) => call('PATCH', pathOf`/v1/connections/${id}`, { ...options, body }),
    delete: (id, options) => call('DELETE', pathOf`/v1/connections/${id}`, options),
    sync: (id, options) => call('POST', pathOf`/v1/connections/${id}/sync`, options),
  };
}
