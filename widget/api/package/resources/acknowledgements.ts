import type { Acknowledgement, AcknowledgementCreate, Impression, ImpressionCreate } from '../../../../shared/contract/acknowledgement.ts';
import type { LedgerBundle, LedgerCheck } from '../../../../shared/contract/ledger.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

export interface AcknowledgementsFilter {
  readonly externalId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly noticeVersionId?: string | undefined;
}

/** Who accepted which version of which notice, in an unbroken chain. */
export interface Acknowledgements extends Listing<Acknowledgement, AcknowledgementsFilter> {
  create(body: AcknowledgementCreate, options?: CreateOptions): Promise<Result<Acknowledgement>>;
  get(id: string, options?: CallOptions): Promise<Result<Acknowledgement>>;
  withdraw(id: string, options?: CallOptions): Promise<Result<Acknowledgement>>;
  /** Whether the chain is whole. */
  verify(options?: CallOptions): Promise<Result<LedgerCheck>>;
  /** The whole ledger with the texts and the steps to check it without Parley. */
  export(options?: CallOptions): Promise<Result<LedgerBundle>>;
  /** The same as a table. */
  exportCsv(options?: CallOptions): Promise<Result<string>>;
}

/** Reports that a notice was in view. */
export interface Impressions {
  create(body: ImpressionCreate, options?: CreateOptions): Promise<Result<Impression>>;
}

export function acknowledgementsOf(call: Call): Acknowledgements {
  const path = '/v1/acknowledgements';
  return {
    ...listingOf<Acknowledgement, AcknowledgementsFilter>(call, path),
    create: (body, options) => call('POST', path, { ...options, body, creates: true }),
    get: (id, options) => call('GET', pathOf`/v1/acknowledgements/${id}`, options),
    withdraw: (id, options) => call('POST', pathOf`/v1/acknowledgements/${id}/withdraw`, options),
    verify: (options) => call('GET', `${path}/verify`, options),
    export: (options) => call('GET', `${path}/export`, options),
    exportCsv: (options) => call('GET', `${path}/export`, { ...options, query: { format: 'csv' }, as: 'text' }),
  };
}

export function impressionsOf(call: Call): Impressions {
  return { create: (body, options) => call('POST', '/v1/impressions', { ...options, body, creates: true }) };
}
