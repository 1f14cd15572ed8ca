import { type Selectable, sql } from 'kysely';
import type { PushChannel } from '../calendars/contract.ts';
import type { Db, LoginToEndTable, Trx } from './schema.ts';

export type LoginToEnd = Selectable<LoginToEndTable>;

/** Which connections: one, or all of a host. */
export type WhichConnections = { readonly connectionId: string } | { readonly hostId: string };

/**
 * Deletes connections with everything that was read, and keeps of those whose provider has to be told what that takes. Answers these, due at `dueAt`.
 */
export async function moveToLoginsToEnd(
  trx: Trx,
  tenantId: string,
  which: WhichConnections,
  { providers, now, dueAt }: { readonly providers: readonly string[]; readonly now: Date; readonly dueAt: Date },
): Promise<LoginToEnd[]> {
  const condition = 'hostId' in which ? sql`c.host_id = ${which.hostId}` : sql`c.connection_id = ${which.connectionId}`;
  const { rows } = await sql<LoginToEnd>`
    INSERT INTO logins_to_end (tenant_id, connection_id, provider, account, credentials, channels, next_at, created_at)
    SELECT c.tenant_id, c.connection_id, c.provider, c.account, c.credentials, coalesce((
      SELECT jsonb_agg(jsonb_build_object('channelId', p.channel_id, 'resourceId', p.resource_id, 'calendarId', p.calendar_id,
        'expiresAtMs', (extract(epoch FROM p.expires_at) * 1000)::bigint))
      FROM push_channels p WHERE p.tenant_id = c.tenant_id AND p.connection_id = c.connection_id AND p.channel_id <> ''
    ), '[]'), ${dueAt}, ${now}
    FROM connections c WHERE c.tenant_id = ${tenantId} AND ${condition} AND c.provider = ANY(${[...providers]}::text[])
    RETURNING *`.execute(trx);
  await sql`
    WITH gone AS (DELETE FROM connections c WHERE c.tenant_id = ${tenantId} AND ${condition} RETURNING c.connection_id)
    DELETE FROM simulated_calendars s USING gone WHERE s.tenant_id = ${tenantId} AND s.connection_id = gone.connection_id`.execute(trx);
  return rows;
}

/** Takes what is due and counts the attempt; it comes due again when the lease ends. Of every tenant. */
export async function takeLoginsToEnd(
  db: Db,
  { now, leaseMs, limit }: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<LoginToEnd[]> {
  const { rows } = await sql<LoginToEnd>`
    UPDATE logins_to_end l SET attempts = l.attempts + 1, next_at = ${new Date(now.getTime() + leaseMs)}
    FROM (
      SELECT tenant_id, connection_id FROM logins_to_end WHERE next_at <= ${now} ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) due
    WHERE l.tenant_id = due.tenant_id AND l.connection_id = due.connection_id
    RETURNING l.*`.execute(db);
  return rows;
}

/** Nothing opens the account any more, here. */
export async function dropLoginToEnd(db: Db, { tenant_id, connection_id }: LoginToEnd): Promise<void> {
  await db.deleteFrom('logins_to_end').where('tenant_id', '=', tenant_id).where('connection_id', '=', connection_id).execute();
}

export async function keepLoginToEnd(
  db: Db,
  { tenant_id, connection_id }: LoginToEnd,
  change: { readonly credentials?: Buffer; readonly channels?: readonly PushChannel[]; readonly next_at?: Date },
): Promise<void> {
  const { channels, ...rest } = change;
  await db
    .updateTable('logins_to_end')
    .set({ ...rest, ...(channels && { channels: JSON.stringify(channels) as never }) })
    .where('tenant_id', '=', tenant_id)
    .where('connection_id', '=', connection_id)
    .execute();
}

/** Whether somebody has this account connected, in whichever tenant: providers end the login of an account as a whole. */
export async function isAccountConnected(db: Db, provider: string, account: string): Promise<boolean> {
  const row = await db
    .selectFrom('connections')
    .select('connection_id')
    .where('provider', '=', provider as 'google')
    .where('account', '=', account)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
