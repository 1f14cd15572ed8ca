import type { Insertable } from 'kysely';
import type { NewEvent } from './events.ts';
import type { MessageOfBooking, NewReminder } from './outgoing-messages.ts';
import type { BookingHistoryTable } from './schema.ts';
import { nothing, type Statement } from './statement.ts';

/** What is written of a change of a booking, whatever it is. All of it is of the booking the line names. */
export interface WrittenTransition {
  readonly at: Date;
  readonly line: Omit<Insertable<BookingHistoryTable>, 'entry' | 'at'>;
  /** Null: nobody is told. */
  readonly event: Omit<NewEvent, 'tenant_id' | 'at'> | null;
  readonly messages: readonly MessageOfBooking[];
  /** When the messages are sent. */
  readonly messagesAt: Date;
  readonly reminders: readonly NewReminder[];
  /** Whether the hosts' calendars may have to show something else. */
  readonly showsInCalendars: boolean;
}

/**
 * Appends a line to a booking's history and, with it, the event that tells others, the messages and reminders that wait to be sent, and the
 * wish to show it in the calendars its hosts have their bookings written to. A reminder that was planned before stays as it is.
 */
export function transitionStatement({
  at,
  line,
  event,
  messages,
  messagesAt,
  reminders,
  showsInCalendars,
}: WrittenTransition): Statement<void> {
  return {
    text: TRANSITION_SQL,
    values: [
      JSON.stringify(line),
      event === null ? '[]' : JSON.stringify([event]),
      JSON.stringify(messages),
      JSON.stringify(reminders),
      at,
      showsInCalendars,
      messagesAt,
    ],
    read: nothing,
  };
}

const TRANSITION_SQL = `/* transition */
WITH line AS MATERIALIZED (
  SELECT * FROM json_populate_record(NULL::booking_history, $1)
), told AS (
  INSERT INTO events (tenant_id, event_id, type, data, at)
  SELECT l.tenant_id, e.event_id, e.type, e.data, $5 FROM line l, json_populate_recordset(NULL::events, $2) e
), written AS (
  INSERT INTO outgoing_messages (tenant_id, message_id, booking_id, kind, party, person_id, host_id, sequence, data, next_at, created_at)
  SELECT l.tenant_id, m.message_id, l.booking_id, m.kind, m.party, m.person_id, m.host_id, m.sequence, m.data, $7, $5
  FROM line l, json_populate_recordset(NULL::outgoing_messages, $3) m
), planned AS (
  INSERT INTO reminders (tenant_id, reminder_id, booking_id, sequence, person_id, rule_key, party, channel, due_at, next_at, created_at)
  SELECT l.tenant_id, r.reminder_id, l.booking_id, r.sequence, r.person_id, r.rule_key, r.party, r.channel, r.due_at, r.due_at, $5
  FROM line l, json_populate_recordset(NULL::reminders, $4) r
  ON CONFLICT (tenant_id, booking_id, sequence, person_id, rule_key) DO NOTHING
), shown AS (
  INSERT INTO written_events (tenant_id, booking_id, connection_id, host_id, calendar_id, next_at, created_at, updated_at)
  SELECT h.tenant_id, h.booking_id, c.connection_id, c.host_id, coalesce(w.calendar_id, c.write_calendar_id), $5, $5, $5
  FROM line l
  JOIN booking_hosts h ON h.tenant_id = l.tenant_id AND h.booking_id = l.booking_id
  JOIN connections c ON c.tenant_id = h.tenant_id AND c.host_id = h.host_id
  LEFT JOIN written_events w ON w.tenant_id = h.tenant_id AND w.booking_id = h.booking_id AND w.connection_id = c.connection_id
  WHERE $6 AND (c.write_calendar_id IS NOT NULL OR w.connection_id IS NOT NULL)
  ON CONFLICT (tenant_id, booking_id, connection_id) DO UPDATE SET state = 'waiting', next_at = $5, updated_at = $5,
    attempts = written_events.attempts + 1, failures = 0
)
INSERT INTO booking_history (tenant_id, booking_id, at, action, actor, before, after)
SELECT tenant_id, booking_id, $5, action, actor, before, after FROM line`;
