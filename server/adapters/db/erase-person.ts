import { sql } from 'kysely';
import type { Trx } from './schema.ts';

/**
 * Empties everything that tells who a person is or what they wrote: the row in `people`, answers, notes, reasons and metadata of their bookings,
 * their links, and, for a host, name and addresses. The bookings stay, and history and ledger, which know a random id only.
 */
export async function erasePerson(trx: Trx, tenantId: string, personId: string, at: Date): Promise<void> {
  const mine = sql`tenant_id = ${tenantId} AND booking_id IN (SELECT booking_id FROM bookings WHERE tenant_id = ${tenantId} AND invitee_id = ${personId})`;
  await sql`UPDATE booking_tokens SET revoked_at = ${at} WHERE ${mine} AND party = 'invitee' AND revoked_at IS NULL`.execute(trx);
  await sql`
    UPDATE bookings SET answers = '{}', note = NULL, host_note = NULL, host_message = NULL, reason = NULL, metadata = '{}', invitee_time_zone = NULL,
      invitee_locale = NULL, location = CASE WHEN location->>'type' IN ('phone', 'inPerson') THEN jsonb_build_object('type', location->>'type') ELSE location END
    WHERE tenant_id = ${tenantId} AND invitee_id = ${personId}`.execute(trx);
  await sql`
    UPDATE proposals SET reason = NULL, invitee_time_zone = NULL, invitee_locale = NULL
    WHERE tenant_id = ${tenantId} AND (invitee_id = ${personId} OR by_person_id = ${personId})`.execute(trx);
  await sql`UPDATE incidents SET note = NULL WHERE tenant_id = ${tenantId} AND person_id = ${personId}`.execute(trx);
  await sql`
    UPDATE hosts SET external_id = NULL, name = '', email = NULL, phone = NULL, description = NULL, updated_at = ${at}
    WHERE tenant_id = ${tenantId} AND person_id = ${personId}`.execute(trx);
  await sql`
    UPDATE people SET external_id = NULL, name = NULL, email = NULL, phone = NULL, time_zone = NULL, locale = NULL, erased_at = ${at}
    WHERE tenant_id = ${tenantId} AND person_id = ${personId}`.execute(trx);
}
