import { type Insertable, type Selectable, sql } from 'kysely';
import type { Party } from '../../domain/messages/message-data.ts';
import type { ReminderChannel } from '../../domain/reminders/plan-reminders.ts';
import type { Db, OutgoingMessageTable, ReminderTable, Trx } from './schema.ts';
import { asJson } from './tenants.ts';

export type NewMessage = Pick<
  Insertable<OutgoingMessageTable>,
  'tenant_id' | 'message_id' | 'booking_id' | 'kind' | 'party' | 'person_id' | 'host_id' | 'sequence' | 'data'
>;
/** Written with a change of its booking, which says whose it is. */
export type MessageOfBooking = Omit<NewMessage, 'tenant_id' | 'booking_id'>;
export interface NewReminder extends Pick<
  Insertable<ReminderTable>,
  'reminder_id' | 'sequence' | 'person_id' | 'rule_key' | 'party' | 'channel'
> {
  /** An instant (RFC 3339). */
  readonly due_at: string;
}

/** Writes a message that waits to be sent and is about no booking; those of bookings are written with their change (`transition-statement.ts`). */
export async function insertMessage(trx: Trx, message: NewMessage, at: Date): Promise<void> {
  await trx
    .insertInto('outgoing_messages')
    .values({ ...message, data: asJson(message.data), next_at: at, created_at: at })
    .execute();
}

/** Sends what waits of a booking's messages at once. How many that are. */
export async function sendWaitingNow(trx: Trx, tenantId: string, bookingId: string, at: Date): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('outgoing_messages')
    .set({ next_at: at })
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Drops what is still planned for a booking; `personIds` only for those people. */
export async function dropReminders(
  trx: Trx,
  tenantId: string,
  bookingId: string,
  { why, at, personIds }: { readonly why: string; readonly at: Date; readonly personIds?: readonly string[] },
): Promise<void> {
  let query = trx
    .updateTable('reminders')
    .set({ state: 'dropped', detail: why, settled_at: at })
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .where('state', '=', 'waiting');
  if (personIds !== undefined) query = query.where('person_id', 'in', [...personIds]);
  await query.execute();
}

/** One message or reminder of a booking, as its history shows it. */
export interface DeliveryLine {
  readonly id: string;
  readonly kind: string;
  /** `calendar`: the event in a host's own calendar. */
  readonly channel: ReminderChannel | 'calendar';
  readonly party: Party;
  readonly personId: string | null;
  readonly sequence: number | null;
  readonly state: 'waiting' | 'sent' | 'dropped' | 'failed';
  readonly detail: string | null;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly settledAt: Date | null;
}

/** What was and will be sent about a booking, in the order in which it was written or falls due. */
export async function listDeliveryLines(db: Db, tenantId: string, bookingId: string): Promise<DeliveryLine[]> {
  const { rows } = await sql<DeliveryLine>`
    SELECT message_id AS id, kind, 'email' AS channel, party, person_id AS "personId", sequence, state, detail, attempts, next_at AS "nextAt",
      settled_at AS "settledAt", created_at AS place
    FROM outgoing_messages WHERE tenant_id = ${tenantId} AND booking_id = ${bookingId}
    UNION ALL
    SELECT reminder_id, 'reminder', channel, party, person_id, sequence, state, detail, attempts, next_at, settled_at, due_at
    FROM reminders WHERE tenant_id = ${tenantId} AND booking_id = ${bookingId}
    UNION ALL
    SELECT w.connection_id, 'calendarEvent', 'calendar', 'host', h.person_id, w.sequence,
      CASE w.state WHEN 'written' THEN 'sent' WHEN 'removed' THEN 'dropped' WHEN 'deletedOutside' THEN 'dropped' ELSE w.state END,
      w.detail, w.attempts, w.next_at, CASE WHEN w.state <> 'waiting' THEN w.updated_at END, w.created_at
    FROM written_events w JOIN hosts h ON h.tenant_id = w.tenant_id AND h.host_id = w.host_id
    WHERE w.tenant_id = ${tenantId} AND w.booking_id = ${bookingId}
    ORDER BY place, id`.execute(db);
  return rows;
}

export type MessageRow = Selectable<OutgoingMessageTable>;
export type ReminderRow = Selectable<ReminderTable>;
