import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** A row whose time has come, by its tenant and id. */
export interface DueRow {
  readonly tenantId: string;
  readonly id: string;
}

/** What waits for nothing but the clock. Each look-up takes the longest overdue first and is the one kind of query that spans tenants. */
export type DueKind = 'hold' | 'request' | 'proposal' | 'meeting';

const QUERIES: Readonly<Record<DueKind, string>> = {
  hold: `SELECT tenant_id, hold_id AS id FROM holds WHERE status = 'live' AND expires_at <= $now ORDER BY expires_at`,
  request: `SELECT tenant_id, booking_id AS id FROM bookings WHERE request_expires_at IS NOT NULL AND status IN ('requested', 'confirmed') AND request_expires_at <= $now ORDER BY request_expires_at`,
  proposal: `SELECT tenant_id, proposal_id AS id FROM proposals WHERE status = 'open' AND expires_at <= $now ORDER BY expires_at`,
  meeting: `SELECT tenant_id, booking_id AS id FROM bookings WHERE status = 'confirmed' AND end_at <= $now ORDER BY end_at`,
};

export async function findDue(db: Db, kind: DueKind, now: Date, limit: number): Promise<DueRow[]> {
  const [before = '', after = ''] = QUERIES[kind].split('$now');
  const { rows } = await sql<{ tenant_id: string; id: string }>`${sql.raw(before)}${now}${sql.raw(after)} LIMIT ${limit}`.execute(db);
  return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }));
}
