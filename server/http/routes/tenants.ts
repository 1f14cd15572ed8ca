import Type from 'typebox';
import { ApiKeyCreate, ApiKeyPage, NewApiKey } from '../../../shared/contract/api-key.ts';
import { mergePatchOf } from '../../../shared/contract/shape.ts';
import { EmbedSecret, NewTenant, Tenant, TenantCreate, TenantPage, TenantSettings } from '../../../shared/contract/tenant.ts';
import { createApiKey, readApiKeys, removeApiKey } from '../../flows/api-keys.ts';
import type { Deps } from '../../flows/deps.ts';
import { changeTenant, createTenant, readTenant, readTenants, rotateEmbedSecret } from '../../flows/tenants.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, listQuery } from '../request-shapes.ts';

export function registerTenants(app: App, deps: Deps): void {
  app.post(
    '/v1/tenants',
    {
      config: { allow: { admin: true } },
      schema: { tags: ['Tenants'], summary: 'Make a tenant; its keys are told once', body: TenantCreate, response: { 201: NewTenant } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createTenant(own, request.body)),
  );
  app.get(
    '/v1/tenants',
    {
      config: { allow: { admin: true } },
      schema: { tags: ['Tenants'], summary: 'List tenants', querystring: listQuery(), response: { 200: TenantPage } },
    },
    async (request, reply) => answer(request, reply, await readTenants(deps, request.query)),
  );
  app.get(
    '/v1/tenant',
    { config: { allow: { secret: 'read' } }, schema: { tags: ['Tenants'], summary: 'Read your tenant', response: { 200: Tenant } } },
    async (request, reply) => answer(request, reply, await readTenant(deps, tenantCaller(request).tenant.id)),
  );
  app.patch(
    '/v1/tenant',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags: ['Tenants'], summary: 'Change your tenant', body: mergePatchOf(TenantSettings), response: { 200: Tenant } },
    },
    async (request, reply) => answer(request, reply, await changeTenant(deps, tenantCaller(request).tenant.id, request.body)),
  );
  app.post(
    '/v1/tenant/rotate-embed-secret',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags: ['Tenants'], summary: 'Make a new embed secret; the old one is good for 24 hours', response: { 200: EmbedSecret } },
    },
    async (request, reply) => answer(request, reply, await rotateEmbedSecret(deps, tenantCaller(request).tenant.id)),
  );
  app.post(
    '/v1/api-keys',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags: ['API keys'], summary: 'Make an API key; it is told once', body: ApiKeyCreate, response: { 201: NewApiKey } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createApiKey(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/api-keys',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags: ['API keys'], summary: 'List API keys', querystring: listQuery(), response: { 200: ApiKeyPage } },
    },
    async (request, reply) => answer(request, reply, await readApiKeys(deps, tenantCaller(request), request.query)),
  );
  app.delete(
    '/v1/api-keys/:id',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags: ['API keys'], summary: 'Delete an API key', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await removeApiKey(deps, tenantCaller(request), request.params.id)),
  );
}
