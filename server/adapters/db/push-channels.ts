import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { PushChannel } from '../calendars/contract.ts';
import type { Db, PushChannelTable } from './schema.ts';

/** A channel with the hash of the token its messages must carry. */
export interface KeptChannel extends PushChannel {
  readonly tokenHash: Buffer;
  readonly renewAtMs: number;
}

export async function listChannels(db: Db, tenantId: string, connectionId: string): Promise<KeptChannel[]> {
  const rows = await db
    .selectFrom('push_channels')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .orderBy('calendar_id')
    .execute();
  return rows.map(toChannel);
}

export async function saveChannel(db: Db, tenantId: string, connectionId: string, channel: KeptChannel): Promise<void> {
  const row = {
    tenant_id: tenantId,
    connection_id: connectionId,
    calendar_id: channel.calendarId,
    channel_id: channel.channelId,
    resource_id: channel.resourceId,
    token_hash: channel.tokenHash,
    expires_at: new Date(channel.expiresAtMs),
    renew_at: new Date(channel.renewAtMs),
  };
  await db
    .insertInto('push_channels')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'calendar_id']).doUpdateSet(row))
    .execute();
}

export async function renewChannelAt(db: Db, tenantId: string, connectionId: string, calendarId: string, at: Date): Promise<void> {
  await db
    .updateTable('push_channels')
    .set({ renew_at: at })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('calendar_id', '=', calendarId)
    .execute();
}

export async function deleteChannel(db: Db, tenantId: string, connectionId: string, calendarId: string): Promise<void> {
  await db
    .deleteFrom('push_channels')
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('calendar_id', '=', calendarId)
    .execute();
}

/** A calendar whose channel is to be made or renewed; one that has none yet is named by an empty id, which no message matches. */
export interface UnwatchedCalendar {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly channel: KeptChannel;
}

/** Takes calendars of these providers that block or receive bookings and have no channel that holds, of every tenant; they come due again when the lease ends. */
export async function takeUnwatched(
  db: Db,
  providers: readonly string[],
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<UnwatchedCalendar[]> {
  const { rows } = await sql<Selectable<PushChannelTable>>`
    INSERT INTO push_channels (tenant_id, connection_id, calendar_id, channel_id, resource_id, token_hash, expires_at, renew_at)
    SELECT k.tenant_id, k.connection_id, k.calendar_id, '', '', '', ${now}, ${new Date(now.getTime() + leaseMs)}
    FROM connections c
    JOIN connection_calendars k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id AND (k.blocks OR k.calendar_id = c.write_calendar_id)
    LEFT JOIN push_channels p ON p.tenant_id = k.tenant_id AND p.connection_id = k.connection_id AND p.calendar_id = k.calendar_id
    WHERE c.status = 'ok' AND c.provider = ANY(${[...providers]}::text[]) AND (p.renew_at IS NULL OR p.renew_at <= ${now})
    ORDER BY p.renew_at NULLS FIRST LIMIT ${limit}
    ON CONFLICT (tenant_id, connection_id, calendar_id) DO UPDATE SET renew_at = excluded.renew_at WHERE push_channels.renew_at <= ${now}
    RETURNING push_channels.*`.execute(db);
  return rows.map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id, channel: toChannel(row) }));
}

/** Calendars without a channel are asked for one again now: the login may grant more than before. */
export async function wantChannelsNow(db: Db, tenantId: string, connectionId: string, now: Date): Promise<void> {
  await db
    .updateTable('push_channels')
    .set({ renew_at: now })
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('channel_id', '=', '')
    .execute();
}

function toChannel(row: Selectable<PushChannelTable>): KeptChannel {
  return {
    calendarId: row.calendar_id,
    channelId: row.channel_id,
    resourceId: row.resource_id,
    tokenHash: row.token_hash,
    expiresAtMs: row.expires_at.getTime(),
    renewAtMs: row.renew_at.getTime(),
  };
}
