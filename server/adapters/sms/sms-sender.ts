/** One text message to one number that has agreed to it; asking for the agreement is the caller's business. */
export interface SmsMessage {
  /** The same for every attempt, for gateways that drop repetitions. */
  readonly id: string;
  /** E.164, `+14155550123`. */
  readonly to: string;
  readonly text: string;
}

/**
 * `permanent`: this message will never get through; everything else, a wrong password included, may work later. `optedOut`: the carrier
 * says this number wants no more, so the consent has ended. `detail` names no number and no text.
 */
export type SmsOutcome =
  | { readonly ok: true; readonly providerId: string | null }
  | { readonly ok: false; readonly permanent: boolean; readonly optedOut: boolean; readonly detail: string };

/** The way SMS leave the house. Sending never throws for anything the other end does. */
export interface SmsSender {
  send(message: SmsMessage): Promise<SmsOutcome>;
}

/** What a person wrote to us. */
export interface InboundSms {
  /** The provider's id of the message: the same when it is handed over twice. */
  readonly providerId: string;
  readonly from: string;
  readonly text: string;
  /** The carrier has answered STOP, START or HELP already; a second answer would be one too many. */
  readonly answered: boolean;
}

export type InboundSmsOutcome =
  { readonly ok: true; readonly sms: InboundSms } | { readonly ok: false; readonly reason: 'bad_signature' | 'malformed' };

/** The part of `fetch` that SMS providers are asked through. */
export type ProviderFetch = (url: string, init: RequestInit) => Promise<Response>;
