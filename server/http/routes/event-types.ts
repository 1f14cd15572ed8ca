import Type from 'typebox';
import { Id } from '../../../shared/contract/common.ts';
import { EventType, EventTypeCreate, EventTypePage, PublicEventType } from '../../../shared/contract/event-type.ts';
import { mergePatchOf } from '../../../shared/contract/shape.ts';
import type { Deps } from '../../flows/deps.ts';
import { changeEventType, createEventType, readEventTypes, readOneEventType, removeEventType } from '../../flows/event-types.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, listQuery, query } from '../request-shapes.ts';

const tags = ['Event types'];

export function registerEventTypes(app: App, deps: Deps): void {
  app.post(
    '/v1/event-types',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: { tags, summary: 'Make an event type', body: EventTypeCreate, response: { 201: EventType } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createEventType(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/event-types',
    {
      config: { allow: { secret: 'read', room: ['host'] } },
      schema: {
        tags,
        summary: 'List event types',
        querystring: listQuery({ hostId: Type.Optional(Id) }),
        response: { 200: EventTypePage },
      },
    },
    async (request, reply) => answer(request, reply, await readEventTypes(deps, tenantCaller(request), request.query)),
  );
  app.get(
    '/v1/event-types/:id',
    {
      config: { allow: { secret: 'read', publishable: true } },
      schema: {
        tags,
        summary: 'Read an event type; the public view for publishable keys',
        params: idParams,
        querystring: query({}),
        response: { 200: Type.Union([EventType, PublicEventType]) },
      },
    },
    async (request, reply) => answer(request, reply, await readOneEventType(deps, tenantCaller(request), request.params.id)),
  );
  app.patch(
    '/v1/event-types/:id',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: {
        tags,
        summary: 'Change an event type',
        params: idParams,
        body: mergePatchOf(EventTypeCreate),
        response: { 200: EventType },
      },
    },
    async (request, reply) =>
      answer(
        request,
        reply,
        await changeEventType(
          deps,
          tenantCaller(request),
          request.params.id,
          request.body as Record<string, unknown>,
          request.headers['if-match'],
        ),
      ),
  );
  app.delete(
    '/v1/event-types/:id',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: { tags, summary: 'Delete an event type that was never booked', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await removeEventType(deps, tenantCaller(request), request.params.id)),
  );
}
