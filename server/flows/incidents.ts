import type { Role, Stage } from '../../shared/contract/common.ts';
import type { Incident, IncidentCreate, RecordedIncident } from '../../shared/contract/incident.ts';
import type { BookingRecord } from '../adapters/db/bookings.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { type IncidentRow, insertIncident, listIncidents } from '../adapters/db/incidents.ts';
import { currentNoticeVersions } from '../adapters/db/notices.ts';
import type { Db } from '../adapters/db/schema.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { pickLocale } from '../domain/policy/notice-content.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { identifyCaller } from './identify-caller.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { stageOfBooking } from './present-booking.ts';

/**
 * Records that a call did not work, or that somebody was asked to leave the platform. Call trouble with a booking opens the stage's fallback
 * locations for that booking; the answer says what the terms allow. The note is for the tenant, the other side never reads it.
 */
export async function recordIncident(deps: Deps, caller: TenantCaller, given: IncidentCreate): Promise<Outcome<RecordedIncident>> {
  if (caller.kind !== 'secret' && (given.actor !== undefined || given.room !== undefined))
    return refuse('forbidden', { detail: 'Only a secret key states actor and room.' });
  const bookingId = given.bookingId ?? (caller.kind === 'manage' ? caller.bookingId : undefined);
  const booking = bookingId === undefined ? null : await findVisibleBooking(deps.db, caller, bookingId);
  if (booking === undefined) return refuse('not_found', { detail: 'bookingId names no booking.' });
  return deps.db.transaction().execute(async (trx) => {
    const identity = await identifyCaller(deps, trx, caller, { actor: given.actor, room: given.room });
    const stage = booking === null ? (given.room?.stage ?? (await currentStage(trx, caller))) : stageOfBooking(booking);
    const by = caller.kind === 'secret' ? (given.actor?.role ?? 'operator') : identity.role;
    const row: IncidentRow = {
      tenant_id: caller.tenant.id,
      incident_id: deps.ids.next('inc'),
      kind: given.kind,
      booking_id: booking?.booking_id ?? null,
      room_id: booking?.room_id ?? identity.roomId,
      stage,
      by_role: by,
      person_id: identity.personId ?? personOf(caller, booking),
      note: given.note ?? null,
      at: new Date(deps.clock.nowMs()),
    };
    await insertIncident(trx, row);
    const { incident_id: incidentId, room_id: roomId, kind, at } = row;
    const data = { incidentId, kind, bookingId: row.booking_id, roomId, by };
    await recordEvent(trx, { tenant_id: row.tenant_id, event_id: deps.ids.next('ev'), type: 'incident.created', data, at });
    const opened = kind === 'callTrouble' && booking !== null ? stagePolicy(caller.tenant.settings, stage).fallbackLocations : [];
    const fallback = await findFallback(trx, caller, { stage, role: by === 'operator' ? 'invitee' : by, locale: given.locale, at });
    const answer = { ...presentIncident(row), fallback, fallbackLocations: [...opened] };
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

export interface IncidentsQuery {
  readonly cursor?: string;
  readonly limit?: number;
  readonly bookingId?: string;
  readonly roomId?: string;
  readonly kind?: IncidentRow['kind'];
}

/** Incidents in the order they were recorded. */
export async function readIncidents(deps: Deps, caller: TenantCaller, query: IncidentsQuery): Promise<Outcome<Page<Incident>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listIncidents(deps.db, caller.tenant.id, {
    bookingId: query.bookingId ?? null,
    roomId: query.roomId ?? null,
    kind: query.kind ?? null,
    afterId: (after.value?.[0] as string | undefined) ?? null,
    limit: limit + 1,
  });
  return succeed(toPage(rows, limit, (row) => [row.incident_id], presentIncident));
}

function presentIncident(row: IncidentRow): Incident {
  return {
    id: row.incident_id,
    kind: row.kind,
    bookingId: row.booking_id,
    room: row.room_id === null ? null : { id: row.room_id, stage: row.stage },
    by: row.by_role,
    personId: row.person_id,
    note: row.note,
    at: row.at.toISOString(),
  };
}

function personOf(caller: TenantCaller, booking: BookingRecord | null): string | null {
  if (caller.kind !== 'manage' || booking === null) return null;
  if (caller.party === 'invitee') return booking.invitee_id;
  return booking.hosts.find(({ hostId }) => hostId === caller.hostId)?.personId ?? null;
}

/** What the terms say for when the platform's own call fails, in the reader's language. */
async function findFallback(
  db: Db,
  caller: TenantCaller,
  { stage, role, locale, at }: { stage: Stage; role: Role; locale: string | undefined; at: Date },
): Promise<string | null> {
  const current = await currentNoticeVersions(db, caller.tenant.id, at);
  const said = current.find(({ content }) => content.fallback !== null && content.stages.includes(stage) && content.roles.includes(role));
  if (said?.content.fallback == null) return null;
  const spoken = caller.kind === 'room' ? caller.person.locale : null;
  return pickLocale(said.content.fallback, [locale, spoken, caller.tenant.settings.locale]).text;
}
