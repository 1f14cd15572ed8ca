import Type from 'typebox';
import { ExternalId } from '../../../shared/contract/common.ts';
import { SmsConsent, SmsConsentCreate, SmsConsentPage } from '../../../shared/contract/sms-consent.ts';
import type { Deps } from '../../flows/deps.ts';
import { receiveGatewaySms, receiveTwilioSms } from '../../flows/receive-sms.ts';
import { giveSmsConsent, readSmsConsents } from '../../flows/sms-consents.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { sendProblem } from '../problem.ts';
import { listQuery } from '../request-shapes.ts';

const tags = ['SMS'];

export function registerSms(app: App, deps: Deps): void {
  app.post(
    '/v1/sms-consents',
    {
      config: { allow: { secret: 'write', room: ['invitee', 'host'], manage: ['invitee', 'host'] }, leavesSlots: true },
      schema: { tags, summary: 'Agree to text messages, or end it', body: SmsConsentCreate, response: { 201: SmsConsent } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => giveSmsConsent(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/sms-consents',
    {
      config: { allow: { secret: 'read' } },
      schema: {
        tags,
        summary: 'The ledger of consents to text messages',
        querystring: listQuery({ externalId: Type.Optional(ExternalId) }),
        response: { 200: SmsConsentPage },
      },
    },
    async (request, reply) => answer(request, reply, await readSmsConsents(deps, tenantCaller(request), request.query)),
  );
  void app.register(async (inbound) => registerInbound(inbound as App, deps));
}

/** What providers hand over is signed over the bytes, so here bodies are read as text. */
function registerInbound(app: App, deps: Deps): void {
  app.removeContentTypeParser('application/json');
  for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
    app.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));
  }
  app.post(
    '/v1/sms/inbound/twilio',
    { schema: { tags, summary: 'What people answer, from Twilio, by its signature', security: [] } },
    async (request, reply) => {
      const outcome = await receiveTwilioSms(deps, {
        path: request.url,
        body: textOf(request.body),
        signature: one(request.headers['x-twilio-signature']),
      });
      return outcome.ok ? reply.type('text/xml; charset=utf-8').send(outcome.value) : sendProblem(request, reply, outcome);
    },
  );
  app.post(
    '/v1/sms/inbound/gateway',
    { schema: { tags, summary: 'What people answer, from the gateway, by its signature', security: [] } },
    async (request, reply) => {
      const headers = {
        id: one(request.headers['webhook-id']),
        timestamp: one(request.headers['webhook-timestamp']),
        signature: one(request.headers['webhook-signature']),
      };
      return answer(request, reply, await receiveGatewaySms(deps, { headers, body: textOf(request.body) }));
    },
  );
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : '';
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
