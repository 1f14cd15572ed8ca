import type { Selectable } from 'kysely';
import type { PersonRow } from './people.ts';
import type { BookingTable, BookingTokenTable } from './schema.ts';
import { nothing, type Statement } from './statement.ts';
import { timestampText } from './timestamp-text.ts';

/** Without what every booking begins with: no move, no message of the host. */
export type NewBookingRow = Omit<Selectable<BookingTable>, 'sequence' | 'reschedule_count' | 'host_message'>;
/** Met with the booking. */
export type NewPerson = Omit<PersonRow, 'tenant_id' | 'created_at' | 'erased_at'>;

/** Both tokens of somebody who takes part, by their hash in hexadecimal. */
export interface NewTokenRow extends Pick<BookingTokenTable, 'party' | 'host_id'> {
  readonly hash: string;
}

/** Everything a new booking is, apart from what is told of it (`transition-statement.ts`). */
export interface NewBooking {
  readonly row: NewBookingRow;
  readonly hostIds: readonly string[];
  /** The time it takes, with its buffers. */
  readonly blockedStartMs: number;
  readonly blockedEndMs: number;
  /** Those met for the first time: a visitor, guests. */
  readonly newPeople: readonly NewPerson[];
  readonly tokens: readonly NewTokenRow[];
  /** What all of them are derived from. */
  readonly tokenSalt: Buffer;
}

/**
 * Takes the time of every host of the booking and writes the booking with its people, hosts and tokens. A request takes it until its
 * deadline. The hosts must be locked (`lockHostsStatement`) and the time judged: then nobody else has it. If somebody has, the exclusion
 * constraint refuses the whole (23P01).
 */
export function insertBookingStatement({
  row,
  hostIds,
  blockedStartMs,
  blockedEndMs,
  newPeople,
  tokens,
  tokenSalt,
}: NewBooking): Statement<void> {
  // A date that turns itself into JSON makes writing the whole row twice as dear.
  const written = {
    ...row,
    start_at: timestampText(row.start_at),
    end_at: timestampText(row.end_at),
    request_expires_at: row.request_expires_at && timestampText(row.request_expires_at),
    created_at: timestampText(row.created_at),
    updated_at: timestampText(row.updated_at),
  };
  return {
    text: INSERT_BOOKING_SQL,
    values: [
      JSON.stringify(written),
      hostIds,
      new Date(blockedStartMs),
      new Date(blockedEndMs),
      JSON.stringify(newPeople),
      JSON.stringify(tokens),
      tokenSalt.toString('hex'),
    ],
    read: nothing,
  };
}

/** Rows come as JSON, so that the text is the same for one host and for fifty. Foreign keys are checked when all of it stands. */
const INSERT_BOOKING_SQL = `/* insert-booking */
WITH booking AS MATERIALIZED (
  SELECT * FROM json_populate_record(NULL::bookings, $1)
), taken AS (
  INSERT INTO claims (tenant_id, host_id, owner_id, kind, event_type_id, starts_at, ends_at, blocked, expires_at)
  SELECT tenant_id, host_id, booking_id, 'booking', event_type_id, start_at, end_at, tstzrange($3, $4), request_expires_at
  FROM booking, unnest($2::text[]) AS host_id
), met AS (
  INSERT INTO people (tenant_id, person_id, external_id, name, email, phone, time_zone, locale, created_at)
  SELECT b.tenant_id, p.person_id, p.external_id, p.name, p.email, p.phone, p.time_zone, p.locale, b.created_at
  FROM booking b, json_populate_recordset(NULL::people, $5) p
), made AS (
  INSERT INTO bookings (tenant_id, booking_id, event_type_id, status, title, start_at, end_at, duration_minutes, invitee_id, invitee_time_zone, invitee_locale,
    room_id, stage, location, answers, note, metadata, acknowledgement_id, request_expires_at, created_at, updated_at)
  SELECT tenant_id, booking_id, event_type_id, status, title, start_at, end_at, duration_minutes, invitee_id, invitee_time_zone, invitee_locale,
    room_id, stage, location, answers, note, metadata, acknowledgement_id, request_expires_at, created_at, updated_at FROM booking
), hosted AS (
  INSERT INTO booking_hosts (tenant_id, booking_id, host_id) SELECT tenant_id, booking_id, host_id FROM booking, unnest($2::text[]) AS host_id
)
INSERT INTO booking_tokens (tenant_id, token_hash, kind, booking_id, party, host_id, token)
SELECT b.tenant_id, decode(t.hash, 'hex'), 'both', b.booking_id, t.party, t.host_id, decode($7, 'hex')
FROM booking b, json_to_recordset($6) AS t(party text, host_id text, hash text)`;
