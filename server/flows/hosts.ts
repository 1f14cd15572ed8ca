import { type Host, type HostCreate, HostSettings } from '../../shared/contract/host.ts';
import type { WeeklyHours } from '../../shared/contract/schedule.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { isHostUsed } from '../adapters/db/event-types.ts';
import {
  deleteHost,
  findDefaultSchedule,
  findHost,
  type HostRow,
  insertHost,
  insertSchedule,
  listHosts,
  lockHost,
  updateHost,
} from '../adapters/db/hosts.ts';
import { keepPerson } from '../adapters/db/people.ts';
import { retryWhenTaken } from '../adapters/db/retry-when-taken.ts';
import type { Db, HostTable, Trx } from '../adapters/db/schema.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { type KeptSchedule, readSchedule } from '../domain/bookings/read-schedule.ts';
import { mergePatch, withoutNulls } from '../domain/merge-patch.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { endConnections } from './end-login.ts';
import { CHANGED_SINCE, isChangedSince } from './is-changed-since.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { screenFields, stageOfStandingText } from './screen-fields.ts';

const OFFICE_HOURS: WeeklyHours[] = [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], start: '09:00', end: '17:00' }];

/** Makes a host with a first schedule. An external id that is taken is a `conflict`; `PUT /v1/hosts/ext:ID` upserts. */
export async function createHost(deps: Deps, caller: TenantCaller, given: HostCreate): Promise<Outcome<Host>> {
  const schedule = firstSchedule(given);
  if (!schedule.ok) return schedule;
  return retryWhenTaken(() =>
    deps.db.transaction().execute(async (trx) => {
      if (given.externalId != null && (await findHost(trx, caller.tenant.id, `ext:${given.externalId}`)) !== undefined) {
        return refuse('conflict', { detail: 'A host with this externalId exists; PUT /v1/hosts/ext:ID changes it.' });
      }
      const refused = await screenHost(deps, trx, caller, given);
      if (refused !== null) return refused;
      const answer = await insertHostWithSchedule(deps, trx, caller, given, schedule.value);
      await deps.remember(trx, 201, answer);
      return succeed(answer);
    }),
  );
}

/** The host a caller may see: any with a secret key, the token's own for people in a room. */
export async function readHost(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<Host>> {
  const row = await findHost(deps.db, caller.tenant.id, id);
  if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
  return succeed(await present(deps.db, row));
}

export async function readHosts(
  deps: Deps,
  caller: TenantCaller,
  query: { cursor?: string; limit?: number },
): Promise<Outcome<Page<Host>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listHosts(deps.db, caller.tenant.id, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  const shown = new Map(await Promise.all(rows.map(async (row) => [row.host_id, await present(deps.db, row)] as const)));
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.host_id],
      (row) => shown.get(row.host_id) as Host,
    ),
  );
}

/** RFC 7396; `seen` is the version the caller changes (`If-Match`). A host in a room changes only what is the host's own; the external id belongs to the marketplace. */
export async function changeHost(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  patch: Record<string, unknown>,
  seen?: string,
): Promise<Outcome<Host>> {
  return retryWhenTaken(() =>
    deps.db.transaction().execute(async (trx) => {
      const row = await lockHost(trx, caller.tenant.id, id);
      if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
      if (isChangedSince(seen, row.updated_at)) return refuse('conflict', CHANGED_SINCE);
      if (caller.kind !== 'secret' && patch['externalId'] !== undefined)
        return refuse('forbidden', { detail: 'Only a secret key changes externalId.' });
      const merged = mergePatch(withoutNulls({ ...settingsOf(row) }), patch);
      const issues = findIssues(HostSettings, merged);
      if (issues !== null) return refuse('validation_failed', { issues });
      return saveHost(deps, trx, caller, row, merged as HostCreate);
    }),
  );
}

/** PUT: makes the host or replaces its settings. The schedule of an existing host stays as it is. */
export async function putHost(
  deps: Deps,
  caller: TenantCaller,
  id: string,
  given: HostCreate,
): Promise<Outcome<{ host: Host; made: boolean }>> {
  const externalId = id.startsWith('ext:') ? id.slice('ext:'.length) : null;
  if (externalId !== null && given.externalId != null && given.externalId !== externalId)
    return refuseField('externalId', 'must be the one in the address, or left out');
  if (externalId === '') return refuse('not_found');
  const schedule = firstSchedule(given);
  if (!schedule.ok) return schedule;
  return retryWhenTaken(() =>
    deps.db.transaction().execute(async (trx) => {
      const row = await lockHost(trx, caller.tenant.id, id);
      if (row !== undefined) {
        const { schedule: _schedule, ...settings } = given;
        const saved = await saveHost(deps, trx, caller, row, {
          ...settings,
          externalId: externalId ?? given.externalId ?? row.external_id,
        });
        return saved.ok ? succeed({ host: saved.value, made: false }) : saved;
      }
      if (externalId === null) return refuse('not_found');
      const refused = await screenHost(deps, trx, caller, given);
      if (refused !== null) return refused;
      return succeed({ host: await insertHostWithSchedule(deps, trx, caller, { ...given, externalId }, schedule.value), made: true });
    }),
  );
}

