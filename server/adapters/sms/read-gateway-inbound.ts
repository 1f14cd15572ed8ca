import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { InboundSmsOutcome } from './sms-sender.ts';

export interface GatewayInbound {
  /** `SMS_GATEWAY_TOKEN`, as raw bytes the key of the signature. */
  readonly token: string;
  /** Headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`. */
  readonly headers: { readonly id: string | undefined; readonly timestamp: string | undefined; readonly signature: string | undefined };
  /** The body as it came, before parsing. */
  readonly body: string;
  readonly nowMs: number;
}

const TOLERANCE_MS = 300_000;

/** What a person sent us through a gateway: `{ "id", "from", "text" }`, signed by Standard Webhooks, at most five minutes old. */
export function readGatewayInbound({ token, headers, body, nowMs }: GatewayInbound): InboundSmsOutcome {
  if (!isSigned(token, headers, body, nowMs)) return { ok: false, reason: 'bad_signature' };
  const sms = parse(body);
  return sms === null ? { ok: false, reason: 'malformed' } : { ok: true, sms };
}

/** The library's own `verify` reads the system clock, so its `sign` is compared instead. */
function isSigned(token: string, { id, timestamp, signature }: GatewayInbound['headers'], body: string, nowMs: number): boolean {
  if (id === undefined || signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  const sentAtMs = Number(timestamp) * 1000;
  if (Math.abs(nowMs - sentAtMs) > TOLERANCE_MS) return false;
  const expected = Buffer.from(new Webhook(token, { format: 'raw' }).sign(id, new Date(sentAtMs), body));
  return signature.split(' ').some((candidate) => {
    const given = Buffer.from(candidate);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parse(body: string): { providerId: string; from: string; text: string; answered: boolean } | null {
  try {
    const value = JSON.parse(body) as { id?: unknown; from?: unknown; text?: unknown; answered?: unknown } | null;
    if (typeof value?.id !== 'string' || typeof value.from !== 'string' || typeof value.text !== 'string') return null;
    return { providerId: value.id, from: value.from, text: value.text, answered: value.answered === true };
  } catch {
    return null;
  }
}
