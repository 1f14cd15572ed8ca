import type { SlotsQuery } from '../../shared/contract/slots.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import type { EventTypeDiary } from '../adapters/db/diaries.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { writeDays } from '../domain/slots/group-slots.ts';
import { listStarts, questionOf, readDiaryFor } from './ask-slots.ts';
import { maySeeBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { presentPublicEventType } from './event-types.ts';
import { findRequiredNotice } from './required-notice.ts';
import { readSlotRange } from './slot-range.ts';
import { warningsOf } from './slot-warnings.ts';

/** The answer as JSON text: built once, since serialising it costs more than computing it. */
export async function listSlots(deps: Deps, caller: TenantCaller, eventTypeId: string, query: SlotsQuery): Promise<Outcome<string>> {
  const nowMs = deps.clock.nowMs();
  const viewerZone = query.timeZone === undefined ? null : canonicaliseTimeZone(query.timeZone);
  const range = readSlotRange(query, viewerZone ?? 'UTC');
  if (!range.ok) return range;
  const diary = await readDiaryFor(deps.db, caller.tenant.id, eventTypeId, { nowMs, ...range.value });
  const [firstHost] = diary?.hosts ?? [];
  if (diary === undefined || firstHost === undefined || !mayAsk(caller, diary)) return refuse('not_found');
  const durationMinutes = query.durationMinutes ?? diary.settings.durationsMinutes[0] ?? 0;
  if (!diary.settings.durationsMinutes.includes(durationMinutes)) {
    return refuseField('durationMinutes', `must be one of ${diary.settings.durationsMinutes.join(', ')}`);
  }
  const hostTimeZone = firstHost.schedule?.timeZone ?? firstHost.timeZone;
  const timeZone = viewerZone ?? hostTimeZone;
  const exactRange = viewerZone === null ? readSlotRange(query, timeZone) : range;
  if (!exactRange.ok) return exactRange;
  const ignored = await ignoredOwners(deps, caller, query);
  if (!ignored.ok) return ignored;
  const asked = { nowMs, ...exactRange.value, durationMinutes, ignoreOwnerIds: ignored.value };
  const starts = listStarts(diary, asked);
  const days = writeDays({ startsMs: starts, durationMinutes, timeZone, ...exactRange.value });
  const extras = await readExtras(deps, caller, diary, query);
  const warnings = starts.length > 0 ? [] : warningsOf(questionOf(diary, firstHost, asked));
  const calendars = caller.kind === 'secret' || (caller.kind === 'room' && caller.person.role === 'host') ? ',"calendars":[]' : '';
  const head = JSON.stringify({ timeZone, hostTimeZone, durationMinutes }).slice(0, -1);
  return succeed(`${head},"days":${days},"calendarStatus":"fresh"${calendars},"warnings":${JSON.stringify(warnings)}${extras}}`);
}

function mayAsk(caller: TenantCaller, diary: EventTypeDiary): boolean {
  switch (caller.kind) {
    case 'secret':
    case 'publishable':
      return true;
    case 'room':
      return diary.hosts.some((host) => host.hostId === caller.person.hostId);
    case 'manage':
      return caller.hostId === null || diary.hosts.some((host) => host.hostId === caller.hostId);
    default:
      return caller satisfies never;
  }
}

/** The booking being moved does not block itself, for those who may move it; a hold does not block its owner. */
async function ignoredOwners(deps: Deps, caller: TenantCaller, query: SlotsQuery): Promise<Outcome<string[]>> {
  const ignored = query.holdId?.startsWith('hold_') === true ? [query.holdId] : [];
  if (query.rescheduleOf === undefined) return succeed(ignored);
  const booking = await findBooking(deps.db, caller.tenant.id, query.rescheduleOf);
  if (booking === undefined || !(await maySeeBooking(deps.db, caller, booking))) return refuse('not_found');
  return succeed([...ignored, booking.booking_id]);
}

/** What a widget needs to show more than times, so that one request is enough. */
async function readExtras(deps: Deps, caller: TenantCaller, diary: EventTypeDiary, query: SlotsQuery): Promise<string> {
  const include = new Set((query.include ?? '').split(','));
  let text = '';
  if (include.has('eventType')) {
    const hosts = diary.hosts.map((host) => ({ id: host.hostId, name: host.name, timeZone: host.schedule?.timeZone ?? host.timeZone }));
    text += `,"eventType":${JSON.stringify(presentPublicEventType(caller, { event_type_id: diary.eventTypeId, settings: diary.settings }, hosts))}`;
  }
  if (include.has('notice')) text += `,"notice":${JSON.stringify(await requiredOf(deps, caller, query))}`;
  if (include.has('brand')) {
    const { name, brand } = caller.tenant.settings;
    text += `,"brand":${JSON.stringify({ name: brand.name ?? name, color: brand.color ?? null, logoUrl: brand.logoUrl ?? null })}`;
  }
  return text;
}

async function requiredOf(deps: Deps, caller: TenantCaller, query: SlotsQuery): Promise<unknown> {
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
