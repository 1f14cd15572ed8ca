import type { Hold, HoldCreate } from '../../shared/contract/hold.ts';
import { formatInstant, parseInstant } from '../../shared/time/instant.ts';
import { takeClaims } from '../adapters/db/claims.ts';
import { type EventTypeRow, findEventType } from '../adapters/db/event-types.ts';
import { endHold, findHold, findLiveHold, type HoldRow, insertHold, lockHolder } from '../adapters/db/holds.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { HoldTable, Trx } from '../adapters/db/schema.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { findAlternatives, judgeDiary, readDiaryFor } from './ask-slots.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import { checkCalendars, type LiveBusy, refuseStart, withLiveBusy } from './check-calendars.ts';
import type { Deps } from './deps.ts';
import { mayUseEventType } from './event-types.ts';
import { holderOf, isHolder } from './holder.ts';

interface Wanted {
  readonly eventType: EventTypeRow;
  readonly startMs: number;
  readonly endMs: number;
  readonly durationMinutes: number;
  readonly bookingId: string | null;
  readonly replaces: string | null;
  readonly holder: string | null;
}

/**
 * Keeps a slot while somebody fills in a form, for the tenant's `holdMinutes`. A person or address has one hold at a time: a new one ends the
 * one before, and when the new time is not free the old hold stays. `address` tells visitors apart who have no token.
 */
export async function hold(deps: Deps, caller: TenantCaller, given: HoldCreate, address: string): Promise<Outcome<Hold>> {
  const wanted = await readWanted(deps, caller, given, address);
  if (!wanted.ok) return wanted;
  const { eventType, startMs, endMs } = wanted.value;
  const live = await checkCalendars(deps, caller.tenant.id, { ...eventType.settings, hostIds: eventType.host_ids, startMs, endMs });
  return retryOnDeadlock(() => deps.db.transaction().execute((trx) => claimHold(deps, trx, caller, wanted.value, live)));
}

async function readWanted(deps: Deps, caller: TenantCaller, given: HoldCreate, address: string): Promise<Outcome<Wanted>> {
  const tenantId = caller.tenant.id;
  const eventType = await findEventType(deps.db, tenantId, given.eventTypeId);
  if (eventType === undefined || !mayUseEventType(caller, eventType))
    return refuse('not_found', { detail: 'There is no such event type.' });
  const moves = given.rescheduleOf === undefined ? null : await findVisibleBooking(deps.db, caller, given.rescheduleOf);
  if (moves === undefined || (moves !== null && moves.event_type_id !== eventType.event_type_id))
    return refuse('not_found', { detail: 'There is no such booking of this event type.' });
  const refused = refuseHolder(caller, moves !== null);
  if (refused !== null) return refused;
  const startMs = parseInstant(given.start);
  if (startMs === null) return refuseField('start', 'must be an RFC 3339 instant with an offset');
  const durationMinutes = moves?.duration_minutes ?? given.durationMinutes ?? eventType.settings.durationsMinutes[0] ?? 0;
  if (moves === null && !eventType.settings.durationsMinutes.includes(durationMinutes)) {
    return refuseField('durationMinutes', `must be one of ${eventType.settings.durationsMinutes.join(', ')}`);
  }
  return succeed({
    eventType,
    startMs,
    endMs: startMs + durationMinutes * 60_000,
    durationMinutes,
    bookingId: moves?.booking_id ?? null,
    replaces: given.replaces ?? null,
    holder: holderOf(caller, address),
  });
}

/** Who may hold is who may book, and, for a new time of a meeting, who may move it. */
function refuseHolder(caller: TenantCaller, moves: boolean): Refusal | null {
  if (moves || caller.kind === 'secret') return null;
  if (caller.kind === 'manage')
    return refuse('forbidden', { detail: 'This link holds a new time of its own meeting: name it in rescheduleOf.' });
  if (caller.kind === 'room')
    return caller.person.role === 'invitee'
      ? null
      : refuse('forbidden', { detail: 'A host offers times by a proposal; the invitee books.' });
  return caller.tenant.settings.requireRoomToken ? refuse('forbidden', { detail: 'This site books only with a room token.' }) : null;
}

