import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AddressGuard } from './address-guard.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type RequestFailure = 'address_refused' | 'name_unknown' | 'timeout' | 'too_large' | 'aborted' | 'connection_failed' | 'bad_answer';

export type RequestResult =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly reason: RequestFailure; readonly detail: string };

/** Keeps connections whose addresses were checked when they were made. */
export interface Connector {
  readonly guard: AddressGuard;
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  close(): void;
}

export function createConnector(guard: AddressGuard): Connector {
  const options = { keepAlive: true, maxSockets: 16, maxFreeSockets: 64, scheduling: 'lifo' as const };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    guard,
    http,
    https,
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

interface OneRequest {
  readonly target: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * One request, no redirects. The address is checked where the connection is made: a name through the look-up of the socket itself, an
 * address in the URL before it (sockets do not look those up). Never throws for anything the network does.
 */
export async function requestOnce(connector: Connector, one: OneRequest): Promise<RequestResult> {
  const { target, signal } = one;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !connector.guard.permits(host)) return refused();
  try {
    const message = await send(connector, one);
    return {
      ok: true,
      answer: { status: message.statusCode ?? 0, headers: flatHeaders(message), body: await readBody(message, one.maxBytes) },
    };
  } catch (error) {
    if (signal.aborted) return { ok: false, reason: 'aborted', detail: 'given up before the answer came' };
    return failureOf(error);
  }
}

function send(connector: Connector, { target, method, headers, body, signal }: OneRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = target.protocol === 'https:';
    const url = new URL(target);
    const login = url.username === '' ? {} : { authorization: basicLogin(url) };
    url.username = '';
    url.password = '';
    const outgoing = (secure ? requestHttps : requestHttp)(url, {
      method,
      agent: secure ? connector.https : connector.http,
      lookup: guardedLookup(connector.guard),
      signal,
      headers: { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Parley', ...login, ...headers, ...lengthOf(body) },
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function basicLogin(url: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
}

function lengthOf(body: string | Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

class AddressRefusedError extends Error {}
class TooLargeError extends Error {}

/** Resolves a name to the addresses that are permitted; none left is a refusal. */
function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = error === null ? found.filter(({ address }) => guard.permits(address)) : [];
      const [first] = addresses;
      if (error !== null) callback(error, '', 4);
      else if (first === undefined) callback(new AddressRefusedError(), '', 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stream = decompressed(message);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      message.destroy();
      throw new TooLargeError(`more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decompressed(message: IncomingMessage): Readable {
  const decoder = DECODERS[(message.headers['content-encoding'] ?? '').trim().toLowerCase()]?.();
  if (decoder === undefined) return message;
  message.on('error', (error) => decoder.destroy(error));
  message.on('aborted', () => decoder.destroy(new Error('the answer broke off')));
  return message.pipe(decoder);
}
const DECODERS: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function flatHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function refused(): RequestResult {
  return { ok: false, reason: 'address_refused', detail: 'the address is not a public one' };
}

function failureOf(error: unknown): RequestResult {
  if (error instanceof AddressRefusedError) return refused();
  if (error instanceof TooLargeError) return { ok: false, reason: 'too_large', detail: error.message };
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
    return { ok: false, reason: 'name_unknown', detail: 'the name has no address' };
  }
  if (code === 'ETIMEDOUT') return { ok: false, reason: 'timeout', detail: 'the connection was not answered' };
  if (code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('ERR_INVALID')) {
    return { ok: false, reason: 'bad_answer', detail: `the answer cannot be read (${code})` };
  }
  return { ok: false, reason: 'connection_failed', detail: `the connection failed (${code || 'no code'})` };
}

/** Where both address families failed, Node wraps the errors into one. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
