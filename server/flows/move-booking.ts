import { type BookingRecord, updateBooking } from '../adapters/db/bookings.ts';
import { freeClaims, takeClaims } from '../adapters/db/claims.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { EventTypeSettings } from '../domain/bookings/event-type-settings.ts';
import type { ActingParty } from './acting-party.ts';
import type { Deps } from './deps.ts';
import { recordTransition } from './record-transition.ts';

export interface NewTime {
  readonly startMs: number;
  readonly endMs: number;
}

/** A meeting about to get another time; its hosts are locked and the time has been judged. */
export interface Move {
  readonly record: BookingRecord;
  readonly actor: Pick<ActingParty, 'kind' | 'personId'>;
  readonly hostIds: readonly string[];
  readonly buffers: Pick<EventTypeSettings, 'bufferBeforeMinutes' | 'bufferAfterMinutes'>;
  readonly to: NewTime;
  /** Replaces the acknowledgements the meeting rests on; null keeps them. */
  readonly acknowledgementId: string | null;
  /** The acknowledgements of whoever moves it, for the history. */
  readonly restsOn?: string | null;
  /** Why, as whoever moves it says; what was said before stays while a move that was asked for is carried out. */
  readonly reason?: string | null;
}

/** Moves a meeting now: claims, times, `sequence`, history. For a request, `requestExpiresAt` is its deadline from now on; null for a confirmed one. */
export async function moveBooking(deps: Deps, trx: Trx, move: Move, requestExpiresAt: Date | null): Promise<void> {
  const { record, actor, to } = move;
  const { tenant_id: tenantId, booking_id: bookingId } = record;
  await freeClaims(trx, tenantId, bookingId);
  await takeTime(trx, move, requestExpiresAt);
  const [start_at, end_at] = [new Date(to.startMs), new Date(to.endMs)];
  await updateBooking(trx, tenantId, bookingId, {
    start_at,
    end_at,
    sequence: record.sequence + 1,
    reschedule_count: record.reschedule_count + 1,
    acknowledgement_id: move.acknowledgementId ?? record.acknowledgement_id,
    ...reasonOf(move),
    request_expires_at: requestExpiresAt,
    pending_start_at: null,
    pending_end_at: null,
    updated_at: new Date(deps.clock.nowMs()),
  });
  await recordTransition(deps, trx, {
    tenantId,
    bookingId,
    action: 'rescheduled',
    actor: { kind: actor.kind, personId: actor.personId },
    before: timesOf(record.start_at, record.end_at),
    after: { ...timesOf(start_at, end_at), ...restsOn(move) },
  });
  if (requestExpiresAt !== null) await deps.queue.enqueue(trx, 'expire-request', { tenantId, id: bookingId }, requestExpiresAt);
  else await deps.queue.enqueue(trx, 'complete-booking', { tenantId, id: bookingId }, end_at);
}

/** Asks the host for another time. The old time stays until that is decided or `until` has passed; the new one is kept that long too. */
export async function askToMove(deps: Deps, trx: Trx, move: Move, until: Date): Promise<void> {
  const { record, actor, to } = move;
  const { tenant_id: tenantId, booking_id: bookingId } = record;
  if (record.pending_start_at !== null) await freeClaims(trx, tenantId, bookingId, record.pending_start_at.getTime());
  await freeClaims(trx, tenantId, bookingId, to.startMs);
  await takeTime(trx, move, until);
  const [pending_start_at, pending_end_at] = [new Date(to.startMs), new Date(to.endMs)];
  await updateBooking(trx, tenantId, bookingId, {
    pending_start_at,
    pending_end_at,
    acknowledgement_id: move.acknowledgementId ?? record.acknowledgement_id,
    ...reasonOf(move),
    request_expires_at: until,
    updated_at: new Date(deps.clock.nowMs()),
  });
  await recordTransition(deps, trx, {
    tenantId,
    bookingId,
    action: 'rescheduleRequested',
    actor: { kind: actor.kind, personId: actor.personId },
    before: timesOf(record.start_at, record.end_at),
    after: { ...timesOf(pending_start_at, pending_end_at), ...restsOn(move) },
  });
  await deps.queue.enqueue(trx, 'expire-request', { tenantId, id: bookingId }, until);
}

/** Gives up a new time that was asked for; the meeting stays where it is. */
export async function dropPendingMove(
  deps: Deps,
  trx: Trx,
  record: BookingRecord,
  why: { action: 'rescheduleDeclined' | 'rescheduleExpired'; actor: { kind: string; personId: string | null }; reason: string | null },
): Promise<void> {
  const { tenant_id: tenantId, booking_id: bookingId, pending_start_at: start, pending_end_at: end } = record;
  if (start === null || end === null) throw new Error('dropPendingMove: no new time was asked for');
  await freeClaims(trx, tenantId, bookingId, start.getTime());
  await updateBooking(trx, tenantId, bookingId, {
    pending_start_at: null,
    pending_end_at: null,
    request_expires_at: null,
    // What whoever asked had said is no reason of this.
    reason: why.reason,
    updated_at: new Date(deps.clock.nowMs()),
  });
  await recordTransition(deps, trx, {
    tenantId,
    bookingId,
    action: why.action,
    actor: why.actor,
    before: timesOf(start, end),
    after: timesOf(record.start_at, record.end_at),
  });
}

async function takeTime(trx: Trx, { record, hostIds, buffers, to }: Move, until: Date | null): Promise<void> {
  const claimed = await takeClaims(trx, record.tenant_id, {
    hostIds,
    ownerId: record.booking_id,
    kind: 'booking',
    eventTypeId: record.event_type_id,
    startMs: to.startMs,
    endMs: to.endMs,
    blockedStartMs: to.startMs - buffers.bufferBeforeMinutes * 60_000,
    blockedEndMs: to.endMs + buffers.bufferAfterMinutes * 60_000,
    expiresMs: until?.getTime() ?? null,
  });
  if (!claimed) throw new Error('moveBooking: a judged and locked time was taken');
}

function restsOn({ restsOn: acknowledgementId }: Move): { acknowledgementId?: string } {
  return acknowledgementId == null ? {} : { acknowledgementId };
}

function reasonOf({ reason }: Move): { reason?: string | null } {
  return reason === undefined ? {} : { reason: reason?.trim() || null };
}

function timesOf(start: Date, end: Date): { start: string; end: string } {
  return { start: start.toISOString(), end: end.toISOString() };
}
