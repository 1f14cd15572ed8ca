import type { Reason } from '../../shared/contract/reasons.ts';
import type { OwnChange } from '../adapters/calendars/contract.ts';
import { type ConnectionRow, listConnectionCalendars, updateConnection, updateConnectionCalendar } from '../adapters/db/connections.ts';
import { recordEvent } from '../adapters/db/events.ts';
import type { Db } from '../adapters/db/schema.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { keepSeenEvent, keepWrittenEvent, listWrittenEvents, type WrittenEventRow } from '../adapters/db/written-events.ts';
import { statusAt } from '../domain/bookings/request-deadline.ts';
import { judgeOutsideChange, type OutsideChange } from '../domain/calendars/judge-outside-change.ts';
import { callConnection } from './call-connection.ts';
import { cancel } from './cancel.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { readMeeting } from './meeting.ts';
import { reschedule } from './reschedule.ts';

/** How often a calendar is asked what became of our events; a push message asks at once. */
const FOLLOW_EVERY_MS = 120_000;

/**
 * Hears what somebody did to our events in the calendar the bookings go to: a meeting moved there is moved here if its rules allow it, and reported
 * otherwise; one deleted there is cancelled, and both sides are told. Whatever cannot be read, a lost calendar or a forgotten place in its history
 * among it, changes nothing.
 */
export async function followCalendar(deps: Deps, connection: ConnectionRow): Promise<void> {
  const { db, clock } = deps;
  const { tenant_id: tenantId, connection_id: connectionId, write_calendar_id: calendarId } = connection;
  const later = () => updateConnection(db, tenantId, connectionId, { follow_at: new Date(clock.nowMs() + FOLLOW_EVERY_MS) });
  if (calendarId === null) return updateConnection(db, tenantId, connectionId, { follow_at: null });
  const calendars = await listConnectionCalendars(db, tenantId, [connectionId]);
  const syncToken = calendars.find(({ calendar_id }) => calendar_id === calendarId)?.sync_token ?? null;
  const rows = await listWrittenEvents(db, tenantId, connectionId, calendarId);
  const byEventId = new Map(rows.map((row) => [row.event_id ?? '', row]));
  const answer = await callConnection(deps, connection, async (provider, credentials) =>
    provider.changes === null
      ? { ok: false, reason: 'refused', detail: 'this kind of calendar does not tell what changed' }
      : provider.changes.readChanges(credentials, { calendarId, syncToken, ownEventIds: new Set(byEventId.keys()) }),
  );
  const at = { tenantId, connectionId, calendarId };
  if (!answer.ok) {
    if (answer.reason === 'gone') await db.transaction().execute((trx) => updateConnectionCalendar(trx, at, { sync_token: null }));
    return later();
  }
  let isHeard = true;
  for (const change of answer.value.changes) {
    const row = byEventId.get(change.eventId);
    if (row !== undefined && !(await hear(deps, connection, row, change))) isHeard = false;
  }
  // What could not be judged now is told again by the old token.
  if (isHeard) await db.transaction().execute((trx) => updateConnectionCalendar(trx, at, { sync_token: answer.value.syncToken }));
  return later();
}

/** The meeting follows first, then what was seen is kept, so that a crash in between hears it again. False: it cannot be judged now. */
async function hear(deps: Deps, connection: ConnectionRow, row: WrittenEventRow, change: OwnChange): Promise<boolean> {
  const { db, clock } = deps;
  const meeting = await readMeeting(db, row.tenant_id, row.booking_id);
  const { written_start_at: start, written_end_at: end } = row;
  if (meeting === undefined || start === null || end === null) return true;
  const { record } = meeting;
  const nowMs = clock.nowMs();
  const verdict = judgeOutsideChange({
    seen: change,
    written: { startMs: start.getTime(), endMs: end.getTime() },
    booking: { status: statusAt(record, nowMs), startMs: record.start_at.getTime(), endMs: record.end_at.getTime() },
    nowMs,
  });
  const refused = verdict.act === 'nothing' ? null : await carryOut(deps, row, verdict);
  if (refused === 'calendar_unavailable' || refused === 'unavailable') return false;
  await keepSeen(db, row, change, new Date(nowMs));
  if (refused !== null && verdict.act !== 'nothing') await report(deps, connection, row, { refused, act: verdict.act, change });
  return true;
}

/** A change in the host's own calendar is the host's doing. Answers why it was refused. */
async function carryOut(
  deps: Deps,
  { tenant_id: tenantId, booking_id: bookingId, host_id: hostId }: WrittenEventRow,
  wanted: Exclude<OutsideChange, { act: 'nothing' }>,
): Promise<Reason | null> {
  const tenant = await findTenant(deps.db, tenantId);
  if (tenant === undefined) return null;
  const host: TenantCaller = { kind: 'manage', tenant: { id: tenantId, settings: tenant.settings }, bookingId, party: 'host', hostId };
  const outcome =
    wanted.act === 'cancel'
      ? await cancel(deps, host, bookingId, {})
      : await reschedule(deps, host, bookingId, { start: new Date(wanted.startMs).toISOString() });
  return outcome.ok ? null : outcome.reason;
}

/** From now on what was seen counts as known, so nothing is heard twice; the next writing goes on from there. */
async function keepSeen(db: Db, row: WrittenEventRow, change: OwnChange, updated_at: Date): Promise<void> {
  if (change.kind === 'deleted')
    return keepWrittenEvent(db, row, { event_id: null, etag: null, content_hash: null, state: 'deletedOutside', updated_at });
  const { etag, startMs, endMs } = change;
  await keepSeenEvent(db, row, {
    etag,
    content_hash: null,
    written_start_at: new Date(startMs),
    written_end_at: new Date(endMs),
    updated_at,
  });
}

/** The meeting stays as it is, and the calendar shows something else: whoever runs the place has to know. */
async function report(
  deps: Deps,
  { provider }: ConnectionRow,
  row: WrittenEventRow,
  { refused, act, change }: { readonly refused: string; readonly act: 'move' | 'cancel'; readonly change: OwnChange },
): Promise<void> {
  const { connection_id: connectionId, host_id: hostId, booking_id: bookingId } = row;
  const wantedStart = change.kind === 'present' ? new Date(change.startMs).toISOString() : null;
  const detail =
    act === 'move'
      ? 'The meeting was moved in the calendar, which its rules do not allow.'
      : 'The meeting was deleted in the calendar, but cannot be cancelled.';
  const data = { connectionId, hostId, bookingId, provider, reason: refused, detail, wantedStart };
  const at = new Date(deps.clock.nowMs());
  await keepWrittenEvent(deps.db, row, { detail });
  await deps.db
    .transaction()
    .execute((trx) => recordEvent(trx, { tenant_id: row.tenant_id, event_id: deps.ids.next('ev'), type: 'calendar.error', data, at }));
}
