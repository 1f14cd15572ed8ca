import { checkReadiness } from '../../flows/check-readiness.ts';
import type { Deps } from '../../flows/deps.ts';
import { answer } from '../answer.ts';
import { VERSION } from '../version.ts';
import type { App } from '../app-type.ts';

export function registerHealth(app: App, deps: Deps): void {
  app.get('/healthz', { schema: { tags: ['Health'], summary: 'The process lives', security: [] } }, async () => ({
    status: 'ok',
    version: VERSION,
    node: process.versions.node,
    timeZoneData: process.versions.tz,
  }));
  app.get(
    '/readyz',
    { schema: { tags: ['Health'], summary: 'The database is reachable and migrated', security: [] } },
    async (request, reply) => answer(request, reply, await checkReadiness(deps)),
  );
}
