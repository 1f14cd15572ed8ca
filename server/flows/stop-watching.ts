import { listConnectionCalendars, type ConnectionRow } from '../adapters/db/connections.ts';
import { deleteChannel, listChannels } from '../adapters/db/push-channels.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';

const CALL_MS = 5000;

/** Stops the channels of calendars that neither block nor receive bookings any more. A channel that cannot be stopped runs out by itself; what it says is passed over. */
export async function stopWatching(deps: Deps, row: ConnectionRow): Promise<void> {
  const { db } = deps;
  const { tenant_id: tenantId, connection_id: connectionId } = row;
  const calendars = await listConnectionCalendars(db, tenantId, [connectionId]);
  const counts = (id: string) => id === row.write_calendar_id || calendars.some((one) => one.calendar_id === id && one.blocks);
  for (const channel of await listChannels(db, tenantId, connectionId)) {
    if (counts(channel.calendarId)) continue;
    await deleteChannel(db, tenantId, connectionId, channel.calendarId);
    if (channel.channelId === '') continue;
    const signal = AbortSignal.timeout(CALL_MS);
    const stop = callConnection(
      deps,
      row,
      async (provider, credentials) => (await provider.push?.stop(credentials, channel, { signal })) ?? { ok: true, value: null },
      signal,
    );
    await stop.catch(() => null);
  }
}
