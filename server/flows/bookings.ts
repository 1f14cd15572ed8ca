import type { Booking, BookingStatus, HistoryEntry, HistoryMessage } from '../../shared/contract/booking.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import {
  type BookingFilter,
  type BookingRecord,
  findBooking,
  listBookings,
  listBookingTokens,
  listHistory,
} from '../adapters/db/bookings.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { type DeliveryLine, listDeliveryLines } from '../adapters/db/outgoing-messages.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import type { Db } from '../adapters/db/schema.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { presentBooking, presentBookings, readerOf } from './present-booking.ts';

/** One booking, as far as the caller may see it; `not_found` for everything else. */
export async function readBooking(deps: Deps, caller: TenantCaller, bookingId: string): Promise<Outcome<Booking>> {
  const record = await findVisibleBooking(deps.db, caller, bookingId);
  if (record === undefined) return refuse('not_found');
  const tokens = await listBookingTokens(deps.db, caller.tenant.id, [bookingId]);
  return succeed(presentBooking(deps, caller.tenant, readerOf(caller), record, tokens));
}

/** The booking, or undefined when it does not exist for this caller. */
export async function findVisibleBooking(db: Db, caller: TenantCaller, bookingId: string): Promise<BookingRecord | undefined> {
  const record = await findBooking(db, caller.tenant.id, bookingId);
  return record !== undefined && (await maySeeBooking(db, caller, record)) ? record : undefined;
}

/** A secret key sees all; a manage token its own; a room token its person's meetings: the host's own, or the invitee's of that room. */
export async function maySeeBooking(db: Db, caller: TenantCaller, record: BookingRecord): Promise<boolean> {
  switch (caller.kind) {
    case 'secret':
      return true;
    case 'publishable':
      return false;
    case 'manage':
      return caller.bookingId === record.booking_id;
    case 'room': {
      const { person } = caller;
      if (!record.hosts.some((host) => host.hostId === person.hostId)) return false;
      if (person.role === 'host') return person.room === null || record.room_id === null || record.room_id === person.room.id;
      if (person.room !== null && record.room_id !== person.room.id) return false;
      const invitee = await findPersonByExternalId(db, caller.tenant.id, person.sub);
      return invitee !== undefined && invitee.person_id === record.invitee_id;
    }
    default:
      return caller satisfies never;
  }
}

export interface BookingsQuery {
  readonly cursor?: string;
  readonly limit?: number;
  readonly hostId?: string;
  readonly inviteeExternalId?: string;
  readonly roomId?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Bookings in the order of their starts. With a room token only those of that person are ever listed. */
export async function readBookings(deps: Deps, caller: TenantCaller, query: BookingsQuery): Promise<Outcome<Page<Booking>>> {
  const { db } = deps;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const scope = await scopeOf(db, caller, query);
  if (scope === null) return succeed({ data: [], nextCursor: null });
  const records = await listBookings(db, caller.tenant.id, {
    ...scope,
    inviteeExternalId: query.inviteeExternalId ?? null,
    statuses: query.status === undefined ? null : (query.status.split(',') as BookingStatus[]),
    fromMs: query.from === undefined ? null : parseInstant(query.from),
    toMs: query.to === undefined ? null : parseInstant(query.to),
    after: after.value === null ? null : { startMs: after.value[0] as number, bookingId: after.value[1] as string },
    limit: limit + 1,
  });
  const shown = await presentBookings(deps, db, caller.tenant, readerOf(caller), records);
  const byId = new Map(shown.map((booking) => [booking.id, booking]));
  return succeed(
    toPage(
      records,
      limit,
      (record) => [record.start_at.getTime(), record.booking_id],
      (record) => byId.get(record.booking_id) as Booking,
    ),
  );
}

/** What happened to a booking, and what was and will be sent about it. */
export async function readHistory(
  deps: Deps,
  caller: TenantCaller,
  bookingId: string,
): Promise<Outcome<{ data: HistoryEntry[]; messages: HistoryMessage[] }>> {
  const record = await findVisibleBooking(deps.db, caller, bookingId);
  if (record === undefined) return refuse('not_found');
  const rows = await listHistory(deps.db, caller.tenant.id, bookingId);
  const lines = await listDeliveryLines(deps.db, caller.tenant.id, bookingId);
  return succeed({
    data: rows.map(({ at, action, actor, before, after }) => ({ at: at.toISOString(), action, actor, before, after })),
    messages: lines.map(presentLine),
  });
}

function presentLine({
  id,
  kind,
  channel,
  party,
  personId,
  sequence,
  state,
  detail,
  attempts,
  nextAt,
  settledAt,
}: DeliveryLine): HistoryMessage {
  const nextAttemptAt = state === 'waiting' ? nextAt.toISOString() : null;
  return {
    id,
    kind,
    channel,
    party,
    personId,
    sequence,
    state,
    detail,
    attempts,
    nextAttemptAt,
    settledAt: settledAt?.toISOString() ?? null,
  };
}

/** What the caller may list at most, narrowed by what was asked; null when nothing can match. */
async function scopeOf(
  db: Db,
  caller: TenantCaller,
  query: BookingsQuery,
): Promise<Pick<BookingFilter, 'hostId' | 'inviteeId' | 'roomId'> | null> {
  const asked = query.hostId === undefined ? null : await findHost(db, caller.tenant.id, query.hostId);
  if (asked === undefined) return null;
  if (caller.kind !== 'room') return { hostId: asked?.host_id ?? null, inviteeId: null, roomId: query.roomId ?? null };
  const { person } = caller;
  if (asked !== null && asked.host_id !== person.hostId) return null;
  if (query.roomId !== undefined && person.room !== null && query.roomId !== person.room.id) return null;
  const roomId = person.room?.id ?? query.roomId ?? null;
  if (person.role === 'host') return { hostId: person.hostId, inviteeId: null, roomId };
  const invitee = await findPersonByExternalId(db, caller.tenant.id, person.sub);
  return invitee === undefined ? null : { hostId: person.hostId, inviteeId: invitee.person_id, roomId };
}
