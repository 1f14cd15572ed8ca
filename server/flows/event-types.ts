import type { Warning } from '../../shared/contract/common.ts';
import { type BookingWindow, type EventType, EventTypeCreate, type PublicEventType } from '../../shared/contract/event-type.ts';
import type { Selectable } from 'kysely';
import {
  deleteEventType,
  type EventTypeRow,
  findEventType,
  hasBookings,
  insertEventType,
  listEventTypes,
  lockEventType,
  updateEventType,
} from '../adapters/db/event-types.ts';
import { findHost, findSchedule, findDefaultSchedule, type HostRow } from '../adapters/db/hosts.ts';
import { retryWhenTaken } from '../adapters/db/retry-when-taken.ts';
import type { Db, EventTypeTable, Trx } from '../adapters/db/schema.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { checkEventType } from '../domain/bookings/check-event-type.ts';
import {
  DEFAULT_MINIMUM_NOTICE_MINUTES,
  DEFAULT_ROLLING_DAYS,
  fillEventType,
  slotRulesOf,
} from '../domain/bookings/event-type-settings.ts';
import { scheduleForSlots } from '../domain/bookings/read-schedule.ts';
import { mergePatch, withoutNulls } from '../domain/merge-patch.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { checkRules } from '../domain/slots/check-rules.ts';
import { reachablePlaces } from './calendar-calls.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';
import { CHANGED_SINCE, isChangedSince } from './is-changed-since.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { presentPublicEventType, readingStage } from './present-event-type.ts';
import { screenFields, type ScreenedFields, stageOfStandingText } from './screen-fields.ts';

export async function createEventType(deps: Deps, caller: TenantCaller, given: EventTypeCreate): Promise<Outcome<EventType>> {
  return retryWhenTaken(() =>
    deps.db.transaction().execute(async (trx) => {
      const now = new Date(deps.clock.nowMs());
      const read = await readEventType(deps, trx, caller, given);
      if (!read.ok) return read;
      const row: Selectable<EventTypeTable> = {
        tenant_id: caller.tenant.id,
        event_type_id: deps.ids.next('evt'),
        ...read.value,
        created_at: now,
        updated_at: now,
      };
      if (await isSlugTaken(trx, row)) return refuse('conflict', { detail: 'The host has an event type with this slug.' });
      await insertEventType(trx, row);
      const answer = await present(deps, trx, row);
      await deps.remember(trx, 201, answer);
      return succeed(answer);
    }),
  );
}

/** Secret keys and the host see every rule; everybody else the public view. */
export async function readOneEventType(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<EventType | PublicEventType>> {
  const row = await findEventType(deps.db, caller.tenant.id, id);
  if (row === undefined || !mayUseEventType(caller, row)) return refuse('not_found');
  if (ownsRules(caller)) return succeed(await present(deps, deps.db, row));
  const hosts = await Promise.all(row.host_ids.map((hostId) => findHost(deps.db, caller.tenant.id, hostId)));
  const stage = await readingStage(deps.db, caller);
  return succeed(await presentPublicEventType(deps, caller, stage, row, hosts.filter((host) => host !== undefined).map(publicHost)));
}

export async function readEventTypes(
  deps: Deps,
  caller: TenantCaller,
  query: { cursor?: string; limit?: number; hostId?: string },
): Promise<Outcome<Page<EventType>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const host = query.hostId === undefined ? null : await findHost(deps.db, caller.tenant.id, query.hostId);
  if (host === undefined) return succeed({ data: [], nextCursor: null });
  if (host !== null && !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  const hostId = caller.kind === 'room' ? caller.person.hostId : (host?.host_id ?? null);
  const rows = await listEventTypes(deps.db, caller.tenant.id, {
    hostId,
    afterId: (after.value?.[0] as string | undefined) ?? null,
    limit: limit + 1,
  });
  const shown = new Map(await Promise.all(rows.map(async (row) => [row.event_type_id, await present(deps, deps.db, row)] as const)));
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.event_type_id],
      (row) => shown.get(row.event_type_id) as EventType,
    ),
  );
}

