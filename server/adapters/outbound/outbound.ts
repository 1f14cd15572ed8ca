import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type AddressGuard, createAddressGuard } from './address-guard.ts';
import { type Answer, createConnector, type RequestFailure, requestOnce } from './request-once.ts';

export interface OutboundRequest {
  /** `GET` unless said otherwise. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole journey, redirects included. */
  readonly timeoutMs: number;
  /** Of the body, after decompression. */
  readonly maxBytes: number;
  /** 0 hands a 3xx answer back as it is. */
  readonly maxRedirects: number;
  readonly signal?: AbortSignal;
}

/** `url` is where the answer came from, after redirects; header names are lower case. */
export interface OutboundAnswer extends Answer {
  readonly url: string;
}

/** `address_refused` is final: the address leads inside the network. The rest may pass. */
export type OutboundFailure = RequestFailure | 'invalid_url' | 'too_many_redirects';

export type OutboundResult =
  | { readonly ok: true; readonly answer: OutboundAnswer }
  | { readonly ok: false; readonly reason: OutboundFailure; readonly detail: string };

export interface Outbound {
  fetch(url: string, request: OutboundRequest): Promise<OutboundResult>;
  /**
   * Whether an address would be asked at all, for whoever is about to keep it. A name that is not found now may be found later, so it passes; every
   * request is checked again.
   */
  readonly mayReach: (url: string) => Promise<boolean>;
  /** Lets go of idle connections. */
  close(): void;
}

const NAME_MS = 3000;

/** The guarded way out; `allow` lists CIDR ranges let through although they are not public. Any HTTP status is an answer, not a failure. */
export function createOutbound({ allow }: { readonly allow: readonly string[] }): Outbound {
  const guard: AddressGuard = createAddressGuard(allow);
  const connector = createConnector(guard);
  return {
    fetch: async (url, request) => {
      const deadline = AbortSignal.timeout(request.timeoutMs);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
      let next: Step = { url, method: request.method ?? 'GET', headers: withoutHost(request.headers ?? {}), body: request.body };
      for (let redirects = 0; ; redirects += 1) {
        const target = parseTarget(next.url);
        if (target === null) return { ok: false, reason: 'invalid_url', detail: 'only http and https addresses can be asked' };
        const result = await requestOnce(connector, { ...next, target, maxBytes: request.maxBytes, signal });
        if (!result.ok) return result.reason === 'aborted' && deadline.aborted ? timedOut(request.timeoutMs) : result;
        const location = result.answer.headers['location'];
        const isRedirect = [301, 302, 303, 307, 308].includes(result.answer.status) && location !== undefined;
        if (!isRedirect || request.maxRedirects === 0) return { ok: true, answer: { ...result.answer, url: target.href } };
        if (redirects >= request.maxRedirects) {
          return { ok: false, reason: 'too_many_redirects', detail: `more than ${request.maxRedirects} redirects` };
        }
        const followed = follow(next, target, location, result.answer.status);
        if (followed === null) return { ok: false, reason: 'invalid_url', detail: 'redirected to an address that is none' };
        next = followed;
      }
    },
    mayReach: async (url) => {
      const target = parseTarget(url);
      if (target === null) return false;
      const addresses = await addressesOf(target.hostname.replace(/^\[|\]$/g, ''));
      return addresses.length === 0 || addresses.some((address) => guard.permits(address));
    },
    close: () => connector.close(),
  };
}

/** None where nobody knows the name in time. */
async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const late = new Promise<[]>((resolve) => setTimeout(resolve, NAME_MS, []).unref());
  const found = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
  return found.map(({ address }) => address);
}

interface Step {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

function timedOut(timeoutMs: number): OutboundResult {
  return { ok: false, reason: 'timeout', detail: `no whole answer within ${timeoutMs} ms` };
}

function parseTarget(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const target = new URL(url);
  return target.protocol === 'http:' || target.protocol === 'https:' ? target : null;
}

/** As browsers do it (Fetch standard, "HTTP-redirect fetch"): another origin never sees credentials; 303, and 301 or 302 of a POST, become GET. */
function follow(step: Step, from: URL, location: string, status: number): Step | null {
  if (!URL.canParse(location, from.href)) return null;
  const to = new URL(location, from.href);
  const becomesGet = (status === 303 && step.method !== 'HEAD') || ((status === 301 || status === 302) && step.method === 'POST');
  const dropped = [...(to.origin === from.origin ? [] : CREDENTIAL_HEADERS), ...(becomesGet ? BODY_HEADERS : [])];
  const headers = Object.fromEntries(Object.entries(step.headers).filter(([name]) => !dropped.includes(name.toLowerCase())));
  return { url: to.href, headers, method: becomesGet ? 'GET' : step.method, body: becomesGet ? undefined : step.body };
}
const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];
const BODY_HEADERS = ['content-type', 'content-length', 'content-encoding'];

function withoutHost(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'));
}
