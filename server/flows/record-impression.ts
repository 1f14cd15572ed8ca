import { findNoticeVersion, insertImpression } from '../adapters/db/notices.ts';
import { type Outcome, refuseField, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { identifyCaller } from './identify-caller.ts';

/** Records that a notice was really in view. */
export async function recordImpression(
  deps: Deps,
  caller: TenantCaller,
  given: { noticeVersionId: string; placement?: string; locale?: string },
): Promise<Outcome<{ id: string; noticeVersionId: string; at: string }>> {
  return deps.db.transaction().execute(async (trx) => {
    const version = await findNoticeVersion(trx, caller.tenant.id, given.noticeVersionId);
    if (version?.published_at == null) return refuseField('noticeVersionId', 'names no published notice version');
    const at = new Date(deps.clock.nowMs());
    const who = await identifyCaller(deps, trx, caller, {});
    const impression_id = deps.ids.next('imp');
    await insertImpression(trx, {
      tenant_id: caller.tenant.id,
      impression_id,
      notice_version_id: given.noticeVersionId,
      placement: given.placement ?? null,
      locale: given.locale ?? null,
      person_id: who.personId,
      room_id: who.roomId,
      at,
    });
    const answer = { id: impression_id, noticeVersionId: given.noticeVersionId, at: at.toISOString() };
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}
