import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../../flows/deps.ts';
import type { App } from '../app-type.ts';
import { readHostedEventType } from '../../flows/read-hosted-event-type.ts';
import { hostedPage, managePage, PAGE_STYLE } from '../own-pages.ts';
import { PAGE_POLICY } from '../page-policy.ts';
import { sendProblem } from '../problem.ts';
import { readerLanguage } from '../reader-language.ts';
import { VERSION } from '../version.ts';

export interface PageSettings {
  readonly widgetDir: string;
}

/** The widget's files, the page behind a mail link, the page a host shares, the API reference. */
export async function registerPages(app: App, deps: Deps, settings: PageSettings): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(settings.widgetDir, 'parley'),
    prefix: '/parley/',
    decorateReply: true,
    setHeaders: allowEverySite,
  });
  // The first script looks for its modules beside itself, wherever it came from.
  await app.register(fastifyStatic, {
    root: join(settings.widgetDir, 'parley'),
    prefix: `/parley/${VERSION}/parley/`,
    decorateReply: false,
    immutable: true,
    maxAge: '365d',
    setHeaders: allowEverySite,
  });
  const sendWidget =
    (cacheControl: string) =>
    async (
      _request: unknown,
      reply: { header(name: string, value: string): unknown; type(type: string): { send(body: unknown): unknown } },
    ) => {
      reply.header('cache-control', cacheControl);
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      return reply.type('text/javascript; charset=utf-8').send(await readFile(join(settings.widgetDir, 'parley.js')));
    };
  app.get('/parley.js', sendWidget('public, max-age=300, stale-while-revalidate=86400'));
  app.get(`/parley/${VERSION}/parley.js`, sendWidget('public, max-age=31536000, immutable'));

  await app.register(async (pages) => {
    await pages.register(helmet, PAGE_POLICY as never);
    pages.get('/pages.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(PAGE_STYLE),
    );
    pages.get('/m', async (request, reply) => sendReadable(reply, managePage(readerLanguage(request.headers['accept-language'], 'en'))));
    pages.get<{ Params: { tenant: string; host: string; slug: string } }>('/b/:tenant/:host/:slug', async (request, reply) => {
      const outcome = await readHostedEventType(deps, request.params);
      if (!outcome.ok) return sendProblem(request, reply, outcome);
      return sendReadable(reply, hostedPage(outcome.value, readerLanguage(request.headers['accept-language'], outcome.value.locale)));
    });
  });
  app.get('/openapi.json', async (_request, reply) => reply.header('access-control-allow-origin', '*').send(app.swagger()));
  await app.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json', withDefaultFonts: false } } as never);
}

/** A page in the language of its reader; a cache between must not hand it to others. */
function sendReadable(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('vary', 'accept-language').send(html);
}

function allowEverySite(response: { header(name: string, value: string): unknown }): void {
  response.header('access-control-allow-origin', '*');
  response.header('cross-origin-resource-policy', 'cross-origin');
}
