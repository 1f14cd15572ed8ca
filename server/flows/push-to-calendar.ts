import type { CalendarCall } from '../../shared/contract/common.ts';
import type { CallFailure, CallOutcome, OwnEvent, WrittenEvent } from '../adapters/calendars/contract.ts';
import { sha256Hex } from '../adapters/crypto.ts';
import { listBookingTokens } from '../adapters/db/bookings.ts';
import { type ConnectionRow, findConnection, listConnectionsOf } from '../adapters/db/connections.ts';
import { recordEvent } from '../adapters/db/events.ts';
import type { Db } from '../adapters/db/schema.ts';
import { keepWrittenEvent, settleWrittenEvent, type WrittenEventRow } from '../adapters/db/written-events.ts';
import { nextMailAttemptAt } from '../domain/messages/mail-retry.ts';
import { callWithoutLink, makesCall } from './calendar-calls.ts';
import { calendarEntryOf, uidOf } from './calendar-entry.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';
import { followCalendar } from './follow-calendar.ts';
import { keepCallLink } from './keep-call-link.ts';
import { type Meeting, readMeeting } from './meeting.ts';

/** An event that somebody has just changed outside is read, and then written again, this much later. */
const AFTER_A_CLASH_MS = 5000;
/** Renewing the login or connecting again may take the host a while; what fails for good before this many attempts is reported once. */
const MOST_CLASHES = 5;

/**
 * Brings one event in a host's calendar to what the meeting is now: writes it, writes it again, or takes it away. The event's id comes from the meeting's,
 * so whatever is repeated after a crash ends as one event. What the calendar refuses for good is reported by `calendar.error`.
 */
export async function pushToCalendar(deps: Deps, row: WrittenEventRow): Promise<void> {
  const connection = await findConnection(deps.db, row.tenant_id, row.connection_id);
  if (connection === undefined) return;
  const meeting = await readMeeting(deps.db, row.tenant_id, row.booking_id);
  if (meeting !== undefined && isOver(deps, meeting)) {
    // Nobody needs what was not written in time; but a name that was erased goes from what was.
    const names = row.event_id !== null && row.calendar_id === connection.write_calendar_id && isErased(meeting);
    return names ? write(deps, connection, meeting, row) : settle(deps, row, { state: 'written' });
  }
  const isWanted = meeting !== undefined && isWantedIn(connection, meeting, row);
  if (row.event_id !== null && (!isWanted || row.calendar_id !== connection.write_calendar_id)) {
    const { calendar_id: calendarId, event_id: eventId } = row;
    const removed = await callConnection(deps, connection, async (provider, credentials) =>
      provider.writing === null ? { ok: true, value: null } : provider.writing.removeEvent(credentials, calendarId, eventId),
    );
    if (!removed.ok && removed.reason !== 'notFound') return settleFailure(deps, row, connection, removed, meeting ?? null);
    await keepWrittenEvent(deps.db, row, { ...NOT_WRITTEN, updated_at: new Date(deps.clock.nowMs()) });
  }
  if (!isWanted) return settle(deps, row, { state: 'removed' });
  const isElsewhere = row.calendar_id !== connection.write_calendar_id;
  return write(deps, connection, meeting, isElsewhere ? { ...row, ...NOT_WRITTEN } : row);
}

const NOT_WRITTEN = { event_id: null, etag: null, content_hash: null, written_start_at: null, written_end_at: null } as const;

function isOver({ clock }: Deps, { record }: Meeting): boolean {
  return record.end_at.getTime() <= clock.nowMs();
}

function isErased({ record: { invitee } }: Meeting): boolean {
  return invitee.name === null && invitee.email === null;
}

function isWantedIn(connection: ConnectionRow, { record }: Meeting, row: WrittenEventRow): boolean {
  const isOpen = record.status === 'confirmed' || record.status === 'requested';
  return isOpen && connection.write_calendar_id !== null && record.hosts.some(({ hostId }) => hostId === row.host_id);
}

async function write(deps: Deps, connection: ConnectionRow, meeting: Meeting, row: WrittenEventRow): Promise<void> {
  const { db, clock } = deps;
  const calendarId = connection.write_calendar_id ?? row.calendar_id;
  const call = await callToMake(db, meeting, connection);
  const event = await ownEventOf(deps, meeting, row.host_id, call !== null);
  const contentHash = hashOf(event);
  if (row.event_id !== null && row.content_hash === contentHash) return settle(deps, row, { state: 'written' });
  const written = await callConnection(deps, connection, async (provider, credentials): Promise<CallOutcome<WrittenEvent>> => {
    const { writing } = provider;
    if (writing === null) return { ok: false, reason: 'refused', detail: 'this kind of calendar cannot be written to' };
    if (row.event_id === null) return writing.createEvent(credentials, calendarId, event);
    return writing.updateEvent(credentials, calendarId, { eventId: row.event_id, etag: row.etag }, event);
  });
  if (!written.ok) return settleFailure(deps, row, connection, written, meeting);
  const { eventId, etag, meetingUrl } = written.value;
  const isLinkMissing = call !== null && meetingUrl === null;
  await keepWrittenEvent(db, row, {
    calendar_id: calendarId,
    event_id: eventId,
    etag,
    sequence: event.sequence,
    content_hash: isLinkMissing ? null : contentHash,
    written_start_at: new Date(event.startMs),
    written_end_at: new Date(event.endMs),
    meeting_url: meetingUrl,
    updated_at: new Date(clock.nowMs()),
  });
  if (isLinkMissing) return settleFailure(deps, row, connection, LINK_MISSING, meeting);
  if (call !== null && meetingUrl !== null) await keepCallLink(deps, meeting, call, meetingUrl);
  await settle(deps, row, { state: 'written' });
}

