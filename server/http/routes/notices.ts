import { Readable } from 'node:stream';
import Type from 'typebox';
import {
  Acknowledgement,
  AcknowledgementCreate,
  AcknowledgementPage,
  AcknowledgementsQuery,
  Impression,
  ImpressionCreate,
} from '../../../shared/contract/acknowledgement.ts';
import { Id, Locale, Role, Stage } from '../../../shared/contract/common.ts';
import { LedgerBundle, LedgerCheck } from '../../../shared/contract/ledger.ts';
import {
  CurrentNotices,
  Notice,
  NoticeCreate,
  NoticePage,
  NoticePreview,
  NoticeVersion,
  NoticeVersionCreate,
} from '../../../shared/contract/notice.ts';
import { oneOf, strictObject } from '../../../shared/contract/shape.ts';
import { acknowledge, readAcknowledgements, readOneAcknowledgement, withdrawAcknowledgement } from '../../flows/acknowledge.ts';
import type { Deps } from '../../flows/deps.ts';
import { exportLedger, exportLedgerCsv } from '../../flows/export-ledger.ts';
import {
  createNotice,
  createNoticeVersion,
  previewNoticeVersion,
  publishNoticeVersion,
  readCurrentNotices,
  readNotices,
} from '../../flows/notices.ts';
import { recordImpression } from '../../flows/record-impression.ts';
import { verifyLedger } from '../../flows/verify-ledger.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { sendTagged } from '../etag.ts';
import { answerOnce } from '../idempotency.ts';
import { sendProblem } from '../problem.ts';
import { idParams, listQuery, query } from '../request-shapes.ts';
import { readCircumstances } from '../read-circumstances.ts';

const keyParams = strictObject({ key: Id });

export function registerNotices(app: App, deps: Deps): void {
  const tags = ['Notices'];
  app.post(
    '/v1/notices',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags, summary: 'Make a notice, with its first version if you like', body: NoticeCreate, response: { 201: Notice } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => createNotice(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/notices',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags, summary: 'List notices with all their versions', querystring: listQuery(), response: { 200: NoticePage } },
    },
    async (request, reply) => answer(request, reply, await readNotices(deps, tenantCaller(request), request.query)),
  );
  app.post(
    '/v1/notices/:key/versions',
    {
      config: { allow: { secret: 'admin' } },
      schema: {
        tags,
        summary: 'Publish a new version, or keep it as a draft',
        params: keyParams,
        body: NoticeVersionCreate,
        response: { 201: NoticeVersion },
      },
    },
    async (request, reply) =>
      answerOnce(request, reply, deps, (own) => createNoticeVersion(own, tenantCaller(request), request.params.key, request.body)),
  );
  app.post(
    '/v1/notices/:key/versions/:id/publish',
    {
      config: { allow: { secret: 'admin' } },
      schema: { tags, summary: 'Publish a draft', params: strictObject({ key: Id, id: Id }), response: { 200: NoticeVersion } },
    },
    async (request, reply) =>
      answer(request, reply, await publishNoticeVersion(deps, tenantCaller(request), request.params.key, request.params.id)),
  );
  app.get(
    '/v1/notices/:key/versions/:id/preview',
    {
      config: { allow: { secret: 'read' } },
      schema: {
        tags,
        summary: 'A version as its readers will see it, drafts too',
        params: strictObject({ key: Id, id: Id }),
        querystring: query({ locale: Type.Optional(Locale) }),
        response: { 200: NoticePreview },
      },
    },
    async (request, reply) => {
      const { key, id } = request.params;
      return answer(request, reply, await previewNoticeVersion(deps, tenantCaller(request), key, id, request.query.locale ?? null));
    },
  );
  app.get(
    '/v1/notices/current',
    {
      config: { allow: { secret: 'read', publishable: true, manage: ['invitee', 'host'] } },
      schema: {
        tags,
        summary: 'The notices to show now',
        querystring: query({
          placement: Type.Optional(Type.String({ maxLength: 60 })),
          stage: Type.Optional(Stage),
          locale: Type.Optional(Locale),
          role: Type.Optional(Role),
        }),
        response: { 200: CurrentNotices, 304: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = tenantCaller(request);
      const outcome = await readCurrentNotices(deps, caller, request.query);
      if (!outcome.ok) return sendProblem(request, reply, outcome);
      const isSameForAll = caller.kind === 'publishable';
      return sendTagged(request, reply, { data: outcome.value }, isSameForAll ? 'public, no-cache' : 'private, no-cache');
    },
  );
}

export function registerAcknowledgements(app: App, deps: Deps): void {
  const tags = ['Acknowledgements'];
  app.post(
    '/v1/impressions',
    {
      config: { allow: { secret: 'write', publishable: true }, leavesSlots: true },
      schema: { tags, summary: 'Report that a notice was in view', body: ImpressionCreate, response: { 201: Impression } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => recordImpression(own, tenantCaller(request), request.body)),
  );
  app.post(
    '/v1/acknowledgements',
    {
      config: { allow: { secret: 'write', publishable: true, manage: ['invitee', 'host'] } },
      schema: { tags, summary: 'Acknowledge a notice version', body: AcknowledgementCreate, response: { 201: Acknowledgement } },
    },
    async (request, reply) =>
      answerOnce(request, reply, deps, (own) => acknowledge(own, tenantCaller(request), request.body, readCircumstances(request))),
  );
  app.get(
    '/v1/acknowledgements',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags, summary: 'List acknowledgements', querystring: AcknowledgementsQuery, response: { 200: AcknowledgementPage } },
    },
    async (request, reply) => answer(request, reply, await readAcknowledgements(deps, tenantCaller(request), request.query)),
  );
  app.get(
    '/v1/acknowledgements/verify',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags, summary: 'Recompute the chain of acknowledgements', response: { 200: LedgerCheck } },
    },
    async (request, reply) => answer(request, reply, await verifyLedger(deps, tenantCaller(request))),
  );
  app.get(
    '/v1/acknowledgements/export',
    {
      config: { allow: { secret: 'read' } },
      schema: {
        tags,
        summary: 'The whole ledger with the texts and the steps to check it without Parley',
        querystring: query({ format: Type.Optional(oneOf(['json', 'csv'], { default: 'json' })) }),
        response: { 200: LedgerBundle },
      },
    },
    async (request, reply) => {
      const caller = tenantCaller(request);
      const isCsv = request.query.format === 'csv';
      const pieces = isCsv ? exportLedgerCsv(deps, caller) : exportLedger(deps, caller);
      return reply
        .type(isCsv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="acknowledgements.${isCsv ? 'csv' : 'json'}"`)
        .header('cache-control', 'private, no-store')
        .send(Readable.from(pieces) as never);
    },
  );
  app.get(
    '/v1/acknowledgements/:id',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags, summary: 'Read an acknowledgement', params: idParams, response: { 200: Acknowledgement } },
    },
    async (request, reply) => answer(request, reply, await readOneAcknowledgement(deps, tenantCaller(request), request.params.id)),
  );
  app.post(
    '/v1/acknowledgements/:id/withdraw',
    {
      config: { allow: { secret: 'write' } },
      schema: { tags, summary: 'Take an acknowledgement back', params: idParams, response: { 200: Acknowledgement } },
    },
    async (request, reply) => answer(request, reply, await withdrawAcknowledgement(deps, tenantCaller(request), request.params.id)),
  );
}
