import type { ConnectionRow } from '../adapters/db/connections.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { findHost } from '../adapters/db/hosts.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { announceToPerson } from './announce-to-person.ts';
import type { Deps } from './deps.ts';

const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  google: 'Google Calendar',
  microsoft: 'Outlook',
  caldav: 'CalDAV',
  ics: 'Calendar feed',
  simulated: 'Simulated calendar',
};

/** Tells the tenant's endpoints that a calendar cannot be read, or can again; and the host, by mail, that a login has ended. */
export async function tellOfHealth(
  deps: Deps,
  trx: Trx,
  row: Pick<ConnectionRow, 'tenant_id' | 'connection_id' | 'host_id' | 'provider' | 'account' | 'failure' | 'failure_detail'>,
  what: 'error' | 'recovered' | 'disconnected',
): Promise<void> {
  const { tenant_id: tenantId, connection_id: connectionId, host_id: hostId, provider } = row;
  if (what === 'disconnected') {
    const host = await findHost(trx, tenantId, hostId);
    const data = { connectionId, calendarName: `${PROVIDER_NAMES[provider] ?? provider} (${row.account})` };
    return announceToPerson(deps, trx, {
      tenantId,
      kind: 'calendarDisconnected',
      party: 'host',
      personId: host?.person_id ?? null,
      hostId,
      data,
    });
  }
  const data = { connectionId, hostId, provider, ...(what === 'error' && { failure: row.failure, detail: row.failure_detail }) };
  const event = { tenant_id: tenantId, event_id: deps.ids.next('ev'), data, at: new Date(deps.clock.nowMs()) };
  await recordEvent(trx, { ...event, type: what === 'error' ? 'calendar.error' : 'calendar.recovered' });
}