/** RFC 7396; `seen` is the version the caller changes (`If-Match`). What was booked before stays as it was booked. */
export async function changeEventType(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  patch: Record<string, unknown>,
  seen?: string,
): Promise<Outcome<EventType>> {
  return retryWhenTaken(() =>
    deps.db.transaction().execute(async (trx) => {
      const row = await lockEventType(trx, caller.tenant.id, id);
      if (row === undefined || !mayUseEventType(caller, row)) return refuse('not_found');
      if (isChangedSince(seen, row.updated_at)) return refuse('conflict', CHANGED_SINCE);
      const current = withoutNulls({
        ...row.settings,
        hostId: row.host_id,
        hostIds: row.host_ids,
        scheduleId: row.schedule_id,
        slug: row.slug,
      });
      if (patch['hostId'] !== undefined && patch['hostIds'] === undefined) delete current['hostIds'];
      const merged = mergePatch(current, withWindowReplaced(patch, row.settings.bookingWindow.type));
      const issues = findIssues(EventTypeCreate, merged);
      if (issues !== null) return refuse('validation_failed', { issues });
      const read = await readEventType(deps, trx, caller, merged as EventTypeCreate, row.settings);
      if (!read.ok) return read;
      const changed = { ...row, ...read.value, updated_at: new Date(deps.clock.nowMs()) };
      if (await isSlugTaken(trx, changed)) return refuse('conflict', { detail: 'The host has an event type with this slug.' });
      await updateEventType(trx, caller.tenant.id, id, { ...read.value, updated_at: changed.updated_at });
      return succeed(await present(deps, trx, changed));
    }),
  );
}

