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

export interface UnwatchedCalendar {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly calendarId: string;
}

/** Blocking calendars of these providers without a channel that holds, of every tenant. */
export async function findUnwatched(db: Db, providers: readonly string[], now: Date, limit: number): Promise<UnwatchedCalendar[]> {
  const { rows } = await sql<{ tenant_id: string; connection_id: string; calendar_id: string }>`
    SELECT k.tenant_id, k.connection_id, k.calendar_id
    FROM connections c
    JOIN connection_calendars k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id AND k.blocks
    LEFT JOIN push_channels p ON p.tenant_id = k.tenant_id AND p.connection_id = k.connection_id AND p.calendar_id = k.calendar_id
    WHERE c.status = 'ok' AND c.provider = ANY(${[...providers]}::text[]) AND (p.renew_at IS NULL OR p.renew_at <= ${now})
    ORDER BY p.renew_at NULLS FIRST LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id, calendarId: row.calendar_id }));
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
