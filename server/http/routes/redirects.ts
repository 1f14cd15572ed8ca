import { RedirectAnswer, RedirectQuery } from '../../../shared/contract/redirect.ts';
import { tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { isOriginAllowed } from '../origin.ts';

/** Where a scheduler's `redirect-url` may lead: our own pages and the tenant's `allowedOrigins`, so that no link turns us into a signpost to elsewhere. */
export function registerRedirects(app: App, publicUrl: string): void {
  app.get(
    '/v1/redirects',
    {
      config: { allow: { secret: 'read', publishable: true } },
      schema: {
        tags: ['Tenants'],
        summary: 'Ask whether a page may send its visitor to an address after booking',
        querystring: RedirectQuery,
        response: { 200: RedirectAnswer },
      },
    },
    (request) => ({
      allowed: isOriginAllowed(new URL(request.query.url).origin, tenantCaller(request).tenant.settings.allowedOrigins, publicUrl),
    }),
  );
}