/** One that was ever booked is in use; switch it off with `active: false`. */
export async function removeEventType(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<null>> {
  return deps.db.transaction().execute(async (trx) => {
    const row = await lockEventType(trx, caller.tenant.id, id);
    if (row === undefined || !mayUseEventType(caller, row)) return refuse('not_found');
    if (await hasBookings(trx, caller.tenant.id, id))
      return refuse('conflict', { detail: 'It has bookings; set active to false instead.' });
    await deleteEventType(trx, caller.tenant.id, id);
    return succeed(null);
  });
}

/** A room token opens the event types of its host only. */
export function mayUseEventType(caller: TenantCaller, row: Pick<EventTypeRow, 'host_ids'>): boolean {
  return caller.kind !== 'room' || row.host_ids.includes(caller.person.hostId);
}

function publicHost(host: HostRow): PublicEventType['hosts'][number] {
  return { id: host.host_id, name: host.name, timeZone: host.time_zone };
}

function ownsRules(caller: TenantCaller): boolean {
  return caller.kind === 'secret' || (caller.kind === 'room' && caller.person.role === 'host');
}

/** A booking window of another type is not a change of the old one's fields but a new one. */
function withWindowReplaced(patch: Record<string, unknown>, currentType: BookingWindow['type']): Record<string, unknown> {
  const window = patch['bookingWindow'] as { type?: string } | null | undefined;
  if (window == null || window.type === undefined || window.type === currentType) return patch;
  const blank = { days: null, businessDaysOnly: null, from: null, to: null };
  return { ...patch, bookingWindow: { ...blank, ...window } };
}

type EventTypeColumns = Pick<Selectable<EventTypeTable>, 'host_id' | 'host_ids' | 'schedule_id' | 'slug' | 'settings'>;

async function readEventType(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  given: EventTypeCreate,
  before: EventTypeTable['settings'] | null = null,
): Promise<Outcome<EventTypeColumns>> {
  const issues = checkEventType(given);
  const [first] = issues;
  if (first !== undefined) return refuse('validation_failed', { detail: `${first.path} ${first.message}`, issues });
  const host = await findHost(trx, caller.tenant.id, given.hostId);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found', { detail: 'hostId names no host.' });
  const hosts = [host];
  for (const [i, id] of (given.hostIds ?? []).entries()) {
    const other = await findHost(trx, caller.tenant.id, id);
    if (other === undefined || (caller.kind === 'room' && other.host_id !== caller.person.hostId))
      return refuse('not_found', { detail: `hostIds.${i} names no host.` });
    hosts.push(other);
  }
  if (given.scheduleId != null) {
    const schedule = await findSchedule(trx, caller.tenant.id, given.scheduleId);
    if (schedule?.host_id !== host.host_id) return refuseField('scheduleId', 'names no schedule of this host');
  }
  const settings = fillEventType(given);
  const refused = await screenFields(deps, trx, caller, screenedFields(settings, before), stageOfStandingText(caller));
  if (refused !== null) return refused;
  const host_ids = [...new Set(hosts.map(({ host_id }) => host_id))];
  return succeed({ host_id: host.host_id, host_ids, schedule_id: given.scheduleId ?? null, slug: given.slug ?? null, settings });
}

/** The texts that are new. One that stood before is blanked where it is read, and does not stand in the way of other changes. */
function screenedFields(settings: EventTypeTable['settings'], before: EventTypeTable['settings'] | null): ScreenedFields {
  const stood = new Set(before === null ? [] : Object.values(textsOf(before)));
  return Object.fromEntries(Object.entries(textsOf(settings)).filter(([, text]) => !stood.has(text)));
}

function textsOf({ title, description, message, questions }: EventTypeTable['settings']): ScreenedFields {
  const asked = questions.flatMap((question, i) => [
    [`questions.${i}.label`, question.label],
    ...(question.options ?? []).map((option, k) => [`questions.${i}.options.${k}`, option]),
  ]);
  return { title, description, message, ...Object.fromEntries(asked) };
}

async function isSlugTaken(trx: Trx, row: Selectable<EventTypeTable>): Promise<boolean> {
  if (row.slug === null) return false;
  const others = await trx
    .selectFrom('event_types')
    .select('event_type_id')
    .where('tenant_id', '=', row.tenant_id)
    .where('host_id', '=', row.host_id)
    .where('slug', '=', row.slug)
    .where('event_type_id', '!=', row.event_type_id)
    .execute();
  return others.length > 0;
}

async function present(deps: Deps, db: Db, row: Selectable<EventTypeTable>): Promise<EventType> {
  const warnings = [...(await findWarnings(deps, db, row)), ...(await unreachableCalls(db, row))];
  return {
    id: row.event_type_id,
    hostId: row.host_id,
    hostIds: row.host_ids,
    scheduleId: row.schedule_id,
    slug: row.slug,
    ...row.settings,
    ...(warnings.length > 0 && { warnings }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The calls this event type offers in vain: no calendar of its hosts makes them, so they are not shown. */
async function unreachableCalls(
  db: Db,
  { tenant_id: tenantId, host_ids: hostIds, settings }: Selectable<EventTypeTable>,
): Promise<Warning[]> {
  const { locations, assignment } = settings;
  const reachable = await reachablePlaces(db, tenantId, { hostIds, assignment }, locations);
  return locations
    .filter((place) => !reachable.includes(place))
    .map(({ type }) => ({
      code: 'call_without_calendar',
      message: `No calendar of the host makes the links of ${type}, so this place is not offered.`,
    }));
}

/** What makes this event type yield no slot, ever; judged for its first host. */
async function findWarnings(deps: Deps, db: Db, row: Selectable<EventTypeTable>): Promise<Warning[]> {
  const schedule =
    row.schedule_id === null
      ? await findDefaultSchedule(db, row.tenant_id, row.host_id)
      : await findSchedule(db, row.tenant_id, row.schedule_id);
  if (schedule === undefined) return [];
  const slots = scheduleForSlots({ timeZone: schedule.time_zone, ...schedule.rules });
  const defaults = { minimumNoticeMinutes: DEFAULT_MINIMUM_NOTICE_MINUTES, rollingDays: DEFAULT_ROLLING_DAYS };
  const warnings = row.settings.durationsMinutes.flatMap((minutes) =>
    checkRules(slots, slotRulesOf(row.settings, minutes, defaults), minutes, deps.clock.nowMs()),
  );
  return [...new Map(warnings.map((warning) => [warning.code + warning.message, warning])).values()];
}
