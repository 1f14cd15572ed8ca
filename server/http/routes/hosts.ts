import Type from 'typebox';
import { Id } from '../../../shared/contract/common.ts';
import { Host, HostCreate, HostPage, HostSettings } from '../../../shared/contract/host.ts';
import { HostSchedule, Schedule, ScheduleCreate, SchedulePage } from '../../../shared/contract/schedule.ts';
import { mergePatchOf } from '../../../shared/contract/shape.ts';
import type { Deps } from '../../flows/deps.ts';
import { changeHost, createHost, putHost, readHost, readHosts, removeHost } from '../../flows/hosts.ts';
import { changeSchedule, createSchedule, readOneSchedule, readSchedules, removeSchedule } from '../../flows/schedules.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, listQuery } from '../request-shapes.ts';

type Body = Record<string, unknown>;

export function registerHosts(app: App, deps: Deps): void {
  app.post(
    '/v1/hosts',
    {
      config: { allow: { secret: 'write' } },
      schema: { tags: ['Hosts'], summary: 'Make a host', body: HostCreate, response: { 201: Host } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createHost(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/hosts',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags: ['Hosts'], summary: 'List hosts', querystring: listQuery(), response: { 200: HostPage } },
    },
    async (request, reply) => answer(request, reply, await readHosts(deps, tenantCaller(request), request.query)),
  );
  app.get(
    '/v1/hosts/:id',
    {
      config: { allow: { secret: 'read', room: ['host'] } },
      schema: { tags: ['Hosts'], summary: 'Read a host, by id or ext:EXTERNAL_ID', params: idParams, response: { 200: Host } },
    },
    async (request, reply) => answer(request, reply, await readHost(deps, tenantCaller(request), request.params.id)),
  );
  app.patch(
    '/v1/hosts/:id',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: { tags: ['Hosts'], summary: 'Change a host', params: idParams, body: mergePatchOf(HostSettings), response: { 200: Host } },
    },
    async (request, reply) =>
      answer(
        request,
        reply,
        await changeHost(deps, tenantCaller(request), request.params.id, request.body as Body, request.headers['if-match']),
      ),
  );
  app.put(
    '/v1/hosts/:id',
    {
      config: { allow: { secret: 'write' } },
      schema: {
        tags: ['Hosts'],
        summary: 'Make or replace a host by ext:EXTERNAL_ID',
        params: idParams,
        body: HostCreate,
        response: { 200: Host, 201: Host },
      },
    },
    async (request, reply) => {
      const outcome = await putHost(deps, tenantCaller(request), request.params.id, request.body);
      return outcome.ok
        ? answer(request, reply, { ok: true, value: outcome.value.host }, outcome.value.made ? 201 : 200)
        : answer(request, reply, outcome);
    },
  );
  app.delete(
    '/v1/hosts/:id',
    {
      config: { allow: { secret: 'write' } },
      schema: { tags: ['Hosts'], summary: 'Delete a host that nothing uses', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await removeHost(deps, tenantCaller(request), request.params.id)),
  );

  app.post(
    '/v1/schedules',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: { tags: ['Schedules'], summary: 'Make a schedule', body: ScheduleCreate, response: { 201: Schedule } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createSchedule(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/schedules',
    {
      config: { allow: { secret: 'read', room: ['host'] } },
      schema: {
        tags: ['Schedules'],
        summary: 'List schedules',
        querystring: listQuery({ hostId: Type.Optional(Id) }),
        response: { 200: SchedulePage },
      },
    },
    async (request, reply) => answer(request, reply, await readSchedules(deps, tenantCaller(request), request.query)),
  );
  app.get(
    '/v1/schedules/:id',
    {
      config: { allow: { secret: 'read', room: ['host'] } },
      schema: { tags: ['Schedules'], summary: 'Read a schedule', params: idParams, response: { 200: Schedule } },
    },
    async (request, reply) => answer(request, reply, await readOneSchedule(deps, tenantCaller(request), request.params.id)),
  );
  app.patch(
    '/v1/schedules/:id',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: {
        tags: ['Schedules'],
        summary: 'Change a schedule',
        params: idParams,
        body: mergePatchOf(HostSchedule),
        response: { 200: Schedule },
      },
    },
    async (request, reply) =>
      answer(
        request,
        reply,
        await changeSchedule(deps, tenantCaller(request), request.params.id, request.body as Body, request.headers['if-match']),
      ),
  );
  app.delete(
    '/v1/schedules/:id',
    {
      config: { allow: { secret: 'write', room: ['host'] } },
      schema: { tags: ['Schedules'], summary: 'Delete a schedule that nothing uses', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await removeSchedule(deps, tenantCaller(request), request.params.id)),
  );
}
