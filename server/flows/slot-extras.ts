import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { SlotsQuery } from '../../shared/contract/slots.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { presentPublicEventType } from './event-types.ts';
import { findRequiredNotice } from './required-notice.ts';

/** What a widget shows beside the times (`include`), so that one request is enough: JSON members, each after a comma. */
export async function readSlotExtras(deps: Deps, caller: TenantCaller, diary: EventTypeDiary, query: SlotsQuery): Promise<string> {
  const include = new Set((query.include ?? '').split(','));
  let text = '';
  if (include.has('eventType')) {
    const hosts = diary.hosts.map((host) => ({ id: host.hostId, name: host.name, timeZone: host.schedule?.timeZone ?? host.timeZone }));
    text += `,"eventType":${JSON.stringify(presentPublicEventType(caller, { event_type_id: diary.eventTypeId, settings: diary.settings }, hosts))}`;
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
  const person = caller.kind === 'room' ? await findPersonByExternalId(deps.db, tenantId, caller.person.sub) : undefined;
  const booking = caller.kind === 'manage' ? await findBooking(deps.db, tenantId, caller.bookingId) : undefined;
  const { missing } = await findRequiredNotice(deps.db, {
    tenantId,
    tenantLocale: caller.tenant.settings.locale,
    locale: caller.kind === 'room' ? caller.person.locale : null,
    acknowledgementId: booking?.acknowledgement_id ?? null,
    role: caller.kind === 'room' ? caller.person.role : caller.kind === 'manage' ? caller.party : 'invitee',
    stage: booking?.room_stage ?? booking?.stage ?? (await currentStage(deps.db, caller)),
    personId: person?.person_id ?? booking?.invitee_id ?? null,
    roomId: caller.kind === 'room' ? (caller.person.room?.id ?? null) : (booking?.room_id ?? null),
    bookingId: query.rescheduleOf ?? null,
    nowMs: deps.clock.nowMs(),
  });
  return missing;
}
