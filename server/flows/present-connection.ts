import type { Connection } from '../../shared/contract/connection.ts';
import type { ConnectionCalendarRow, ConnectionRow } from '../adapters/db/connections.ts';

/** A connection as its host and tenant see it: what opens the account is never part of it. */
export function presentConnection(row: ConnectionRow, calendars: readonly ConnectionCalendarRow[]): Connection {
  return {
    id: row.connection_id,
    hostId: row.host_id,
    provider: row.provider,
    account: row.account,
    access: row.access,
    status: row.status,
    failingSince: row.failing_since?.toISOString() ?? null,
    detail: row.failure_detail,
    checkedAt: row.checked_at?.toISOString() ?? null,
    calendars: calendars
      .filter((calendar) => calendar.connection_id === row.connection_id)
      .map(({ calendar_id, name, is_primary, writable, blocks, is_own }) => {
        return { id: calendar_id, name, primary: is_primary, own: is_own, writable, blocks };
      }),
    writeCalendarId: row.write_calendar_id,
    failureMode: row.failure_mode,
    treatAsBusy: row.treat_as_busy,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
