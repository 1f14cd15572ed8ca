import type { ApiKey, ApiKeyCreate, NewApiKey } from '../../../../shared/contract/api-key.ts';
import type { EmbedSecret, NewTenant, Tenant, TenantCreate, TenantSettings } from '../../../../shared/contract/tenant.ts';
import { type Call, pathOf } from '../call.ts';
import type { Change } from '../change.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

/** All tenants of the server, for the operator. */
export interface Tenants extends Listing<Tenant> {
  /** The keys are told in this answer, once. */
  create(body: TenantCreate, options?: CreateOptions): Promise<Result<NewTenant>>;
}

/** Your own tenant. */
export interface OwnTenant {
  get(options?: CallOptions): Promise<Result<Tenant>>;
  change(body: Change<TenantSettings>, options?: CallOptions): Promise<Result<Tenant>>;
  /** A new secret for room tokens; the old one holds 24 hours more. */
  rotateEmbedSecret(options?: CallOptions): Promise<Result<EmbedSecret>>;
}

export interface ApiKeys extends Listing<ApiKey> {
  /** The key is told in this answer, once. */
  create(body: ApiKeyCreate, options?: CreateOptions): Promise<Result<NewApiKey>>;
  delete(id: string, options?: CallOptions): Promise<Result<null>>;
}

export function tenantsOf(call: Call): Tenants {
  return {
    ...listingOf<Tenant>(call, '/v1/tenants'),
    create: (body, options) => call('POST', '/v1/tenants', { ...options, body, creates: true }),
  };
}

export function ownTenantOf(call: Call): OwnTenant {
  return {
    get: (options) => call('GET', '/v1/tenant', options),
    change: (body, options) => call('PATCH', '/v1/tenant', { ...options, body }),
    rotateEmbedSecret: (options) => call('POST', '/v1/tenant/rotate-embed-secret', options),
  };
}

export function apiKeysOf(call: Call): ApiKeys {
  return {
    ...listingOf<ApiKey>(call, '/v1/api-keys'),
    create: (body, options) => call('POST', '/v1/api-keys', { ...options, body, creates: true }),
    delete: (id, options) => call('DELETE', pathOf`/v1/api-keys/${id}`, options),
  };
}
