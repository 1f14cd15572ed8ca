import type { Outbound, OutboundFailure } from './outbound.ts';

/** What the dressed-up `fetch` throws where a plain one would throw a TypeError. */
export class OutboundError extends Error {
  readonly reason: OutboundFailure;

  constructor(reason: OutboundFailure, detail: string) {
    super(`outbound: ${detail}`);
    this.name = 'OutboundError';
    this.reason = reason;
  }
}

export interface FetchLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly signal?: AbortSignal;
}

/**
 * The guarded way out in the shape of `fetch`, for libraries that take one. Understands text bodies and `redirect: 'manual'`; throws an
 * OutboundError where no answer came.
 */
export function outboundFetch(outbound: Outbound, limits: FetchLimits): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const { body } = init;
    if (body !== undefined && body !== null && typeof body !== 'string') throw new TypeError('outbound: only text can be sent');
    const result = await outbound.fetch(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers).entries()),
      ...(typeof body === 'string' ? { body } : {}),
      timeoutMs: limits.timeoutMs,
      maxBytes: limits.maxBytes,
      maxRedirects: init.redirect === 'manual' ? 0 : limits.maxRedirects,
      ...(limits.signal === undefined ? {} : { signal: limits.signal }),
    });
    if (!result.ok) throw new OutboundError(result.reason, result.detail);
    const { status, headers, body: bytes, url: finalUrl } = result.answer;
    const { 'content-encoding': _decoded, 'content-length': _length, ...kept } = headers;
    const response = new Response(status === 204 || status === 304 ? null : new Uint8Array(bytes), { status, headers: kept });
    Object.defineProperty(response, 'url', { value: finalUrl });
    return response;
  };
}
