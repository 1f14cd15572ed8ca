import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../server/adapters/db/schema.ts';

/** What must never be true of the tables, each with how often it is. All of them are 0 in a sound database. */
export async function findBroken(db: Db): Promise<Record<string, number>> {
  const broken: Record<string, number> = {};
  for (const [name, query] of Object.entries(MUST_BE_EMPTY)) {
    const { rows } = await sql<{ count: string }>`SELECT count(*) AS count FROM (${query}) AS broken`.execute(db);
    broken[name] = Number(rows[0]?.count);
  }
  return broken;
}

/** `findBroken` of a sound database. */
export function soundness(): Record<string, number> {
  return Object.fromEntries(Object.keys(MUST_BE_EMPTY).map((name) => [name, 0]));
}

const MUST_BE_EMPTY: Readonly<Record<string, RawBuilder<unknown>>> = {
  'claims of two owners that overlap': sql`
    SELECT 1 FROM claims a JOIN claims b USING (tenant_id, host_id) WHERE a.owner_id < b.owner_id AND a.blocked && b.blocked`,
  'open meetings without their time': sql`
    SELECT 1 FROM bookings b JOIN booking_hosts h USING (tenant_id, booking_id) WHERE b.status = 'confirmed' AND NOT EXISTS (
      SELECT 1 FROM claims c WHERE c.tenant_id = b.tenant_id AND c.host_id = h.host_id AND c.owner_id = b.booking_id AND c.starts_at = b.start_at AND c.expires_at IS NULL)`,
  'requests without their time': sql`
    SELECT 1 FROM bookings b JOIN booking_hosts h USING (tenant_id, booking_id) WHERE b.status = 'requested' AND b.request_expires_at > now() AND NOT EXISTS (
      SELECT 1 FROM claims c WHERE c.tenant_id = b.tenant_id AND c.host_id = h.host_id AND c.owner_id = b.booking_id AND c.starts_at = b.start_at)`,
  'time kept for a meeting that is off': sql`
    SELECT 1 FROM claims c JOIN bookings b ON b.tenant_id = c.tenant_id AND b.booking_id = c.owner_id WHERE b.status IN ('cancelled', 'declined', 'expired')`,
  'time kept for a meeting at an hour it does not have': sql`
    SELECT 1 FROM claims c JOIN bookings b ON b.tenant_id = c.tenant_id AND b.booking_id = c.owner_id
    WHERE c.kind = 'booking' AND c.starts_at <> b.start_at AND c.starts_at IS DISTINCT FROM b.pending_start_at`,
  'time kept for nobody': sql`
    SELECT 1 FROM claims c WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE b.tenant_id = c.tenant_id AND b.booking_id = c.owner_id)
      AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.tenant_id = c.tenant_id AND h.hold_id = c.owner_id AND h.status = 'live')
      AND NOT EXISTS (SELECT 1 FROM proposals p WHERE p.tenant_id = c.tenant_id AND p.proposal_id = c.owner_id AND p.status = 'open')`,
  'holders with two live holds': sql`SELECT 1 FROM holds WHERE status = 'live' GROUP BY tenant_id, holder HAVING count(*) > 1`,
  'endings written twice': sql`
    SELECT 1 FROM booking_history WHERE action IN ('requested', 'cancelled', 'declined', 'expired', 'completed', 'noShow') GROUP BY tenant_id, booking_id, action HAVING count(*) > 1`,
  'holds or proposals ended twice': sql`
    SELECT 1 FROM events WHERE type IN ('hold.expired', 'proposal.accepted', 'proposal.withdrawn', 'proposal.expired')
    GROUP BY tenant_id, coalesce(data->>'holdId', data->>'proposalId') HAVING count(*) > 1`,
  'bookings whose history does not begin': sql`
    SELECT 1 FROM bookings b WHERE NOT EXISTS (
      SELECT 1 FROM booking_history h WHERE h.tenant_id = b.tenant_id AND h.booking_id = b.booking_id AND h.action IN ('requested', 'confirmed') AND h.before IS NULL)`,
  'transitions without an event': sql`
    SELECT 1 FROM (SELECT tenant_id, booking_id, count(*) AS n FROM booking_history WHERE action <> 'hostNoteChanged' GROUP BY 1, 2) h
    LEFT JOIN (SELECT tenant_id, data->>'bookingId' AS booking_id, count(*) AS n FROM events WHERE type LIKE 'booking.%' GROUP BY 1, 2) e USING (tenant_id, booking_id)
    WHERE h.n IS DISTINCT FROM e.n`,
  'moves that were not counted': sql`
    SELECT 1 FROM bookings b WHERE b.reschedule_count <> (
      SELECT count(*) FROM booking_history h WHERE h.tenant_id = b.tenant_id AND h.booking_id = b.booking_id AND h.action = 'rescheduled')`,
};
