import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  ComputeRequest,
  ExplainAnswer,
  ExplainQuery,
  MAX_INTERVALS,
  SearchAnswer,
  SearchRequest,
  SimulateAnswer,
  SimulateRequest,
  SlotsAnswer,
  SlotsQuery,
} from '../../../shared/contract/slots.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { computeStateless } from '../../flows/compute-slots.ts';
import type { Deps } from '../../flows/deps.ts';
import { explain } from '../../flows/explain.ts';
import { listSlots, type SlotsText } from '../../flows/list-slots.ts';
import { searchSlots } from '../../flows/search-slots.ts';
import { simulate } from '../../flows/simulate.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { hasTag } from '../etag.ts';
import { sendProblem } from '../problem.ts';
import { idParams } from '../request-shapes.ts';

const tags = ['Slots'];
/** Room for 100,000 busy intervals and as many bookings. */
const COMPUTE_BODY_BYTES = 24 * 1024 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';

export function registerSlots(app: App, deps: Deps): void {
  app.get(
    '/v1/event-types/:id/slots',
    {
      config: { allow: { secret: 'read', publishable: true, manage: ['invitee', 'host'] } },
      schema: {
        tags,
        summary: 'Bookable starts, grouped by the viewer’s dates',
        params: idParams,
        querystring: SlotsQuery,
        response: { 200: SlotsAnswer, 304: Type.Null() },
      },
    },
    async (request, reply) => sendSlots(request, reply, await listSlots(deps, tenantCaller(request), request.params.id, request.query)),
  );
  app.get(
    '/v1/event-types/:id/explain',
    {
      config: { allow: { secret: 'read', room: ['host'] } },
      schema: {
        tags,
        summary: 'Why a time is or is not offered',
        params: idParams,
        querystring: ExplainQuery,
        response: { 200: ExplainAnswer },
      },
    },
    async (request, reply) => answer(request, reply, await explain(deps, tenantCaller(request), request.params.id, request.query)),
  );
  app.post(
    '/v1/event-types/:id/simulate',
    {
      config: { allow: { secret: 'read', room: ['host'] }, leavesSlots: true },
      schema: {
        tags,
        summary: 'What changed rules would offer; nothing is changed',
        params: idParams,
        body: SimulateRequest,
        response: { 200: SimulateAnswer },
      },
    },
    async (request, reply) => answer(request, reply, await simulate(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/slots/compute',
    {
      config: {
        allow: { secret: 'read', publishable: true },
        leavesSlots: true,
        mostEntries: `${MAX_INTERVALS} busy intervals and as many bookings.`,
      },
      bodyLimit: COMPUTE_BODY_BYTES,
      schema: {
        tags,
        summary: 'Compute slots from your own rules and busy times; nothing is stored',
        body: ComputeRequest,
        response: { 200: SlotsAnswer },
      },
    },
    async (request, reply) => sendText(request, reply, computeStateless(request.body)),
  );
  app.post(
    '/v1/slots/search',
    {
      config: { allow: { secret: 'read', publishable: true }, leavesSlots: true },
      schema: { tags, summary: 'First slot and number of slots of many event types', body: SearchRequest, response: { 200: SearchAnswer } },
    },
    async (request, reply) => answer(request, reply, await searchSlots(deps, tenantCaller(request), request.body)),
  );
}

/** Slots are handed over as JSON text, ready to send; a viewer who has them already is told so (RFC 9110, 13.1.2). */
function sendSlots(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<SlotsText>): FastifyReply {
  if (!outcome.ok) return sendProblem(request, reply, outcome);
  const { body, etag } = outcome.value;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'Authorization, X-Room-Token, Origin');
  return hasTag(request.headers['if-none-match'], etag) ? reply.code(304).send() : reply.type(JSON_TYPE).send(body);
}

function sendText(request: FastifyRequest, reply: FastifyReply, outcome: Outcome<string>): FastifyReply {
  return outcome.ok ? reply.type(JSON_TYPE).send(outcome.value) : sendProblem(request, reply, outcome);
}
