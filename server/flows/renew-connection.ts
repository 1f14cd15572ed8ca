import type { ConnectionAccess } from '../../shared/contract/connection.ts';
import type { Credentials } from '../adapters/calendars/contract.ts';
import { type ConnectionRow, listConnectionCalendars, updateConnection } from '../adapters/db/connections.ts';
import { wantChannelsNow } from '../adapters/db/push-channels.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { wantEventsOfHost } from '../adapters/db/written-events.ts';
import { sealCredentials } from './call-connection.ts';
import type { Deps } from './deps.ts';

/** Gives a connection a new login to the same account, and with it new life where the old one was dead. What the host has chosen stays. */
export async function renewConnection(
  deps: Deps,
  trx: Trx,
  row: ConnectionRow,
  { credentials, access }: { readonly credentials: Credentials; readonly access: ConnectionAccess },
): Promise<void> {
  const { tenant_id: tenantId, connection_id: id, host_id: hostId } = row;
  const now = new Date(deps.clock.nowMs());
  const calendars = await listConnectionCalendars(trx, tenantId, [id]);
  const isOwn = calendars.some((one) => one.is_own && one.calendar_id === row.write_calendar_id);
  await updateConnection(trx, tenantId, id, {
    credentials: sealCredentials(deps, tenantId, id, credentials),
    access,
    ...((access === 'busy' || (access === 'writeOwnCalendar' && !isOwn)) && { write_calendar_id: null }),
    follow_at: now,
    // A reading succeeds before it counts as well again.
    ...(row.status === 'disconnected' && { status: 'failing' }),
    next_at: now,
    updated_at: now,
  });
  // What could not be written while the login was dead is written now; and it may grant more than before.
  await wantEventsOfHost(trx, tenantId, hostId, now);
  await wantChannelsNow(trx, tenantId, id, now);
}
