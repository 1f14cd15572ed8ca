import { readGatewayInbound, type GatewayInbound } from './read-gateway-inbound.ts';
import { readTwilioInbound, type TwilioInbound, writeTwilioReply } from './read-twilio-inbound.ts';
import type { InboundSmsOutcome } from './sms-sender.ts';

/** Reads what people answer, as each provider hands it over; null where that provider is not set. */
export interface InboundReaders {
  readonly twilio: {
    read(handed: Omit<TwilioInbound, 'authToken'>): InboundSmsOutcome;
    /** The body of our answer: a reply to the person, or none. */
    write(reply: string | null): string;
  } | null;
  readonly gateway: { read(handed: Omit<GatewayInbound, 'token'>): InboundSmsOutcome } | null;
}

export function createInboundReaders(tokens: { readonly twilio: string | null; readonly gateway: string | null }): InboundReaders {
  const { twilio, gateway } = tokens;
  return {
    twilio: twilio === null ? null : { read: (handed) => readTwilioInbound({ ...handed, authToken: twilio }), write: writeTwilioReply },
    gateway: gateway === null ? null : { read: (handed) => readGatewayInbound({ ...handed, token: gateway }) },
  };
}
