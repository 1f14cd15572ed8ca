import type { Stage } from '../../shared/contract/common.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { isGreeted, noteFirstContact } from '../adapters/db/first-contacts.ts';
import { currentNoticeVersions, type NoticeVersionRow } from '../adapters/db/notices.ts';
import type { Db, Trx } from '../adapters/db/schema.ts';
import { bindingNotices } from '../domain/policy/binding-notices.ts';
import { announceToPerson } from './announce-to-person.ts';
import type { TenantFacts } from './caller.ts';
import type { Deps } from './deps.ts';

/** Notice and stage somebody new is to be told of. */
export interface Greeting {
  readonly notice: NoticeVersionRow;
  readonly stage: Stage;
}

/** The notice that binds invitees at this stage; null when none does, so nobody needs to be told. */
export async function findGreeting(
  { db, clock }: Pick<Deps, 'clock'> & { db: Db },
  tenantId: string,
  stage: Stage,
): Promise<Greeting | null> {
  const current = await currentNoticeVersions(db, tenantId, new Date(clock.nowMs()));
  const [binding] = bindingNotices(
    current.map((row) => ({ noticeVersionId: row.notice_version_id, content: row.content, row })),
    'invitee',
    stage,
  );
  return binding === undefined ? null : { notice: binding.row, stage };
}

export interface Newcomer {
  readonly personId: string;
  readonly roomId: string | null;
  readonly hasEmail: boolean;
}

/**
 * An invitee who has never acknowledged anything is sent the notice once: by mail where there is an address and the tenant sends mails; otherwise the
 * event `notice.firstContact`, which says to whom and which version, is the message, for the room.
 */
export async function greetNewcomer(deps: Deps, trx: Trx, tenant: TenantFacts, greeting: Greeting, newcomer: Newcomer): Promise<void> {
  const { personId, roomId, hasEmail } = newcomer;
  const { notice, stage } = greeting;
  const at = new Date(deps.clock.nowMs());
  if (await isGreeted(trx, tenant.id, personId)) return;
  const noticeVersionId = notice.notice_version_id;
  if (!(await noteFirstContact(trx, tenant.id, personId, noticeVersionId, at))) return;
  const channel = hasEmail && tenant.settings.messages.email ? 'email' : 'webhook';
  const data = { personId, noticeVersionId, key: notice.key, version: notice.version, stage, roomId, channel };
  await recordEvent(trx, { tenant_id: tenant.id, event_id: deps.ids.next('ev'), type: 'notice.firstContact', data, at });
  if (channel === 'email')
    await announceToPerson(deps, trx, {
      tenantId: tenant.id,
      kind: 'firstContact',
      party: 'invitee',
      personId,
      data: { noticeVersionId, roomId },
    });
}
