import type { Stage } from '../../shared/contract/common.ts';
import { findRoom } from '../adapters/db/rooms.ts';
import type { Db } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';

/** The stage a caller's credential states: the room token's, else the tenant's default. A token without a room is `preContract`. */
export function stageOf(caller: TenantCaller): Stage {
  if (caller.kind === 'room') return caller.person.room?.stage ?? 'preContract';
  return caller.tenant.settings.defaultStage;
}

/** The stage that holds for the caller now: the newest statement about the room, whether by this token or later. */
export async function currentStage(db: Db, caller: TenantCaller): Promise<Stage> {
  const stated = stageOf(caller);
  if (caller.kind !== 'room' || caller.person.room === null) return stated;
  const room = await findRoom(db, caller.tenant.id, caller.person.room.id);
  return room !== undefined && room.stated_at.getTime() > caller.person.issuedAtMs ? room.stage : stated;
}
