import { sql } from 'kysely';
import type { Stage } from '../../../shared/contract/common.ts';
import type { Db, Trx } from './schema.ts';

export interface StatedRoom {
  readonly id: string;
  readonly stage: Stage;
  readonly url: string | null;
  /** When the marketplace stated it; an older statement never replaces a newer one. */
  readonly statedAtMs: number;
}

/** Keeps what is newest of a room and answers the stage and address that hold now. */
export async function keepRoom(trx: Trx, tenantId: string, room: StatedRoom): Promise<{ stage: Stage; url: string | null }> {
  const { rows } = await sql<{ stage: Stage; url: string | null }>`
    INSERT INTO rooms (tenant_id, room_id, stage, url, stated_at) VALUES (${tenantId}, ${room.id}, ${room.stage}, ${room.url}, ${new Date(room.statedAtMs)})
    ON CONFLICT (tenant_id, room_id) DO UPDATE SET
      stage = CASE WHEN excluded.stated_at >= rooms.stated_at THEN excluded.stage ELSE rooms.stage END,
      url = CASE WHEN excluded.stated_at >= rooms.stated_at THEN coalesce(excluded.url, rooms.url) ELSE rooms.url END,
      stated_at = greatest(excluded.stated_at, rooms.stated_at)
    RETURNING stage, url`.execute(trx);
  return rows[0] ?? room;
}

export async function findRoom(db: Db, tenantId: string, roomId: string) {
  return db.selectFrom('rooms').selectAll().where('tenant_id', '=', tenantId).where('room_id', '=', roomId).executeTakeFirst();
}
