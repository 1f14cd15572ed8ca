import { sql } from 'kysely';
import type { Db, Trx } from './schema.ts';

export interface NewClaim {
  readonly hostIds: readonly string[];
  readonly ownerId: string;
  readonly kind: 'booking' | 'hold' | 'proposal';
  readonly eventTypeId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly blockedStartMs: number;
  readonly blockedEndMs: number;
  readonly expiresMs: number | null;
}

/**
 * Takes the time of every host named, or of none of them: false when somebody else has it. The hosts must be locked
 * (`lockHosts`); then a clash is found by `ON CONFLICT DO NOTHING` and never by a deadlock.
 */
export async function takeClaims(trx: Trx, tenantId: string, claim: NewClaim): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO claims (tenant_id, host_id, owner_id, kind, event_type_id, starts_at, ends_at, blocked, expires_at)
    SELECT ${tenantId}, host_id, ${claim.ownerId}, ${claim.kind}, ${claim.eventTypeId}, ${new Date(claim.startMs)}, ${new Date(claim.endMs)},
      tstzrange(${new Date(claim.blockedStartMs)}, ${new Date(claim.blockedEndMs)}), ${claim.expiresMs === null ? null : new Date(claim.expiresMs)}
    FROM unnest(${[...claim.hostIds]}::text[]) AS host_id
    ON CONFLICT DO NOTHING
    RETURNING host_id`.execute(trx);
  return rows.length === claim.hostIds.length;
}

/** Says until when an owner's claims stand; null: for good. */
export async function keepClaimsUntil(trx: Trx, tenantId: string, ownerId: string, until: Date | null): Promise<void> {
  await trx.updateTable('claims').set({ expires_at: until }).where('tenant_id', '=', tenantId).where('owner_id', '=', ownerId).execute();
}

/** The hosts who keep the time from `startMs` on for an owner. */
export async function hostsOfClaim(db: Db, tenantId: string, ownerId: string, startMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('claims')
    .select('host_id')
    .where('tenant_id', '=', tenantId)
    .where('owner_id', '=', ownerId)
    .where('starts_at', '=', new Date(startMs))
    .orderBy('host_id')
    .execute();
  return rows.map((row) => row.host_id);
}

/** Frees everything an owner holds, or only the time that starts at `startMs`. */
export async function freeClaims(trx: Trx, tenantId: string, ownerId: string, startMs: number | null = null): Promise<void> {
  let query = trx.deleteFrom('claims').where('tenant_id', '=', tenantId).where('owner_id', '=', ownerId);
  if (startMs !== null) query = query.where('starts_at', '=', new Date(startMs));
  await query.execute();
}
