import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '../domain/outcome.ts';
import type { TenantCaller } from '../flows/caller.ts';
import { sendTagged } from './etag.ts';
import { sendProblem } from './problem.ts';

/** Answers an outcome: its value with the status given, or the problem it was refused with. */
export function answer(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<unknown>, status = 200): FastifyReply {
  if (!outcome.ok) return sendProblem(request, reply, outcome);
  return outcome.value === null ? reply.code(204).send() : reply.code(status).send(outcome.value);
}

/** Answers what somebody asks for again and again: whoever has it already is told so (304), and only that reader's browser may keep it. */
export function answerTagged(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<unknown>): FastifyReply {
  return outcome.ok ? sendTagged(request, reply, outcome.value, 'private, no-cache') : sendProblem(request, reply, outcome);
}

/** The caller of a route that belongs to a tenant; the route's `allow` has kept everybody else out. */
export function tenantCaller(request: FastifyRequest): TenantCaller {
  const { caller } = request;
  if (caller === null || caller.kind === 'admin')
    throw new Error(`${request.routeOptions.url}: a route of a tenant let a caller without one in`);
  return caller;
}
