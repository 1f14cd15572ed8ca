import type {
  CurrentNotice,
  Notice,
  NoticeCreate,
  NoticePreview,
  NoticeVersion,
  NoticeVersionCreate,
} from '../../shared/contract/notice.ts';
import { NoticeVersionCreate as NoticeVersionSchema } from '../../shared/contract/notice.ts';
import type { Role, Stage } from '../../shared/contract/common.ts';
import {
  currentNoticeVersions,
  findNoticeVersion,
  insertNotice,
  insertNoticeVersion,
  latestVersion,
  listNotices,
  listNoticeVersions,
  lockNotice,
  type NoticeVersionRow,
  publishDraft,
} from '../adapters/db/notices.ts';
import type { NoticeVersionTable, Trx } from '../adapters/db/schema.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { withoutNulls } from '../domain/merge-patch.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { NoticeContent } from '../domain/policy/notice-content.ts';
import { noticeHtml } from '../domain/policy/notice-html.ts';
import { findActingPerson } from './acting-person.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { presentCurrentNotice, presentNoticeVersion } from './present-notice.ts';
import { findAcknowledged } from './required-notice.ts';

const DEFAULT_LABEL = { en: 'I have read and accept these terms' };

/** Makes a notice; with a text it gets its first version in the same step. */
export async function createNotice(deps: Deps, caller: TenantCaller, given: NoticeCreate): Promise<Outcome<Notice>> {
  const { key, ...content } = given;
  const hasVersion = Object.keys(content).some((field) => field !== 'draft');
  if (hasVersion) {
    const issues = findIssues(NoticeVersionSchema, content);
    if (issues !== null) return refuse('validation_failed', { issues });
  }
  return deps.db.transaction().execute(async (trx) => {
    const now = new Date(deps.clock.nowMs());
    const noticeId = deps.ids.next('ntc');
    if (!(await insertNotice(trx, caller.tenant.id, key, noticeId, now)))
      return refuse('conflict', { detail: `A notice with the key ${key} exists.` });
    const versions = hasVersion ? [await addVersion(deps, trx, caller, key, content as NoticeVersionCreate)] : [];
    const answer = { id: noticeId, key, createdAt: now.toISOString(), versions };
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readNotices(
  deps: Deps,
  caller: TenantCaller,
  query: { cursor?: string; limit?: number },
): Promise<Outcome<Page<Notice>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listNotices(deps.db, caller.tenant.id, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  const versions = await listNoticeVersions(
    deps.db,
    caller.tenant.id,
    rows.map((row) => row.key),
  );
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.key],
      (row) => ({
        id: row.notice_id,
        key: row.key,
        createdAt: row.created_at.toISOString(),
        versions: versions.filter((version) => version.key === row.key).map(presentNoticeVersion),
      }),
    ),
  );
}

/** Adds a version to a notice: published at once and for ever, or kept as a draft. */
export async function createNoticeVersion(
  deps: Deps,
  caller: TenantCaller,
  key: string,
  given: NoticeVersionCreate,
): Promise<Outcome<NoticeVersion>> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockNotice(trx, caller.tenant.id, key)) === undefined) return refuse('not_found');
    const answer = await addVersion(deps, trx, caller, key, given);
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

/** Publishes a draft under the next number. Published before: answered as it is. */
export async function publishNoticeVersion(
  deps: Deps,
  caller: TenantCaller,
  key: string,
  noticeVersionId: string,
): Promise<Outcome<NoticeVersion>> {
  return deps.db.transaction().execute(async (trx) => {
    if ((await lockNotice(trx, caller.tenant.id, key)) === undefined) return refuse('not_found');
    const row = await findNoticeVersion(trx, caller.tenant.id, noticeVersionId);
    if (row === undefined || row.key !== key) return refuse('not_found');
    if (row.published_at !== null) return succeed(presentNoticeVersion(row));
    const now = new Date(deps.clock.nowMs());
    const version = (await latestVersion(trx, caller.tenant.id, key)) + 1;
    await publishDraft(trx, caller.tenant.id, noticeVersionId, version, now, row.effective_from);
    return succeed(presentNoticeVersion({ ...row, version, published_at: now }));
  });
}

