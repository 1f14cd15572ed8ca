import type { App } from './app-type.ts';
import type { Allow } from './caller.ts';

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  /** Null: no credential is looked at. */
  readonly allow: Allow | null;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route registered so far, with who may call it. */
    routeTable: RouteEntry[];
  }
}

/** Writes down every route as it is registered, so that who may call what can be read, and checked, in one place. Call it before the first route. */
export function keepRouteTable(app: App): void {
  app.decorate('routeTable', []);
  app.addHook('onRoute', ({ method, url, config }) => {
    const methods = Array.isArray(method) ? method : [method];
    for (const one of methods) app.routeTable.push({ method: one, url, allow: config?.allow ?? null });
  });
}
