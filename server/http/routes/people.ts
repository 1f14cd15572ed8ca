import Type from 'typebox';
import { ExternalId } from '../../../shared/contract/common.ts';
import { Person, PersonCreate } from '../../../shared/contract/person.ts';
import { strictObject } from '../../../shared/contract/shape.ts';
import type { Deps } from '../../flows/deps.ts';
import { forgetPerson, keepKnownPerson } from '../../flows/people.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';

const tags = ['People'];

export function registerPeople(app: App, deps: Deps): void {
  app.post(
    '/v1/people',
    {
      config: { allow: { secret: 'write' } },
      schema: { tags, summary: 'Make a person known', body: PersonCreate, response: { 201: Person } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => keepKnownPerson(own, tenantCaller(request), request.body)),
  );
  app.delete(
    '/v1/people/:externalId',
    {
      config: { allow: { secret: 'write' } },
      schema: {
        tags,
        summary: 'Erase a person; bookings stay, anonymised',
        params: strictObject({ externalId: ExternalId }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => answer(request, reply, await forgetPerson(deps, tenantCaller(request), request.params.externalId)),
  );
}
