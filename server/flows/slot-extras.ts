import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { SlotsQuery } from '../../shared/contract/slots.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { findActingPerson } from './acting-person.ts';
import type { TenantCaller } from './caller.ts';
import { stageOf } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { presentPublicEventType, readingStage } from './present-event-type.ts';
import { findRequiredNotice } from './required-notice.ts';

/** What a widget shows beside the times (`include`), so that one request is enough: JSON members, each after a comma. */
export async function readSlotExtras(deps: Deps, caller: TenantCaller, diary: EventTypeDiary, query: SlotsQuery): Promise<string> {
  const include = new Set((query.include ?? '').split(','));
  let text = '';
  if (include.has('eventType')) {
    const hosts = diary.hosts.map((host) => ({ id: host.hostId, name: host.name, timeZone: host.schedule?.timeZone ?? host.timeZone }));
    const row = { event_type_id: diary.eventTypeId, settings: diary.settings };
    text += `,"eventType":${JSON.stringify(await presentPublicEventType(deps, caller, await readingStage(deps.db, caller), row, hosts))}`;
  }
  if (include.has('notice')) text += `,"notice":${JSON.stringify(await findMissingNotice(deps, caller, query))}`;
  if (include.has('brand')) {
    const { name, brand } = caller.tenant.settings;
    text += `,"brand":${JSON.stringify({ name: brand.name ?? name, color: brand.color ?? null, logoUrl: brand.logoUrl ?? null })}`;
  }
  return text;
}

/** The notice this caller has yet to acknowledge before a meeting is made or moved. */
async function findMissingNotice(deps: Deps, caller: TenantCaller, query: SlotsQuery): Promise<CurrentNotice | null> {
  const tenantId = caller.tenant.id;
  const acting = await findActingPerson(deps.db, caller);
  const { missing } = await findRequiredNotice(deps.db, {
    tenantId,
    tenantLocale: caller.tenant.settings.locale,
    locale: acting?.locale ?? null,
    acknowledgementId: acting?.booking?.acknowledgement_id ?? null,
    role: acting?.role ?? 'invitee',
    stage: acting?.stage ?? stageOf(caller),
    personId: acting?.personId ?? null,
    roomId: acting?.roomId ?? null,
    bookingId: query.rescheduleOf ?? null,
    nowMs: deps.clock.nowMs(),
  });
  return missing;
}
