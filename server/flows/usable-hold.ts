import { type HoldRow, lockHold } from '../adapters/db/holds.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';
import { isHolder } from './holder.ts';

export interface HoldUse {
  readonly holdId: string | null;
  readonly eventTypeId: string;
  readonly startMs: number;
  readonly durationMinutes: number;
  /** The booking that is to be moved to the held time; null for a new one. */
  readonly bookingId: string | null;
  readonly nowMs: number;
}

/**
 * The caller's own live hold of exactly this time. `expired` when the hold named was right but has run out; null when none was named, or
 * one of something else or somebody else, which then plays no part. The hosts must be locked.
 */
export async function findUsableHold(trx: Trx, caller: TenantCaller, use: HoldUse): Promise<HoldRow | 'expired' | null> {
  if (use.holdId === null) return null;
  const hold = await lockHold(trx, caller.tenant.id, use.holdId);
  if (hold === undefined || !isHolder(caller, hold)) return null;
  const fits =
    hold.event_type_id === use.eventTypeId &&
    hold.start_at.getTime() === use.startMs &&
    hold.duration_minutes === use.durationMinutes &&
    hold.booking_id === use.bookingId;
  if (!fits || hold.status === 'released' || hold.status === 'used') return null;
  return hold.status === 'live' && hold.expires_at.getTime() > use.nowMs ? hold : 'expired';
}
