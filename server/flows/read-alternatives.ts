import type { Db } from '../adapters/db/schema.ts';
import { findAlternatives, readDiaryFor, type SlotsAsked } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { Gathering } from './gathering.ts';
import type { BookingPlan } from './write-booking.ts';

type Alternatives = ReturnType<typeof findAlternatives>;
const readings = new WeakMap<Db, Gathering<Alternatives>>();

/** The bookable starts nearest to one that was just refused, in the invitee's zone. Of many who are refused it at once, one reads them for all. */
export async function readAlternatives(
  { db }: Deps,
  caller: TenantCaller,
  { eventType, party, startMs, endMs }: BookingPlan,
  asked: Omit<SlotsAsked, 'fromMs' | 'toMs'>,
): Promise<Alternatives> {
  const tenantId = caller.tenant.id;
  const eventTypeId = eventType.event_type_id;
  const timeZone = party.timeZone ?? 'UTC';
  const gathering = readings.get(db) ?? new Gathering<Alternatives>();
  readings.set(db, gathering);
  return gathering.ask(`${tenantId} ${eventTypeId} ${startMs} ${endMs} ${timeZone}`, async () => {
    const diary = await readDiaryFor(db, tenantId, eventTypeId, { nowMs: asked.nowMs, fromMs: startMs, toMs: endMs });
    return diary === undefined ? [] : findAlternatives(diary, startMs, asked, timeZone);
  });
}
