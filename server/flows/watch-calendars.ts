import { randomUUID } from 'node:crypto';
import type { CallOutcome, PushChannel } from '../adapters/calendars/contract.ts';
import { sha256 } from '../adapters/crypto.ts';
import { findConnection } from '../adapters/db/connections.ts';
import { findUnwatched, type KeptChannel, listChannels, saveChannel, type UnwatchedCalendar } from '../adapters/db/push-channels.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';

const HOUR_MS = 3_600_000;
const CALL_MS = 10_000;
/** Of what is left of a channel's life when it is renewed. */
const RENEWED_BEFORE_MS = 12 * HOUR_MS;

/**
 * Makes and renews the channels by which providers tell us of changes. They only make us read sooner: reading goes on by the clock, with channels or without.
 * Providers send to https addresses, so a server without one has none.
 */
export async function watchCalendars(deps: Deps, limit: number): Promise<void> {
  if (!deps.publicUrl.startsWith('https://')) return;
  const providers = [...deps.calendars.values()].filter(({ push }) => push !== null).map(({ name }) => name);
  if (providers.length === 0) return;
  for (const one of await findUnwatched(deps.db, providers, new Date(deps.clock.nowMs()), limit)) await watchOne(deps, one);
}

async function watchOne(deps: Deps, { tenantId, connectionId, calendarId }: UnwatchedCalendar): Promise<void> {
  const { db, clock, ids, luck } = deps;
  const row = await findConnection(db, tenantId, connectionId);
  if (row === undefined) return;
  const known = (await listChannels(db, tenantId, connectionId)).find((channel) => channel.calendarId === calendarId);
  const token = ids.secret(24);
  const address = `${deps.publicUrl}/v1/calendar-messages/${row.provider}/${tenantId}/${connectionId}`;
  const request = { calendarId, channelId: randomUUID(), token, address };
  const call = { signal: AbortSignal.timeout(CALL_MS) };
  const lives = known !== undefined && known.channelId !== '' && known.expiresAtMs > clock.nowMs();
  const answer = await callConnection(deps, row, async (provider, credentials): Promise<CallOutcome<PushChannel & { kept: boolean }>> => {
    if (provider.push === null) return { ok: false, reason: 'refused', detail: 'no channels' };
    const renewed = lives ? await provider.push.renew(credentials, known, request, call) : null;
    // Where renewing keeps the channel, its token stays too; a channel with another id carries the new one.
    if (renewed?.ok === true) return { ok: true, value: { ...renewed.value, kept: renewed.value.channelId === known?.channelId } };
    const made = await provider.push.watch(credentials, request, call);
    return made.ok ? { ok: true, value: { ...made.value, kept: false } } : made;
  });
  const nowMs = clock.nowMs();
  const channel: KeptChannel = answer.ok
    ? {
        ...answer.value,
        tokenHash: answer.value.kept && known !== undefined ? known.tokenHash : sha256(token),
        renewAtMs: Math.max(nowMs + HOUR_MS, answer.value.expiresAtMs - RENEWED_BEFORE_MS * (1 + luck())),
      }
    : // Kept so that the next attempt is not at once; nothing matches it.
      {
        ...(known ?? { channelId: '', resourceId: '', expiresAtMs: nowMs }),
        calendarId,
        tokenHash: known?.tokenHash ?? sha256(token),
        renewAtMs: nowMs + HOUR_MS,
      };
  await saveChannel(db, tenantId, connectionId, channel);
}
