import type { SlotRefusal } from '../../shared/contract/reasons.ts';
import type { Db } from '../adapters/db/schema.ts';
import { findAlternatives, judgeDiary, readDiaryFor, type SlotsAsked } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { Gathering } from './gathering.ts';
import type { BookingPlan } from './write-booking.ts';

/** How a start stands for somebody who holds nothing. */
export interface Surroundings {
  /** Null when it is bookable. */
  readonly refused: SlotRefusal | null;
  /** The bookable starts nearest to it, in the invitee's zone. */
  readonly alternatives: ReturnType<typeof findAlternatives>;
}

const readings = new WeakMap<Db, Gathering<Surroundings>>();

/** Looks at a start and what is around it, without a lock. Of many who are refused the same at once, one reads for all. */
export async function lookAround(
  { db }: Deps,
  caller: TenantCaller,
  { eventType, party, startMs, endMs }: BookingPlan,
  asked: Omit<SlotsAsked, 'fromMs' | 'toMs'>,
): Promise<Surroundings> {
  const tenantId = caller.tenant.id;
  const eventTypeId = eventType.event_type_id;
  const timeZone = party.timeZone ?? 'UTC';
  const gathering = readings.get(db) ?? new Gathering<Surroundings>();
  readings.set(db, gathering);
  return gathering.ask(`${tenantId} ${eventTypeId} ${startMs} ${endMs} ${timeZone}`, async () => {
    const diary = await readDiaryFor(db, tenantId, eventTypeId, { nowMs: asked.nowMs, fromMs: startMs, toMs: endMs });
    if (diary === undefined) return { refused: null, alternatives: [] };
    const verdict = judgeDiary(diary, startMs, asked);
    return { refused: verdict.bookable ? null : verdict.reason, alternatives: findAlternatives(diary, startMs, asked, timeZone) };
  });
}
