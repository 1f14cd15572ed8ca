import { sql } from 'kysely';
import type { Db, OutgoingMessageTable, ReminderTable, Trx } from './schema.ts';
import type { Selectable } from 'kysely';

/** Rows that wait to be done: written with the change, taken with a lease, settled afterwards, never deleted before. */
export interface WorkRows {
  readonly outgoing_messages: Selectable<OutgoingMessageTable>;
  readonly reminders: Selectable<ReminderTable>;
}
export type WorkTable = keyof WorkRows | 'webhook_deliveries';

const ID_COLUMNS: Readonly<Record<WorkTable, string>> = {
  outgoing_messages: 'message_id',
  reminders: 'reminder_id',
  webhook_deliveries: 'delivery_id',
};

/** Which row is meant, and which attempt at it: an older attempt that comes back late settles nothing. */
export interface Taken {
  readonly tenantId: string;
  readonly id: string;
  readonly attempts: number;
}

export interface Settlement {
  readonly state: 'waiting' | 'sent' | 'dropped' | 'failed';
  readonly detail: string | null;
  readonly at: Date;
  /** For `waiting`: when to look again. */
  readonly nextAt?: Date;
}

/** Takes the longest overdue rows and counts the attempt. They come due again when the lease ends, unless they are settled before. */
export async function takeWork<T extends keyof WorkRows>(
  db: Db,
  table: T,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<WorkRows[T][]> {
  const id = sql.ref(ID_COLUMNS[table]);
  const { rows } = await sql<WorkRows[T]>`
    UPDATE ${sql.table(table)} w SET attempts = w.attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
    FROM (
      SELECT tenant_id, ${id} AS id FROM ${sql.table(table)}
      WHERE state = 'waiting' AND next_at <= ${now} ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) due
    WHERE w.tenant_id = due.tenant_id AND w.${id} = due.id
    RETURNING w.*`.execute(db);
  return rows;
}

/** Writes what came of an attempt. False when the row was taken again since, or settled. */
export async function settleWork(db: Db | Trx, table: WorkTable, { tenantId, id, attempts }: Taken, done: Settlement): Promise<boolean> {
  const { state, detail, at, nextAt = at } = done;
  const { numAffectedRows } = await sql`
    UPDATE ${sql.table(table)} SET state = ${state}, detail = ${detail}, next_at = ${nextAt}, settled_at = ${state === 'waiting' ? null : at}
    WHERE tenant_id = ${tenantId} AND ${sql.ref(ID_COLUMNS[table])} = ${id} AND attempts = ${attempts} AND state = 'waiting'`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}
