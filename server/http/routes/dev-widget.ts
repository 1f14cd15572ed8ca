import helmet from '@fastify/helmet';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { oneOf, strictObject } from '../../../shared/contract/shape.ts';
import { refuse } from '../../domain/outcome.ts';
import type { App } from '../app-type.ts';
import type { Allow } from '../caller.ts';
import { findState, GALLERY } from '../gallery/gallery-groups.ts';
import { GALLERY_STYLE, galleryIndex, statePage } from '../gallery/gallery-pages.ts';
import { callOf, USUAL_ANSWERS } from '../gallery/scripted-answers.ts';
import { sendProblem } from '../problem.ts';

const PLAYER = fileURLToPath(new URL('../gallery/player.js', import.meta.url));
const galleryQuery = strictObject({
  state: Type.Optional(Type.String({ maxLength: 60 })),
  lang: Type.Optional(Type.String({ maxLength: 20 })),
  theme: Type.Optional(oneOf(['light', 'dark'])),
  bare: Type.Optional(Type.String({ maxLength: 5 })),
});
const apiParams = strictObject({ state: Type.String({ maxLength: 60 }), '*': Type.String({ maxLength: 300 }) });

/** As strict as a careful site is, so that the gallery shows that the elements live with it. */
const GALLERY_POLICY = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"],
    },
  },
  frameguard: { action: 'sameorigin' },
  crossOriginEmbedderPolicy: false,
  strictTransportSecurity: false,
} as const;

/** Every state of every element at an address of its own, for people and tests. `open`: to anybody, else to the admin key. */
export async function registerDevWidget(app: App, { open }: { readonly open: boolean }): Promise<void> {
  const allow: Allow = open ? { admin: true, anybody: true } : { admin: true };
  await app.register(async (scope) => {
    await scope.register(helmet, GALLERY_POLICY as never);
    const pages = scope as App;
    pages.get('/dev/widget', { config: { allow }, schema: { querystring: galleryQuery } }, async (request, reply) => {
      const { state: name, lang = null, theme = null, bare } = request.query;
      void reply.type('text/html; charset=utf-8');
      if (name === undefined) return reply.send(galleryIndex(GALLERY));
      const state = findState(name);
      if (state === null) return sendProblem(request, reply, refuse('not_found'));
      return reply.send(statePage(state, GALLERY, { lang, theme, bare: bare !== undefined }));
    });
    // What follows is the same for everybody and tells nothing of anybody; the pages' own requests carry no key.
    pages.get('/dev/widget/gallery.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(GALLERY_STYLE));
    pages.get('/dev/widget/player.js', async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(await readFile(PLAYER, 'utf8')),
    );
    pages.route({
      method: ['GET', 'POST', 'PATCH', 'DELETE'],
      url: '/dev/widget/api/:state/*',
      schema: { params: apiParams },
      handler: async (request, reply) => {
        const { state: name, '*': path } = request.params;
        const state = findState(name);
        const call = callOf(request.method, `/${path}`);
        if (state === null || call === null) return sendProblem(request, reply, refuse('not_found'));
        const scripted = state.answers?.[call] ?? USUAL_ANSWERS[call];
        const { status, type, text } = scripted({
          query: request.query as Record<string, string | undefined>,
          body: (request.body ?? {}) as Record<string, unknown>,
        });
        return reply.code(status).type(type).send(text);
      },
    });
  });
}
