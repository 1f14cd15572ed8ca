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

/**
 * Keeps what is newest of a room and answers the stage and address that hold now. A stage that changes decides what the events of its meetings in
 * outside calendars may say, so those are due to be looked at.
 */
export async function keepRoom(trx: Trx, tenantId: string, room: StatedRoom): Promise<{ stage: Stage; url: string | null }> {
  const statedAt = new Date(room.statedAtMs);
  const { rows } = await sql<{ stage: Stage; url: string | null }>`
    WITH before AS (
      SELECT stage FROM rooms WHERE tenant_id = ${tenantId} AND room_id = ${room.id}
    ), kept AS (
      INSERT INTO rooms (tenant_id, room_id, stage, url, stated_at) VALUES (${tenantId}, ${room.id}, ${room.stage}, ${room.url}, ${statedAt})
      ON CONFLICT (tenant_id, room_id) DO UPDATE SET
        stage = CASE WHEN excluded.stated_at >= rooms.stated_at THEN excluded.stage ELSE rooms.stage END,
        url = CASE WHEN excluded.stated_at >= rooms.stated_at THEN coalesce(excluded.url, rooms.url) ELSE rooms.url END,
        stated_at = greatest(excluded.stated_at, rooms.stated_at)
      RETURNING tenant_id, room_id, stage, url
    ), shown AS (
      UPDATE written_events w SET state = 'waiting', next_at = ${statedAt}, attempts = w.attempts + 1, failures = 0
      FROM kept JOIN before ON before.stage <> kept.stage JOIN bookings b ON b.tenant_id = kept.tenant_id AND b.room_id = kept.room_id
      WHERE w.tenant_id = b.tenant_id AND w.booking_id = b.booking_id AND b.status IN ('requested', 'confirmed')
    )
    SELECT stage, url FROM kept`.execute(trx);
  return rows[0] ?? room;
}

export async function findRoom(db: Db, tenantId: string, roomId: string) {
  return db.selectFrom('rooms').selectAll().where('tenant_id', '=', tenantId).where('room_id', '=', roomId).executeTakeFirst();
}