async function claimHold(deps: Deps, trx: Trx, caller: TenantCaller, wanted: Wanted, live: LiveBusy): Promise<Outcome<Hold>> {
  const { eventType, startMs, endMs, durationMinutes, bookingId } = wanted;
  const tenantId = caller.tenant.id;
  const nowMs = deps.clock.nowMs();
  const before = await findHoldsBefore(trx, caller, wanted);
  await lockHosts(trx, tenantId, [...new Set([...eventType.host_ids, ...before.flatMap((one) => one.host_ids)])], nowMs);
  const diary = await readDiaryFor(trx, tenantId, eventType.event_type_id, { nowMs, fromMs: startMs, toMs: endMs });
  if (diary === undefined) return refuse('not_found', { detail: 'There is no such event type.' });
  const ignoreOwnerIds = [...before.map((one) => one.hold_id), ...(bookingId === null ? [] : [bookingId])];
  const asked = { nowMs, durationMinutes, ignoreOwnerIds };
  const verdict = judgeDiary(withLiveBusy(diary, live, nowMs), startMs, asked);
  if (!verdict.bookable) {
    return refuseStart(verdict.reason, { alternatives: findAlternatives(diary, startMs, asked, zoneOf(caller)) });
  }
  for (const one of before) await endHold(trx, one, one.expires_at.getTime() <= nowMs ? 'expired' : 'released');
  const holdId = deps.ids.next('hold');
  const expiresAt = new Date(Math.min(nowMs + caller.tenant.settings.holdMinutes * 60_000, startMs));
  const claimed = await takeClaims(trx, tenantId, {
    hostIds: verdict.hostIds,
    ownerId: bookingId ?? holdId,
    kind: 'hold',
    eventTypeId: eventType.event_type_id,
    startMs,
    endMs,
    blockedStartMs: startMs - eventType.settings.bufferBeforeMinutes * 60_000,
    blockedEndMs: endMs + eventType.settings.bufferAfterMinutes * 60_000,
    expiresMs: expiresAt.getTime(),
  });
  // Only the meeting itself, which has this very time already, can stand in the way of what was judged under lock.
  if (!claimed) return refuse('conflict', { detail: 'The meeting has this time already.' });
  const row: HoldTable = {
    tenant_id: tenantId,
    hold_id: holdId,
    event_type_id: eventType.event_type_id,
    host_ids: [...verdict.hostIds],
    start_at: new Date(startMs),
    end_at: new Date(endMs),
    duration_minutes: durationMinutes,
    holder: wanted.holder ?? holdId,
    booking_id: bookingId,
    status: 'live',
    expires_at: expiresAt,
    created_at: new Date(nowMs),
  };
  await insertHold(trx, row);
  await deps.queue.enqueue(trx, 'expire-hold', { tenantId, id: holdId }, expiresAt);
  const answer = {
    id: holdId,
    eventTypeId: row.event_type_id,
    start: formatInstant(startMs),
    end: formatInstant(endMs),
    expiresAt: formatInstant(expiresAt.getTime()),
  };
  await deps.remember(trx, 201, answer);
  return succeed(answer);
}

/** The holds that end when the new one begins: the holder's own, and the one named in `replaces`. */
async function findHoldsBefore(trx: Trx, caller: TenantCaller, { holder, replaces }: Wanted): Promise<HoldRow[]> {
  const tenantId = caller.tenant.id;
  if (holder !== null) await lockHolder(trx, tenantId, holder);
  const own = holder === null ? undefined : await findLiveHold(trx, tenantId, holder);
  const named = replaces === null || replaces === own?.hold_id ? undefined : await findHold(trx, tenantId, replaces);
  return [own, named].filter((one) => one !== undefined && one.status === 'live' && (one === own || isHolder(caller, one))) as HoldRow[];
}

function zoneOf(caller: TenantCaller): string {
  return caller.kind === 'room' ? (caller.person.timeZone ?? 'UTC') : 'UTC';
}
