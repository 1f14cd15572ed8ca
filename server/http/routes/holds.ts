import Type from 'typebox';
import { Hold, HoldCreate } from '../../../shared/contract/hold.ts';
import type { Deps } from '../../flows/deps.ts';
import { hold } from '../../flows/hold.ts';
import { releaseHold } from '../../flows/release-hold.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams } from '../request-shapes.ts';

const tags = ['Holds'];
const allow = { secret: 'write', publishable: true, manage: ['invitee', 'host'] } as const;

export function registerHolds(app: App, deps: Deps): void {
  app.post(
    '/v1/holds',
    {
      config: { allow, leavesRules: true },
      schema: { tags, summary: 'Keep a slot while a form is open', body: HoldCreate, response: { 201: Hold } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => hold(own, tenantCaller(request), request.body, request.ip)),
  );
  app.delete(
    '/v1/holds/:id',
    {
      config: { allow, leavesRules: true },
      schema: { tags, summary: 'Release a hold; its slot is free at once', params: idParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => answer(request, reply, await releaseHold(deps, tenantCaller(request), request.params.id)),
  );
}
