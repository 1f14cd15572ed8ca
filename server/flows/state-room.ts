import type { Room, RoomPut } from '../../shared/contract/room.ts';
import { findRoom, keepRoom } from '../adapters/db/rooms.ts';
import { type Outcome, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';

/** The marketplace says at which stage a room is. Every meeting of the room follows from now on; room tokens issued before no longer change it. */
export async function stateRoom(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: TenantCaller,
  roomId: string,
  given: RoomPut,
): Promise<Outcome<Room>> {
  const tenantId = caller.tenant.id;
  return db.transaction().execute(async (trx) => {
    await keepRoom(trx, tenantId, { id: roomId, stage: given.stage, url: given.url ?? null, statedAtMs: clock.nowMs() });
    const room = await findRoom(trx, tenantId, roomId);
    if (room === undefined) throw new Error('stateRoom: the room just kept is not there');
    return succeed({ id: roomId, stage: room.stage, url: room.url, statedAt: room.stated_at.toISOString() });
  });
}