/** Google may answer before its conference is there; an account without calls answers so for ever. */
const LINK_MISSING = {
  ok: false,
  reason: 'unavailable',
  retryAfterMs: null,
  detail: 'the calendar has not made the link of the call',
} as const;

/** The call whose link this connection is to make: that of the first of the hosts who can, once the meeting is confirmed and while there is none. */
async function callToMake(db: Db, { record }: Meeting, connection: ConnectionRow): Promise<CalendarCall | null> {
  const call = callWithoutLink(record);
  if (call === null) return null;
  const hostIds = record.hosts.map(({ hostId }) => hostId);
  const makers = (await listConnectionsOf(db, record.tenant_id, hostIds)).filter((one) => makesCall(one, call));
  const [first] = makers.toSorted((a, b) => hostIds.indexOf(a.host_id) - hostIds.indexOf(b.host_id));
  return first?.connection_id === connection.connection_id ? call : null;
}

/** What the event says: what this host may read of the meeting, so nothing of how to reach the other side before a contract, and no attendees. */
async function ownEventOf(deps: Deps, { tenant, record }: Meeting, hostId: string, meetingLink: boolean): Promise<OwnEvent> {
  const tokens = await listBookingTokens(deps.db, record.tenant_id, [record.booking_id]);
  const facts = { id: tenant.tenant_id, settings: tenant.settings };
  const own = tokens.filter((token) => token.host_id === hostId);
  const { sequence, startMs, endMs, summary, description, location, status } = calendarEntryOf(deps, facts, 'host', record, own);
  const uid = uidOf(record.booking_id);
  return { uid, sequence, startMs, endMs, summary, description, location, tentative: status === 'TENTATIVE', meetingLink };
}

function hashOf({ startMs, endMs, summary, description, location, tentative }: OwnEvent): string {
  return sha256Hex(JSON.stringify([startMs, endMs, summary, description, location, tentative]));
}

async function settle(deps: Deps, row: WrittenEventRow, { state }: Pick<WrittenEventRow, 'state'>): Promise<void> {
  const at = new Date(deps.clock.nowMs());
  await settleWrittenEvent(deps.db, row, { state, detail: null, failures: 0, next_at: at, updated_at: at });
}

async function settleFailure(
  deps: Deps,
  row: WrittenEventRow,
  connection: ConnectionRow,
  failure: CallFailure,
  meeting: Meeting | null,
): Promise<void> {
  const { db, clock } = deps;
  const nowMs = clock.nowMs();
  const failures = row.failures + 1;
  const isClash = failure.reason === 'preconditionFailed' || failure.reason === 'notFound';
  if (isClash && failures <= MOST_CLASHES) {
    // Whoever changed or deleted it is heard first; what is wanted afterwards is written over it.
    await followCalendar(deps, connection);
    await keepWrittenEvent(db, row, failure.reason === 'notFound' ? NOT_WRITTEN : { etag: null });
  }
  const nextMs = isClash && failures <= MOST_CLASHES ? nowMs + AFTER_A_CLASH_MS : nextAttemptAt(failure, failures, nowMs, deps.luck());
  const untilMs = meeting === null || isOver(deps, meeting) ? Infinity : meeting.record.end_at.getTime();
  const at = new Date(nowMs);
  if (nextMs !== null && nextMs < untilMs) {
    const change = { state: 'waiting', detail: failure.detail, failures, next_at: new Date(nextMs), updated_at: at } as const;
    await settleWrittenEvent(db, row, change);
    return;
  }
  await db.transaction().execute(async (trx) => {
    if (!(await settleWrittenEvent(trx, row, { state: 'failed', detail: failure.detail, failures, next_at: at, updated_at: at }))) return;
    const { connection_id: connectionId, host_id: hostId, booking_id: bookingId } = row;
    const data = { connectionId, hostId, bookingId, provider: connection.provider, reason: failure.reason, detail: failure.detail };
    await recordEvent(trx, { tenant_id: row.tenant_id, event_id: deps.ids.next('ev'), type: 'calendar.error', data, at });
  });
}

/** Null: no attempt will help before somebody does something about it. */
function nextAttemptAt(failure: CallFailure, failures: number, nowMs: number, luck: number): number | null {
  switch (failure.reason) {
    case 'rateLimited':
      return nowMs + failure.retryAfterMs;
    case 'unavailable':
      return failure.retryAfterMs === null ? nextMailAttemptAt(failures, nowMs, luck) : nowMs + failure.retryAfterMs;
    case 'conflict':
    case 'gone':
    case 'notFound':
    case 'preconditionFailed':
      return nextMailAttemptAt(failures, nowMs, luck);
    case 'authExpired':
    case 'forbidden':
    case 'refused':
      return null;
    default:
      return failure satisfies never;
  }
}
