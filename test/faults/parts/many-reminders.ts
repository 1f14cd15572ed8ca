import { sql } from 'kysely';
import type { TestApp } from '../../helpers/app.ts';
import { makeWorld } from '../../helpers/world.ts';

/** When the meetings of `makeReminders` begin: their one reminder is due an hour before. */
export const MEETING_AT = '2026-11-25T15:00:00Z';
export const DUE_AT = '2026-11-25T14:00:00Z';

/** Meetings with one mail reminder each, all due at the same moment: one booked through the API and multiplied in the tables, since no host has a thousand at once. */
export async function makeReminders(
  test: Pick<TestApp, 'call' | 'db'>,
  count: number,
  meetingAt: string = MEETING_AT,
): Promise<{ secretKey: string; publishableKey: string; eventTypeId: string }> {
  const reminders = [{ minutesBefore: 60, channel: 'email', to: 'invitee' }];
  const world = await makeWorld(test, { eventType: { reminders, minimumNoticeMinutes: 0 } });
  const { body } = await test.call('POST', '/v1/bookings', {
    key: world.secretKey,
    body: { eventTypeId: world.eventTypeId, start: meetingAt, invitee: { name: 'Vi', email: 'first@visitor.example' } },
  });
  const copies = sql`generate_series(2, ${count}::integer) AS n`;
  await sql`DELETE FROM outgoing_messages`.execute(test.db);
  await sql`
    INSERT INTO people SELECT (jsonb_populate_record(p, jsonb_build_object('person_id', p.person_id || n, 'email', 'v' || n || '@visitor.example'))).*
    FROM people p, ${copies} WHERE p.email = 'first@visitor.example'`.execute(test.db);
  await sql`
    INSERT INTO bookings SELECT (jsonb_populate_record(b, jsonb_build_object('booking_id', b.booking_id || n, 'invitee_id', b.invitee_id || n))).*
    FROM bookings b, ${copies} WHERE b.booking_id = ${body.id}`.execute(test.db);
  await sql`
    INSERT INTO booking_hosts SELECT tenant_id, booking_id || n, host_id FROM booking_hosts, ${copies} WHERE booking_id = ${body.id}`.execute(
    test.db,
  );
  await sql`
    INSERT INTO reminders SELECT (jsonb_populate_record(r, jsonb_build_object(
      'reminder_id', r.reminder_id || n, 'booking_id', r.booking_id || n, 'person_id', r.person_id || n))).*
    FROM reminders r, ${copies} WHERE r.booking_id = ${body.id}`.execute(test.db);
  return world;
}
