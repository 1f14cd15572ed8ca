import type { CallOutcome, OutsideCalendar } from '../adapters/calendars/contract.ts';
import { findConnection, listConnectionCalendars, saveConnectionCalendars } from '../adapters/db/connections.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { callConnection } from './call-connection.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';

const MAKE_MS = 10_000;

/**
 * Makes a calendar for the bookings in a connected account, named after the tenant, and answers its id. It does not block: what lies in it is ours. One we
 * have made is taken again, and so is one from an attempt whose answer was lost; never one the host had before, whatever it is called.
 */
export async function makeOwnCalendar(deps: Deps, caller: TenantCaller, connectionId: string): Promise<Outcome<string>> {
  const { db } = deps;
  const { id: tenantId, settings } = caller.tenant;
  const row = await findConnection(db, tenantId, connectionId);
  if (row === undefined || !mayTouchHost(caller, row.host_id)) return refuse('not_found');
  if (row.access === 'busy')
    return refuseField('writeCalendarId', 'needs the right to write: authorize again with access "writeOwnCalendar" first');
  const name = settings.brand.name ?? settings.name;
  const known = new Map((await listConnectionCalendars(db, tenantId, [connectionId])).map((one) => [one.calendar_id, one.is_own]));
  const signal = AbortSignal.timeout(MAKE_MS);
  const made = await callConnection(
    deps,
    row,
    async (provider, credentials): Promise<CallOutcome<OutsideCalendar>> => {
      if (provider.writing === null) return { ok: false, reason: 'refused', detail: 'this kind of calendar cannot be written to' };
      const listed = await provider.listCalendars(credentials, { signal });
      if (!listed.ok) return listed;
      const there =
        listed.value.find(({ id }) => known.get(id) === true) ??
        listed.value.find((calendar) => calendar.name === name && calendar.writable && !known.has(calendar.id));
      return there === undefined ? provider.writing.createCalendar(credentials, name, { signal }) : { ok: true, value: there };
    },
    signal,
  );
  if (!made.ok) {
    if (made.reason === 'refused' || made.reason === 'forbidden') return refuseField('writeCalendarId', `cannot be made: ${made.detail}`);
    return refuse('calendar_unavailable', { detail: `The calendar cannot be made now: ${made.detail}.` });
  }
  const { id: calendarId, primary } = made.value;
  await db.transaction().execute(async (trx) => {
    const own = { tenant_id: tenantId, connection_id: connectionId, calendar_id: calendarId, name: name.slice(0, 300) };
    const others = await listConnectionCalendars(trx, tenantId, [connectionId]);
    const rows = [
      ...others.filter((one) => one.calendar_id !== calendarId),
      { ...own, is_primary: primary, writable: true, blocks: false, is_own: true },
    ];
    await saveConnectionCalendars(trx, tenantId, connectionId, rows);
  });
  return succeed(calendarId);
}
