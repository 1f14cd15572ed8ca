import { sql } from 'kysely';
import type { Db, Trx } from './schema.ts';

export interface IdempotencyClaim {
  readonly tenantId: string;
  readonly scope: string;
  readonly key: string;
  readonly bodyHash: string;
}

export type ClaimAnswer =
  | { readonly kind: 'mine' }
  | { readonly kind: 'inProgress' }
  | { readonly kind: 'otherBody' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Buffer };

/**
 * Takes the key for this request, or says who has it. A claim whose request died is taken over after `claimedUntil`;
 * a key past its 24 hours counts as unused.
 */
export async function claimIdempotencyKey(
  db: Db,
  claim: IdempotencyClaim,
  times: { now: Date; claimedUntil: Date; expiresAt: Date },
): Promise<ClaimAnswer> {
  const { tenantId, scope, key, bodyHash } = claim;
  const { rows } = await sql`
    INSERT INTO idempotency_keys AS k (tenant_id, scope, key, body_hash, claimed_until, expires_at)
    VALUES (${tenantId}, ${scope}, ${key}, ${bodyHash}, ${times.claimedUntil}, ${times.expiresAt})
    ON CONFLICT (tenant_id, scope, key) DO UPDATE SET
      body_hash = excluded.body_hash, claimed_until = excluded.claimed_until, expires_at = excluded.expires_at, status = NULL, answer = NULL
    WHERE k.expires_at <= ${times.now} OR (k.status IS NULL AND k.claimed_until <= ${times.now} AND k.body_hash = excluded.body_hash)
    RETURNING 1`.execute(db);
  if (rows.length > 0) return { kind: 'mine' };
  const held = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (held === undefined) return { kind: 'inProgress' };
  if (held.body_hash !== bodyHash) return { kind: 'otherBody' };
  if (held.status === null || held.answer === null) return { kind: 'inProgress' };
  return { kind: 'answered', status: held.status, answer: held.answer };
}

/**
 * Keeps the answer, in the transaction of the change itself: a crash leaves both or neither. False when the claim was lost to a
 * later request meanwhile; then the change must not be committed.
 */
export async function keepIdempotentAnswer(
  trx: Trx,
  claim: IdempotencyClaim,
  claimedUntil: Date,
  status: number,
  answer: Buffer,
): Promise<boolean> {
  const result = await trx
    .updateTable('idempotency_keys')
    .set({ status, answer })
    .where('tenant_id', '=', claim.tenantId)
    .where('scope', '=', claim.scope)
    .where('key', '=', claim.key)
    .where('claimed_until', '=', claimedUntil)
    .where('status', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** A refused or failed request keeps no key. */
export async function dropIdempotencyKey(db: Db, claim: IdempotencyClaim, claimedUntil: Date): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('tenant_id', '=', claim.tenantId)
    .where('scope', '=', claim.scope)
    .where('key', '=', claim.key)
    .where('claimed_until', '=', claimedUntil)
    .where('status', 'is', null)
    .execute();
}
