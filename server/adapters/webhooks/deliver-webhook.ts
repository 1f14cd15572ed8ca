import { signWebhook } from './sign-webhook.ts';

/** The part of a guarded `fetch` that is needed. It refuses private addresses and never follows a redirect by itself. */
export type OutboundFetch = (
  url: string,
  init: {
    readonly method: 'POST';
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, 'status' | 'headers' | 'body'>>;

export interface WebhookSender {
  readonly fetch: OutboundFetch;
  /** For the whole exchange up to the receiver's status line. */
  readonly timeoutMs: number;
}

export interface WebhookDelivery {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly nowMs: number;
  readonly secrets: readonly string[];
}

/** `status` is `null` when no answer came; `detail` then says why, in a word that names nothing of our network. */
export interface DeliveryAnswer {
  readonly status: number | null;
  readonly detail: string;
  readonly retryAfterMs: number | null;
}

/**
 * One attempt at one delivery. Never throws for what the receiver does. The answer's body is not read: what a receiver writes there is
 * no business of ours, and a slow one would hold the worker.
 */
export async function deliverWebhook({ fetch, timeoutMs }: WebhookSender, delivery: WebhookDelivery): Promise<DeliveryAnswer> {
  const { url, body, nowMs } = delivery;
  const headers = { ...signWebhook(delivery), 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Parley-Webhooks/1' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    // A receiver may break the line right after its status; that is as good as an answer.
    void response.body?.cancel().catch(() => undefined);
    return {
      status: response.status,
      detail: `http ${response.status}`,
      retryAfterMs: retryAfter(response.headers.get('retry-after'), nowMs),
    };
  } catch (error) {
    return { status: null, detail: reasonOf(error), retryAfterMs: null };
  }
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3); a past or unreadable one is none. */
function retryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return ms > 0 ? ms : null;
}

function reasonOf(error: unknown): string {
  const { reason, name, code, cause } = error as { reason?: unknown; name?: unknown; code?: unknown; cause?: { code?: unknown } };
  return (
    [reason, cause?.code, code, name].find((word): word is string => typeof word === 'string' && /^[A-Za-z_]{1,60}$/.test(word)) ?? 'failed'
  );
}
