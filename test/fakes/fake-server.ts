import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is. */
  readonly body?: unknown;
}

/** `silence` never answers; `asIs` in a row of faults lets one request through. */
export type Fault = FakeAnswer | 'silence' | 'asIs';

export interface FakeServer {
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** What a real service would have refused; a test that ends with some has failed. */
  readonly problems: string[];
  /** The answer to the next requests, one each, before the fake itself is asked. */
  failNext(...faults: Fault[]): void;
  /** The answer to all requests until it is lifted with null. */
  failAlways(fault: Fault | null): void;
  /** From now on requests are heard, and answered when this is over. */
  holdUntil(over: Promise<void>): void;
  stop(): Promise<void>;
}

/** Thrown by a handler for a request the real service would refuse. `expected` refusals are no problem of the program that asked. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  readonly expected: boolean;

  constructor(answer: FakeAnswer, why: string, expected = false) {
    super(why);
    this.answer = answer;
    this.expected = expected;
  }
}

export async function startFakeServer(handle: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const problems: string[] = [];
  const queued: Fault[] = [];
  let always: Fault | null = null;
  let held: Promise<void> | null = null;
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    requests.push(request);
    await held;
    const fault = queued.shift() ?? always;
    if (fault === 'silence') return;
    send(response, fault === 'asIs' || fault === null ? await answerOf(request, handle, problems) : fault);
  };
  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      problems.push(`${message.method ?? ''} ${message.url ?? ''}: ${String(error)}`);
      send(response, { status: 500 });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    problems,
    failNext: (...faults) => void queued.push(...faults),
    failAlways: (fault) => {
      always = fault;
    },
    holdUntil: (over) => {
      held = over;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerOf(
  request: FakeRequest,
  handle: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
  problems: string[],
): Promise<FakeAnswer> {
  try {
    return await handle(request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!error.expected) problems.push(`${request.method} ${request.url.pathname}${request.url.search}: ${error.message}`);
    return error.answer;
  }
}

async function readRequest(message: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    method: message.method ?? '',
    url: new URL(message.url ?? '/', 'http://fake'),
    headers: message.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: FakeAnswer): void {
  const isText = typeof body === 'string';
  const type = body === undefined ? {} : { 'content-type': isText ? 'text/html' : 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}
