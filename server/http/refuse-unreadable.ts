import { randomUUID } from 'node:crypto';
import type { FastifyServerOptions } from 'fastify';
import type { Reason } from '../../shared/contract/reasons.ts';
import { problemOf, PROBLEMS } from './problem.ts';

type Handler = NonNullable<FastifyServerOptions['clientErrorHandler']>;

/** What Node says of a request that is no HTTP, or whose headers are too large; it never becomes a request, so it is answered here. */
export const refuseUnreadable: Handler = (error, socket) => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerTo(error.code));
  socket.destroy(error);
};

function answerTo(code: string): string {
  const [reason, detail]: [Reason, string] =
    code === 'HPE_HEADER_OVERFLOW'
      ? ['payload_too_large', 'The headers of the request are too large.']
      : ['validation_failed', 'The request could not be read as HTTP.'];
  const requestId = randomUUID();
  const body = problemOf(reason, detail, requestId);
  const { status, title } = PROBLEMS[reason];
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
