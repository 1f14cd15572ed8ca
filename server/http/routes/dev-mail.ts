import helmet from '@fastify/helmet';
import Type from 'typebox';
import { oneOf, strictObject } from '../../../shared/contract/shape.ts';
import { MESSAGE_LANGUAGES } from '../../../shared/i18n/message-language.ts';
import { MESSAGE_KINDS, type MessageKind, type Party } from '../../domain/messages/message-data.ts';
import type { RenderedMessage } from '../../domain/messages/render-message.ts';
import { listSamples, renderSample, samplePartiesOf } from '../../domain/messages/samples.ts';
import { refuse } from '../../domain/outcome.ts';
import type { Deps } from '../../flows/deps.ts';
import { readKeptMail, readMailbox } from '../../flows/mailbox.ts';
import type { App } from '../app-type.ts';
import type { Allow } from '../caller.ts';
import { frameStyle, inScheme, mailListPage, mailPage, previewListPage, samplePage } from '../dev-mail-pages.ts';
import { sendProblem } from '../problem.ts';

const mailParams = strictObject({ key: Type.String({ maxLength: 200 }) });
const sampleParams = strictObject({
  kind: Type.String({ maxLength: 40 }),
  party: Type.String({ maxLength: 20 }),
  language: Type.String({ maxLength: 20 }),
});

const sampleQuery = strictObject({ scheme: Type.Optional(oneOf(['light', 'dark'])) });
const languages = Object.keys(MESSAGE_LANGUAGES);

/** A mail is somebody else's page: it may show pictures and its own style, and nothing of it runs. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox allow-popups; frame-ancestors 'self'";

/** The mailbox of mails that are not really sent, and every message in every language. `open`: to anybody, else to the admin key. */
export async function registerDevMail(app: App, deps: Deps, { open }: { readonly open: boolean }): Promise<void> {
  const allow: Allow = open ? { admin: true, anybody: true } : { admin: true };
  const config = { allow };
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], styleSrc: ["'self'"], frameSrc: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
      },
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: false,
    });
    const pages = scope as App;
    pages.get('/dev/mail.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(frameStyle));
    pages.get('/dev/mail', { config }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(mailListPage(await readMailbox(deps))),
    );
    pages.get('/dev/mail/preview', { config }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(previewListPage(listSamples(), languages)),
    );
    for (const form of ['page', 'html', 'text'] as const) {
      const tail = form === 'page' ? '' : `/${form}`;
      const schema = { params: sampleParams, querystring: sampleQuery };
      pages.get(`/dev/mail/preview/:kind/:party/:language${tail}`, { config, schema }, async (request, reply) => {
        const { kind, party, language } = request.params;
        const { scheme } = request.query;
        const rendered = sampleOf(kind, party, language);
        if (rendered === null) return sendProblem(request, reply, refuse('not_found'));
        if (form === 'page')
          return reply
            .type('text/html; charset=utf-8')
            .send(samplePage({ kind, party, language }, rendered, { parties: samplePartiesOf(kind as MessageKind), languages }));
        if (form === 'text') return reply.type('text/plain; charset=utf-8').send(rendered.text);
        return reply
          .type('text/html; charset=utf-8')
          .header('content-security-policy', MAIL_POLICY)
          .send(scheme === undefined ? rendered.html : inScheme(rendered.html, scheme));
      });
    }
    for (const form of ['page', 'html', 'text', 'ics', 'raw'] as const) {
      const tail = form === 'page' ? '' : `/${form}`;
      pages.get(`/dev/mail/:key${tail}`, { config, schema: { params: mailParams } }, async (request, reply) => {
        const found = await readKeptMail(deps, request.params.key);
        if (!found.ok) return sendProblem(request, reply, found);
        const { mail, raw } = found.value;
        if (form === 'page') return reply.type('text/html; charset=utf-8').send(mailPage(mail));
        if (form === 'text') return reply.type('text/plain; charset=utf-8').send(mail.text);
        if (form === 'raw') return reply.type('text/plain; charset=utf-8').send(raw);
        if (form === 'html') return reply.type('text/html; charset=utf-8').header('content-security-policy', MAIL_POLICY).send(mail.html);
        if (mail.invitation === null) return sendProblem(request, reply, refuse('not_found'));
        return reply.type(`text/calendar; charset=utf-8; method=${mail.invitation.method}`).send(mail.invitation.file);
      });
    }
  });
}

function sampleOf(kind: string, party: string, language: string): RenderedMessage | null {
  const known = MESSAGE_KINDS.find((one): one is MessageKind => one === kind);
  if (known === undefined || !(language in MESSAGE_LANGUAGES)) return null;
  return samplePartiesOf(known).includes(party as Party) ? renderSample(known, party as Party, language) : null;
}
