import type { RedirectAnswer } from '../../../../shared/contract/redirect.ts';
import type { ScreenAnswer, ScreenRequest } from '../../../../shared/contract/screen.ts';
import type { SmsConsent, SmsConsentCreate } from '../../../../shared/contract/sms-consent.ts';
import type { Call } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

export interface SmsConsentsFilter {
  readonly externalId?: string | undefined;
}

/** Who agreed to text messages, to which sentence. */
export interface SmsConsents extends Listing<SmsConsent, SmsConsentsFilter> {
  create(body: SmsConsentCreate, options?: CreateOptions): Promise<Result<SmsConsent>>;
}

/** Texts checked for contact details. */
export interface Screening {
  /** One text, or the last messages of one author in order. */
  check(body: ScreenRequest, options?: CallOptions): Promise<Result<ScreenAnswer>>;
}

export interface Redirects {
  /** Whether a page may send its visitor there after booking. */
  check(query: { readonly url: string }, options?: CallOptions): Promise<Result<RedirectAnswer>>;
}

/** Whether the server is well. */
export interface Health {
  /** The process lives. */
  alive(options?: CallOptions): Promise<Result<HealthAnswer>>;
  /** The database is reachable and migrated. */
  ready(options?: CallOptions): Promise<Result<{ status: string }>>;
}

export interface HealthAnswer {
  readonly status: string;
  readonly version: string;
  readonly node: string;
  readonly timeZoneData: string;
}

export function smsConsentsOf(call: Call): SmsConsents {
  return {
    ...listingOf<SmsConsent, SmsConsentsFilter>(call, '/v1/sms-consents'),
    create: (body, options) => call('POST', '/v1/sms-consents', { ...options, body, creates: true }),
  };
}

export function screeningOf(call: Call): Screening {
  return { check: (body, options) => call('POST', '/v1/screen', { ...options, body, storesNothing: true }) };
}

export function redirectsOf(call: Call): Redirects {
  return { check: (query, options) => call('GET', '/v1/redirects', { ...options, query }) };
}

export function healthOf(call: Call): Health {
  return {
    alive: (options) => call('GET', '/healthz', options),
    ready: (options) => call('GET', '/readyz', options),
  };
}