/** Deletes a host nothing refers to; one with event types or bookings is a `conflict`. The logins of the host's calendars end with it. */
export async function removeHost(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<null>> {
  return deps.db.transaction().execute(async (trx) => {
    const row = await lockHost(trx, caller.tenant.id, id);
    if (row === undefined) return refuse('not_found');
    if (await isHostUsed(trx, caller.tenant.id, row.host_id))
      return refuse('conflict', { detail: 'The host has event types or bookings.' });
    await endConnections(deps, trx, caller.tenant.id, { hostId: row.host_id }, 'byWorker');
    await deleteHost(trx, caller.tenant.id, row.host_id);
    return succeed(null);
  });
}

/** A room token opens one host; other hosts do not exist for it. */
export function mayTouchHost(caller: TenantCaller, hostId: string): boolean {
  switch (caller.kind) {
    case 'secret':
    case 'publishable':
      return true;
    case 'room':
      return caller.person.hostId === hostId;
    case 'manage':
      return caller.hostId === hostId;
    default:
      return caller satisfies never;
  }
}

function firstSchedule(given: HostCreate): Outcome<KeptSchedule & { name: string }> {
  const { name, ...rules } = given.schedule ?? { weeklyHours: OFFICE_HOURS };
  const read = readSchedule({ ...rules, timeZone: rules.timeZone ?? given.timeZone }, 'schedule.');
  return read.ok ? succeed({ name: name ?? 'Weekly hours', ...read.value }) : read;
}

async function insertHostWithSchedule(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  given: HostCreate,
  schedule: KeptSchedule & { name: string },
): Promise<Host> {
  const { clock, ids } = deps;
  const tenantId = caller.tenant.id;
  const now = new Date(clock.nowMs());
  const facts = {
    externalId: given.externalId ?? null,
    name: given.name,
    email: given.email ?? null,
    phone: given.phone ?? null,
    timeZone: given.timeZone,
    locale: given.locale ?? null,
  };
  const row: HostTable = {
    tenant_id: tenantId,
    host_id: ids.next('host'),
    person_id: await keepPerson(trx, tenantId, ids.next('per'), facts, now),
    ...columnsOf(caller, given),
    created_at: now,
    updated_at: now,
  };
  await insertHost(trx, row);
  const { name, timeZone, ...rules } = schedule;
  const schedule_id = ids.next('sch');
  await insertSchedule(trx, {
    tenant_id: tenantId,
    schedule_id,
    host_id: row.host_id,
    name,
    time_zone: timeZone,
    rules,
    created_at: now,
    updated_at: now,
  });
  return { ...presentRow(row), defaultScheduleId: schedule_id };
}

async function saveHost(deps: Deps, trx: Trx, caller: TenantCaller, row: HostRow, settings: HostCreate): Promise<Outcome<Host>> {
  const refused = await screenHost(deps, trx, caller, settings, row);
  if (refused !== null) return refused;
  const columns = columnsOf(caller, settings);
  if (columns.external_id !== null && columns.external_id !== row.external_id) {
    const other = await findHost(trx, caller.tenant.id, `ext:${columns.external_id}`);
    if (other !== undefined) return refuse('conflict', { detail: 'Another host has this externalId.' });
  }
  const changed = { ...row, ...columns, updated_at: new Date(deps.clock.nowMs()) };
  await updateHost(trx, caller.tenant.id, row.host_id, { ...columns, updated_at: changed.updated_at });
  return succeed(await present(trx, changed));
}

/** A text that stood before is blanked where it is read, and does not stand in the way of other changes. */
function screenHost(deps: Deps, trx: Trx, caller: TenantCaller, given: HostCreate, before?: HostRow): Promise<Refusal | null> {
  const fields = {
    name: given.name.trim() === before?.name ? null : given.name,
    description: given.description === before?.description ? null : given.description,
  };
  return screenFields(deps, trx, caller, fields, stageOfStandingText(caller));
}

function columnsOf(caller: TenantCaller, given: HostCreate) {
  return {
    external_id: given.externalId ?? null,
    name: given.name.trim(),
    email: given.email ?? null,
    phone: given.phone ?? null,
    description: given.description ?? null,
    time_zone: canonicaliseTimeZone(given.timeZone) ?? given.timeZone,
    locale: given.locale ?? caller.tenant.settings.locale,
    max_meetings_per_day: given.maxMeetingsPerDay ?? null,
  };
}

function settingsOf(row: HostRow): HostCreate {
  return {
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    description: row.description,
    timeZone: row.time_zone,
    locale: row.locale,
    maxMeetingsPerDay: row.max_meetings_per_day,
  };
}

async function present(db: Db, row: HostRow): Promise<Host> {
  const schedule = await findDefaultSchedule(db, row.tenant_id, row.host_id);
  return { ...presentRow(row), defaultScheduleId: schedule?.schedule_id ?? null };
}

function presentRow(row: HostTable): Omit<Host, 'defaultScheduleId'> {
  return {
    id: row.host_id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    description: row.description,
    timeZone: row.time_zone,
    locale: row.locale,
    maxMeetingsPerDay: row.max_meetings_per_day,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
