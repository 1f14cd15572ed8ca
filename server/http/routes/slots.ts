import { ComputeRequest, SlotsAnswer, SlotsQuery } from '../../../shared/contract/slots.ts';
import type { Deps } from '../../flows/deps.ts';
import { computeStateless } from '../../flows/compute-slots.ts';
import { listSlots } from '../../flows/list-slots.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { sendProblem } from '../problem.ts';
import { idParams } from '../request-shapes.ts';

const tags = ['Slots'];
/** Room for 100,000 busy intervals and as many bookings. */
const COMPUTE_BODY_BYTES = 24 * 1024 * 1024;

export function registerSlots(app: App, deps: Deps): void {
  app.get(
    '/v1/event-types/:id/slots',
    {
      config: { allow: { secret: 'read', publishable: true, manage: ['invitee', 'host'] } },
      schema: { tags, summary: 'Bookable starts, grouped by the viewer’s dates', params: idParams, querystring: SlotsQuery, response: { 200: SlotsAnswer } },
    },
    async (request, reply) => sendText(request, reply, await listSlots(deps, tenantCaller(request), request.params.id, request.query)),
  );
  app.post(
    '/v1/slots/compute',
    {
      config: { allow: { secret: 'read', publishable: true } },
      bodyLimit: COMPUTE_BODY_BYTES,
      schema: { tags, summary: 'Compute slots from your own rules and busy times; nothing is stored', body: ComputeRequest, response: { 200: SlotsAnswer } },
    },
    async (request, reply) => sendText(request, reply, computeStateless(request.body)),
  );
}

/** Slots are handed over as JSON text, ready to send. */
function sendText(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<string>): FastifyReply {
  return outcome.ok ? reply.type('application/json; charset=utf-8').send(outcome.value) : sendProblem(request, reply, outcome);
}
