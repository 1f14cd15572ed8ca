import Type from 'typebox';
import { Id } from '../../../shared/contract/common.ts';
import { mergePatchOf, strictObject } from '../../../shared/contract/shape.ts';
import {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointPage,
  WebhookEndpointSettings,
} from '../../../shared/contract/webhook.ts';
import type { Deps } from '../../flows/deps.ts';
import {
  changeEndpoint,
  createEndpoint,
  readDeliveries,
  readEndpoints,
  redeliver,
  removeEndpoint,
  rotateSecret,
} from '../../flows/webhook-endpoints.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, listQuery } from '../request-shapes.ts';

const tags = ['Webhooks'];
const mayRead = { allow: { secret: 'read' } } as const;
const mayWrite = { allow: { secret: 'write' }, leavesSlots: true } as const;

export function registerWebhookEndpoints(app: App, deps: Deps): void {
  app.post(
    '/v1/webhook-endpoints',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Make a webhook endpoint; its secret is told once',
        body: WebhookEndpointCreate,
        response: { 201: NewWebhookEndpoint },
      },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createEndpoint(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/webhook-endpoints',
    {
      config: mayRead,
      schema: { tags, summary: 'List webhook endpoints', querystring: listQuery(), response: { 200: WebhookEndpointPage } },
    },
    async (request, reply) => answer(request, reply, await readEndpoints(deps, tenantCaller(request), request.query)),
  );
  app.patch(
    '/v1/webhook-endpoints/:id',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Change a webhook endpoint, or start it again',
        params: idParams,
        body: mergePatchOf(WebhookEndpointSettings),
        response: { 200: WebhookEndpoint },
      },
    },
    async (request, reply) =>
      answer(request, reply, await changeEndpoint(deps, tenantCaller(request), request.params.id, request.body as object)),
  );
  app.delete(
    '/v1/webhook-endpoints/:id',
    {
      config: mayWrite,
      schema: { tags, summary: 'Delete a webhook endpoint and its log', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await removeEndpoint(deps, tenantCaller(request), request.params.id)),
  );
  app.post(
    '/v1/webhook-endpoints/:id/rotate-secret',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Make a new secret; deliveries are signed with both for 24 hours',
        params: idParams,
        response: { 200: NewWebhookEndpoint },
      },
    },
    async (request, reply) => answer(request, reply, await rotateSecret(deps, tenantCaller(request), request.params.id)),
  );
  app.get(
    '/v1/webhook-endpoints/:id/deliveries',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'The delivery log, newest first',
        params: idParams,
        querystring: listQuery(),
        response: { 200: WebhookDeliveryPage },
      },
    },
    async (request, reply) => answer(request, reply, await readDeliveries(deps, tenantCaller(request), request.params.id, request.query)),
  );
  app.post(
    '/v1/webhook-endpoints/:id/deliveries/:deliveryId/redeliver',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Deliver once more under the same webhook-id',
        params: strictObject({ id: Id, deliveryId: Id }),
        response: { 200: WebhookDelivery },
      },
    },
    async (request, reply) =>
      answer(request, reply, await redeliver(deps, tenantCaller(request), request.params.id, request.params.deliveryId)),
  );
}
