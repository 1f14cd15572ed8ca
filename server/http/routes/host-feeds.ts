import Type from 'typebox';
import { HostFeed } from '../../../shared/contract/host.ts';
import type { Deps } from '../../flows/deps.ts';
import { readFeed, rotateFeed } from '../../flows/host-feed.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { sendProblem } from '../problem.ts';
import { idParams, query } from '../request-shapes.ts';

const tags = ['Hosts'];

export function registerHostFeeds(app: App, deps: Deps): void {
  app.post(
    '/v1/hosts/:id/feed/rotate',
    {
      config: { allow: { secret: 'write', room: ['host'] }, leavesSlots: true },
      schema: { tags, summary: 'Give the host’s calendar feed a new address', params: idParams, response: { 200: HostFeed } },
    },
    async (request, reply) => answer(request, reply, await rotateFeed(deps, tenantCaller(request), request.params.id)),
  );
  app.get(
    '/v1/hosts/:id/feed.ics',
    {
      config: { allow: { secret: 'read', room: ['host'], anybody: true } },
      schema: {
        tags,
        summary: 'The host’s meetings as a calendar to subscribe to, by file token or credential',
        params: idParams,
        querystring: query({ t: Type.Optional(Type.String({ maxLength: 200 })) }),
      },
    },
    async (request, reply) => {
      const { caller } = request;
      const outcome = await readFeed(deps, caller?.kind === 'admin' ? null : caller, request.params.id, request.query.t ?? null);
      if (!outcome.ok) return sendProblem(request, reply, outcome);
      return reply.type('text/calendar; charset=utf-8').header('cache-control', 'private, max-age=300').send(outcome.value);
    },
  );
}
