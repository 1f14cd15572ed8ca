import { timingSafeEqual } from 'node:crypto';
import type { ChannelMessage, IncomingPush, ProviderName } from '../adapters/calendars/contract.ts';
import { sha256 } from '../adapters/crypto.ts';
import { expireCopy } from '../adapters/db/busy.ts';
import { deleteChannel, type KeptChannel, listChannels, renewChannelAt } from '../adapters/db/push-channels.ts';
import type { Deps } from './deps.ts';

export interface PushedTo {
  readonly provider: string;
  readonly tenantId: string;
  readonly connectionId: string;
}

/**
 * What a provider says to the address of a channel: that a calendar has changed, or that the channel ends. A message without the channel's token is
 * passed over, and the answer does not say so. Answers the text to give back, for the handshake.
 */
export async function receivePush(deps: Deps, to: PushedTo, incoming: IncomingPush): Promise<string | null> {
  const push = deps.calendars.get(to.provider as ProviderName)?.push ?? null;
  const said = push?.readMessage(incoming);
  if (said?.kind === 'validation') return said.answer;
  if (said?.kind !== 'messages') return null;
  const channels = await listChannels(deps.db, to.tenantId, to.connectionId);
  for (const message of said.messages) {
    const channel = channels.find((one) => isFrom(one, message));
    if (channel !== undefined) await heed(deps, to, channel, message);
  }
  return null;
}

function isFrom({ channelId, resourceId, tokenHash }: KeptChannel, message: ChannelMessage): boolean {
  if (message.channelId === '' || (message.channelId !== channelId && message.channelId !== resourceId)) return false;
  return timingSafeEqual(tokenHash, sha256(message.token));
}

async function heed({ db, clock }: Deps, to: PushedTo, { calendarId }: KeptChannel, { kind }: ChannelMessage): Promise<void> {
  const { tenantId, connectionId } = to;
  const now = new Date(clock.nowMs());
  if (kind === 'renew') return renewChannelAt(db, tenantId, connectionId, calendarId, now);
  if (kind === 'lost') await deleteChannel(db, tenantId, connectionId, calendarId);
  await expireCopy(db, tenantId, connectionId, now);
}