export interface CurrentQuery {
  readonly placement?: string;
  readonly stage?: Stage;
  readonly locale?: string;
  readonly role?: Role;
}

/**
 * The notices a reader sees now. Behind a room or manage token stands one person: their stage and role hold, whatever the query says, and each
 * notice that asks for it tells whether they have acknowledged it.
 */
export async function readCurrentNotices(deps: Deps, caller: TenantCaller, query: CurrentQuery): Promise<Outcome<CurrentNotice[]>> {
  const { db, clock } = deps;
  const nowMs = clock.nowMs();
  const rows = await currentNoticeVersions(db, caller.tenant.id, new Date(nowMs));
  const acting = await findActingPerson(db, caller);
  const stage = acting?.stage ?? query.stage ?? null;
  const role = acting?.role ?? query.role ?? null;
  const locale = query.locale ?? acting?.locale ?? null;
  const shown = rows.filter(
    ({ content }) =>
      (query.placement === undefined || content.placements.includes(query.placement)) &&
      (stage === null || content.stages.includes(stage)) &&
      (role === null || content.roles.includes(role)),
  );
  const tenantLocale = caller.tenant.settings.locale;
  if (acting === null) return succeed(shown.map((row) => presentCurrentNotice(row, tenantLocale, locale)));
  const { booking, ...who } = acting;
  const acknowledgementId = booking?.acknowledgement_id ?? null;
  const question = { tenantId: caller.tenant.id, tenantLocale, ...who, acknowledgementId, bookingId: booking?.booking_id ?? null, nowMs };
  const acknowledged = await findAcknowledged(db, question, shown);
  return succeed(
    shown.map((row) => ({
      ...presentCurrentNotice(row, tenantLocale, locale),
      ...(row.content.acknowledgement !== 'none' && { acknowledged: acknowledged.has(row.notice_version_id) }),
    })),
  );
}

/** One version as a reader of `locale` would see it, a draft too, before anybody does. */
export async function previewNoticeVersion(
  deps: Deps,
  caller: TenantCaller,
  key: string,
  noticeVersionId: string,
  locale: string | null,
): Promise<Outcome<NoticePreview>> {
  const row = await findNoticeVersion(deps.db, caller.tenant.id, noticeVersionId);
  if (row === undefined || row.key !== key) return refuse('not_found');
  const seen = presentCurrentNotice(row, caller.tenant.settings.locale, locale);
  return succeed({
    ...seen,
    version: row.version,
    status: row.published_at === null ? 'draft' : 'published',
    effectiveFrom: row.effective_from?.toISOString() ?? null,
    html: noticeHtml(seen.text),
    fallbackHtml: seen.fallback === null ? null : noticeHtml(seen.fallback),
  });
}

async function addVersion(deps: Deps, trx: Trx, caller: TenantCaller, key: string, given: NoticeVersionCreate): Promise<NoticeVersion> {
  const now = new Date(deps.clock.nowMs());
  const published = given.draft !== true;
  const row: NoticeVersionRow & NoticeVersionTable = {
    tenant_id: caller.tenant.id,
    notice_version_id: deps.ids.next('ntv'),
    key,
    version: published ? (await latestVersion(trx, caller.tenant.id, key)) + 1 : null,
    content: contentOf(given),
    effective_from: given.effectiveFrom == null ? null : new Date(given.effectiveFrom),
    created_at: now,
    published_at: published ? now : null,
  };
  await insertNoticeVersion(trx, row);
  return presentNoticeVersion(row);
}

function contentOf(given: NoticeVersionCreate): NoticeContent {
  const { placements, stages, roles, severity, acknowledgement, text, label, fallback } = withoutNulls({ ...given }) as NoticeVersionCreate;
  return {
    placements,
    stages,
    roles: roles ?? ['invitee', 'host'],
    severity: severity ?? 'info',
    acknowledgement,
    text,
    label: label ?? DEFAULT_LABEL,
    fallback: fallback ?? null,
  };
}
