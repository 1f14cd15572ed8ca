import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Base64url } from '../adapters/crypto.ts';

/** Answers JSON with an `ETag`; a reader who has it already is told so (304, RFC 9110, 13.1.2). `cacheControl` says who may keep it, and how long. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, value: unknown, cacheControl: string): FastifyReply {
  const body = JSON.stringify(value);
  const etag = `"${sha256Base64url(body).slice(0, 22)}"`;
  void reply.header('etag', etag).header('cache-control', cacheControl).header('vary', 'Authorization, X-Room-Token, Origin');
  return hasTag(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type('application/json; charset=utf-8').send(body);
}

/** Weak and strong tags compare alike here: `If-None-Match` uses the weak comparison. */
export function hasTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
