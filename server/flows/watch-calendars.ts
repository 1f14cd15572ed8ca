import { randomUUID } from 'node:crypto';
import type { CallFailure, CallOutcome, PushChannel, PushChannels, PushRequest } from '../adapters/calendars/contract.ts';
import { sha256 } from '../adapters/crypto.ts';
import { findConnection } from '../adapters/db/connections.ts';
import { type KeptChannel, saveChannel, takeUnwatched, type UnwatchedCalendar } from '../adapters/db/push-channels.ts';
import { callConnection } from './call-connection.ts';
import type { Deps } from './deps.ts';

const HOUR_MS = 3_600_000;
const CALL_MS = 10_000;
/** Longer than making a channel may take, renewing the login included. */
const LEASE_MS = 120_000;
/** Of what is left of a channel's life when it is renewed. */
const RENEWED_BEFORE_MS = 12 * HOUR_MS;
/** A right that is missing is not there an hour later either; connecting again asks at once. */
const REFUSED_FOR_MS = 24 * HOUR_MS;

/**
 * Makes and renews the channels by which providers tell us of changes. They only make us read sooner: reading goes on by the clock, with channels or without.
 * Providers send to https addresses, so a server without one has none. Several workers may do so: each calendar is leased.
 */
export async function watchCalendars(deps: Deps, limit: number): Promise<void> {
  if (!deps.publicUrl.startsWith('https://')) return;
  const providers = [...deps.calendars.values()].filter(({ push }) => push !== null).map(({ name }) => name);
  if (providers.length === 0) return;
  const taking = { now: new Date(deps.clock.nowMs()), leaseMs: LEASE_MS, limit };
  for (const one of await takeUnwatched(deps.db, providers, taking)) await watchOne(deps, one);
}

async function watchOne(deps: Deps, { tenantId, connectionId, channel: known }: UnwatchedCalendar): Promise<void> {
  const { db, clock, ids } = deps;
  const row = await findConnection(db, tenantId, connectionId);
  if (row === undefined) return;
  const token = ids.secret(24);
  const address = `${deps.publicUrl}/v1/calendar-messages/${row.provider}/${tenantId}/${connectionId}`;
  const request = { calendarId: known.calendarId, channelId: randomUUID(), token, address };
  const signal = AbortSignal.timeout(CALL_MS);
  const lives = known.channelId !== '' && known.expiresAtMs > clock.nowMs();
  const answer = await callConnection(
    deps,
    row,
    async (provider, credentials): Promise<CallOutcome<PushChannel>> => {
      if (provider.push === null) return { ok: false, reason: 'refused', detail: 'no channels' };
      return lives ? renewed(provider.push, credentials, known, request, signal) : provider.push.watch(credentials, request, { signal });
    },
    signal,
  );
  await saveChannel(db, tenantId, connectionId, keptOf(deps, known, answer, token));
}

/** A channel the provider has lost is made anew; one that cannot be asked about is left alone. */
async function renewed(
  push: PushChannels,
  credentials: Parameters<PushChannels['renew']>[0],
  known: PushChannel,
  request: PushRequest,
  signal: AbortSignal,
): Promise<CallOutcome<PushChannel>> {
  const answer = await push.renew(credentials, known, request, { signal });
  const isLost = !answer.ok && (answer.reason === 'notFound' || answer.reason === 'gone');
  return isLost ? push.watch(credentials, request, { signal }) : answer;
}

function keptOf({ clock, luck }: Deps, known: KeptChannel, answer: CallOutcome<PushChannel>, token: string): KeptChannel {
  const nowMs = clock.nowMs();
  // What was there counts on; the next attempt is later, and not that of everybody at once.
  if (!answer.ok) return { ...known, renewAtMs: nowMs + waitMs(answer) * (1 + 0.1 * luck()) };
  const channel = answer.value;
  return {
    ...channel,
    // Where renewing keeps the channel, its token stays too; a channel with another id carries the new one.
    tokenHash: channel.channelId === known.channelId ? known.tokenHash : sha256(token),
    renewAtMs: Math.max(nowMs + HOUR_MS, channel.expiresAtMs - RENEWED_BEFORE_MS * (1 + luck())),
  };
}

function waitMs(failure: CallFailure): number {
  if (failure.reason === 'forbidden' || failure.reason === 'refused') return REFUSED_FOR_MS;
  return failure.reason === 'rateLimited' || failure.reason === 'unavailable' ? Math.max(HOUR_MS, failure.retryAfterMs ?? 0) : HOUR_MS;
}
