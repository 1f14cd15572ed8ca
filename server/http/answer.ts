import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '../domain/outcome.ts';
import type { TenantCaller } from '../flows/caller.ts';
import { sendProblem } from './problem.ts';

/** Answers an outcome: its value with the status given, or the problem it was refused with. */
export function answer(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<unknown>, status = 200): FastifyReply {
  if (!outcome.ok) return sendProblem(request, reply, outcome);
  return outcome.value === null ? reply.code(204).send() : reply.code(status).send(outcome.value);
}

/** The caller of a route that belongs to a tenant; the route's `allow` has kept everybody else out. */
export function tenantCaller(request: FastifyRequest): TenantCaller {
  const { caller } = request;
  if (caller === null || caller.kind === 'admin')
    throw new Error(`${request.routeOptions.url}: a route of a tenant let a caller without one in`);
  return caller;
}
