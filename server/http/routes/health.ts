import { checkReadiness } from '../../flows/check-readiness.ts';
import type { Deps } from '../../flows/deps.ts';
import { answer } from '../answer.ts';
import { VERSION } from '../version.ts';
import type { App } from '../app-type.ts';

export interface HealthSettings {
  /** Reads the metrics. */
  readonly metrics: () => string;
  /** On this machine alone anybody may read them; elsewhere the admin key is asked for. */
  readonly openMetrics: boolean;
}

export function registerHealth(app: App, deps: Deps, { metrics, openMetrics }: HealthSettings): void {
  app.get('/metrics', { config: { allow: openMetrics ? { admin: true, anybody: true } : { admin: true } } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics()),
  );
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
