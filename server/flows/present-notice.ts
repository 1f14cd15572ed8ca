import type { CurrentNotice, NoticeVersion } from '../../shared/contract/notice.ts';
import { sha256Hex } from '../adapters/crypto.ts';
import type { NoticeVersionRow } from '../adapters/db/notices.ts';
import { normaliseNoticeText, pickLocale } from '../domain/policy/notice-content.ts';

/** A published version as one reader sees it. */
export function presentCurrentNotice(row: NoticeVersionRow, tenantLocale: string, locale: string | null): CurrentNotice {
  const { content } = row;
  const picked = pickLocale(content.text, [locale, tenantLocale]);
  return {
    noticeVersionId: row.notice_version_id,
    key: row.key,
    version: row.version ?? 0,
    locale: picked.locale,
    text: picked.text,
    textHash: hashNoticeText(picked.text),
    label: pickLocale(content.label, [locale, tenantLocale]).text,
    fallback: content.fallback === null ? null : pickLocale(content.fallback, [locale, tenantLocale]).text,
    acknowledgement: content.acknowledgement,
    severity: content.severity,
  };
}

/** Every language, for the tenant. */
export function presentNoticeVersion(row: NoticeVersionRow): NoticeVersion {
  const { content } = row;
  return {
    id: row.notice_version_id,
    noticeVersionId: row.notice_version_id,
    key: row.key,
    version: row.version,
    status: row.published_at === null ? 'draft' : 'published',
    placements: [...content.placements],
    stages: [...content.stages],
    roles: [...content.roles],
    severity: content.severity,
    acknowledgement: content.acknowledgement,
    text: content.text,
    label: content.label,
    fallback: content.fallback,
    effectiveFrom: row.effective_from?.toISOString() ?? null,
    textHash: Object.fromEntries(Object.entries(content.text).map(([locale, text]) => [locale, hashNoticeText(text)])),
    createdAt: row.created_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
  };
}

/** SHA-256, hex, over the text as NFC, with LF line ends, trimmed. */
export function hashNoticeText(text: string): string {
  return sha256Hex(normaliseNoticeText(text));
}
