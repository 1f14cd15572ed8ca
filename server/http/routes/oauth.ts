import helmet from '@fastify/helmet';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { oneOf, strictObject } from '../../../shared/contract/shape.ts';
import type { Deps } from '../../flows/deps.ts';
import { type ConsentFailure, dropConsent, keepConsent, readConsent } from '../../flows/finish-consent.ts';
import { receivePush } from '../../flows/receive-push.ts';
import type { App } from '../app-type.ts';
import { CONSENT_STYLE, consentDonePage, consentFailedPage, consentPage, consentRefusedPage } from '../consent-pages.ts';
import { PAGE_POLICY } from '../page-policy.ts';
import { PROBLEMS } from '../problem.ts';
import { type ReaderLanguage, readerLanguage } from '../reader-language.ts';

const tags = ['Calendars'];
const params = strictObject({ provider: oneOf(['google', 'microsoft']) });
/** Providers add fields of their own, and may add more. */
const answered = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 4096 })),
  state: Type.Optional(Type.String({ maxLength: 4096 })),
  error: Type.Optional(Type.String({ maxLength: 500 })),
});

/** What calendar providers call themselves: the way back from their consent page, and messages that a calendar has changed. */
export function registerOAuth(app: App, deps: Deps): void {
  void app.register(async (pages) => registerConsent(pages as unknown as App, deps));
  app.post(
    '/v1/calendar-messages/:provider/:tenantId/:connectionId',
    {
      schema: {
        tags,
        summary: 'Messages of calendar providers, by the token of the channel',
        security: [],
        params: strictObject({
          provider: oneOf(['google', 'microsoft']),
          tenantId: Type.String({ maxLength: 100 }),
          connectionId: Type.String({ maxLength: 100 }),
        }),
        querystring: Type.Object({ validationToken: Type.Optional(Type.String({ maxLength: 4096 })) }),
      },
    },
    async (request, reply) => {
      const { headers, query, body } = request;
      const text = await receivePush(deps, request.params, { headers: singles(headers), query: { ...query }, body });
      // Nobody's browser comes here; plain text without sniffing, so that the echo can never become a page.
      void reply.header('x-content-type-options', 'nosniff');
      return text === null ? reply.code(202).send() : reply.type('text/plain; charset=utf-8').send(text);
    },
  );
}

async function registerConsent(app: App, deps: Deps): Promise<void> {
  await app.register(helmet, PAGE_POLICY as never);
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.get('/consent.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(CONSENT_STYLE),
  );
  app.get(
    '/v1/oauth/:provider/callback',
    { schema: { tags, summary: 'The page after a consent page; it stores nothing', security: [], params, querystring: answered } },
    async (request, reply) => {
      const shown = await readConsent(deps, request.params.provider, request.query);
      const language = languageOf(request);
      if (!shown.ok) return sendFailure(reply, shown, request.params.provider, language);
      return sendPage(reply, 200, consentPage(shown.value, language));
    },
  );
  app.post(
    '/v1/oauth/:provider/callback',
    { schema: { tags, summary: 'The button on that page: connects the account', security: [], params } },
    async (request, reply) => {
      const { provider } = request.params;
      const language = languageOf(request);
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      const grant = form.get('grant') ?? '';
      if (form.get('answer') === 'refuse') {
        await dropConsent(deps, provider, grant);
        return sendPage(reply, 200, consentRefusedPage(language));
      }
      const kept = await keepConsent(deps, provider, grant);
      if (!kept.ok) return sendFailure(reply, kept, provider, language);
      return sendPage(reply, 200, consentDonePage(kept.value.account, language));
    },
  );
}

/** The host comes from the provider's page with nothing but a browser, so the browser says the language. */
function languageOf({ headers }: FastifyRequest): ReaderLanguage {
  return readerLanguage(headers['accept-language'], 'en');
}

function sendFailure(
  reply: FastifyReply,
  failure: ConsentFailure,
  provider: 'google' | 'microsoft',
  language: ReaderLanguage,
): FastifyReply {
  return sendPage(reply, PROBLEMS[failure.reason].status, consentFailedPage(failure, provider, language));
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(html);
}

function singles(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}
