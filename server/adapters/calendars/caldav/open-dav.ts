import type { Clock } from '../../clock.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { OutboundError, outboundFetch } from '../../outbound/outbound-fetch.ts';
import type { CallFailure, CallOptions, CallOutcome, Credentials } from '../contract.ts';
import { failureOfOutbound, failureOfStatus, unavailable, wrongCredentials } from '../failures.ts';

const LIMITS = { timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024, maxRedirects: 5 } as const;

/** What the library wants with every call. */
export interface Dav {
  readonly headers: Record<string, string>;
  readonly fetch: typeof globalThis.fetch;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Runs one conversation with a CalDAV server. */
export type OpenDav = <T>(
  credentials: Credentials,
  call: CallOptions | undefined,
  talk: (dav: Dav) => Promise<CallOutcome<T>>,
) => Promise<CallOutcome<T>>;

/**
 * The library reports failures as text, sometimes swallows them, and takes a page of HTML for an empty answer. So the requests it makes are watched: the
 * last one that failed is what a thrown error becomes, and a query whose success is not the multistatus of WebDAV fails.
 */
export function createOpenDav(outbound: Outbound, clock: Clock): OpenDav {
  return async (credentials, call, talk) => {
    if (credentials.kind !== 'password') throw wrongCredentials('caldav', credentials.kind);
    const { url, username, password } = credentials;
    const last: { failure: CallFailure | null } = { failure: null };
    const fetch = watch(outboundFetch(outbound, { ...LIMITS, ...call }), clock, last);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    try {
      return await talk({ headers: { authorization }, fetch, url, username, password });
    } catch (error) {
      if (error instanceof TypeError && last.failure === null) throw error;
      return last.failure ?? unavailable('the CalDAV server gave an answer that cannot be read');
    }
  };
}

function watch(fetch: typeof globalThis.fetch, clock: Clock, last: { failure: CallFailure | null }): typeof globalThis.fetch {
  return async (input, init) => {
    try {
      const response = await fetch(input, init);
      if (!response.ok && !(response.status >= 300 && response.status < 400)) {
        last.failure = failureOfStatus(response.status, 'the CalDAV server', response.headers.get('retry-after'), clock.nowMs());
      } else if (response.ok && QUERIES.includes(init?.method ?? 'GET') && response.status !== 207) {
        last.failure = unavailable('the address is not that of a CalDAV server');
        throw new Error(last.failure.detail);
      }
      return response;
    } catch (error) {
      if (error instanceof OutboundError) last.failure = failureOfOutbound(error.reason, error.message);
      throw error;
    }
  };
}
const QUERIES = ['PROPFIND', 'REPORT'];
