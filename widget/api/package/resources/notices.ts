import type { Role, Stage } from '../../../../shared/contract/common.ts';
import type {
  CurrentNotices,
  Notice,
  NoticeCreate,
  NoticePreview,
  NoticeVersion,
  NoticeVersionCreate,
} from '../../../../shared/contract/notice.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

export interface CurrentNoticesQuery {
  readonly placement?: string | undefined;
  readonly stage?: Stage | undefined;
  readonly locale?: string | undefined;
  readonly role?: Role | undefined;
}

/** Communication terms: versions never change once they are published. */
export interface Notices extends Listing<Notice> {
  create(body: NoticeCreate, options?: CreateOptions): Promise<Result<Notice>>;
  /** Published at once, or kept as a draft. */
  addVersion(key: string, body: NoticeVersionCreate, options?: CreateOptions): Promise<Result<NoticeVersion>>;
  publishVersion(key: string, id: string, options?: CallOptions): Promise<Result<NoticeVersion>>;
  /** A version as its readers will see it, drafts too. */
  previewVersion(
    key: string,
    id: string,
    query?: { readonly locale?: string | undefined },
    options?: CallOptions,
  ): Promise<Result<NoticePreview>>;
  /** What is to be shown now. */
  current(query?: CurrentNoticesQuery, options?: CallOptions): Promise<Result<CurrentNotices>>;
}

export function noticesOf(call: Call): Notices {
  return {
    ...listingOf<Notice>(call, '/v1/notices'),
    create: (body, options) => call('POST', '/v1/notices', { ...options, body, creates: true }),
    addVersion: (key, body, options) => call('POST', pathOf`/v1/notices/${key}/versions`, { ...options, body, creates: true }),
    publishVersion: (key, id, options) => call('POST', pathOf`/v1/notices/${key}/versions/${id}/publish`, options),
    previewVersion: (key, id, query, options) => call('GET', pathOf`/v1/notices/${key}/versions/${id}/preview`, { ...options, query }),
    current: (query, options) => call('GET', '/v1/notices/current', { ...options, query }),
  };
}
