import { ScreenAnswer, ScreenRequest } from '../../../shared/contract/screen.ts';
import type { Deps } from '../../flows/deps.ts';
import { screen } from '../../flows/screen.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';

export function registerScreen(app: App, deps: Deps): void {
  app.post(
    '/v1/screen',
    {
      config: { allow: { secret: 'read', publishable: true }, leavesSlots: true },
      schema: {
        tags: ['Screening'],
        summary: 'Look for contact details in a chat message',
        body: ScreenRequest,
        response: { 200: ScreenAnswer },
      },
    },
    async (request, reply) => answer(request, reply, await screen(deps, tenantCaller(request), request.body)),
  );
}
