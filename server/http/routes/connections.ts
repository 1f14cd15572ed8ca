import Type from 'typebox';
import {
  AuthorizeAnswer,
  AuthorizeRequest,
  Connection,
  ConnectionChange,
  ConnectionCreate,
  ConnectionPage,
} from '../../../shared/contract/connection.ts';
import type { Deps } from '../../flows/deps.ts';
import { authorizeCalendar } from '../../flows/authorize-calendar.ts';
import { connectCalendar } from '../../flows/connect-calendar.ts';
import { changeConnection, disconnectCalendar, readConnections, syncConnection } from '../../flows/connections.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, listQuery } from '../request-shapes.ts';

const tags = ['Calendars'];
const mayRead = { allow: { secret: 'read', room: ['host'] } } as const;
const mayWrite = { allow: { secret: 'write', room: ['host'] } } as const;

export function registerConnections(app: App, deps: Deps): void {
  app.get(
    '/v1/hosts/:id/connections',
    {
      config: mayRead,
      schema: {
        tags,
        summary: "A host's outside calendars",
        params: idParams,
        querystring: listQuery(),
        response: { 200: ConnectionPage },
      },
    },
    async (request, reply) => answer(request, reply, await readConnections(deps, tenantCaller(request), request.params.id, request.query)),
  );
  app.post(
    '/v1/hosts/:id/connections',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Connect a calendar by address or app password; it is tried at once',
        params: idParams,
        body: ConnectionCreate,
        response: { 201: Connection },
      },
    },
    async (request, reply) =>
      answerOnce(request, reply, deps, (own) => connectCalendar(own, tenantCaller(request), request.params.id, request.body)),
  );
  for (const provider of ['google', 'microsoft'] as const) {
    app.post(
      `/v1/hosts/:id/connections/${provider}/authorize`,
      {
        config: { ...mayWrite, leavesSlots: true },
        schema: {
          tags,
          summary: 'Where to send a host who connects an account by its consent page',
          params: idParams,
          body: AuthorizeRequest,
          response: { 200: AuthorizeAnswer },
        },
      },
      async (request, reply) => {
        const { access = 'busy' } = request.body;
        return answer(request, reply, await authorizeCalendar(deps, tenantCaller(request), request.params.id, { provider, access }));
      },
    );
  }
  app.patch(
    '/v1/connections/:id',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Choose what blocks and where bookings go',
        params: idParams,
        body: ConnectionChange,
        response: { 200: Connection },
      },
    },
    async (request, reply) => answer(request, reply, await changeConnection(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.delete(
    '/v1/connections/:id',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Disconnect: the login is ended where the provider lets us, and everything that was read is deleted',
        params: idParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => answer(request, reply, await disconnectCalendar(deps, tenantCaller(request), request.params.id)),
  );
  app.post(
    '/v1/connections/:id/sync',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Read now; a connection that was disconnected is tried again',
        params: idParams,
        response: { 200: Connection },
      },
    },
    async (request, reply) => answer(request, reply, await syncConnection(deps, tenantCaller(request), request.params.id)),
  );
}
