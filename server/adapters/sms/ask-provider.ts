import type { ProviderFetch, SmsOutcome } from './sms-sender.ts';

export interface ProviderAnswer {
  readonly status: number;
  /** `null` when the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

const MAX_ANSWER = 100_000;

/** Posts to a provider and reads its JSON answer; redirects are not followed. A network failure or time-out gives an outcome for now. */
export async function askProvider(
  fetch: ProviderFetch,
  request: { url: string; headers: Record<string, string>; body: string; timeoutMs: number },
): Promise<ProviderAnswer | SmsOutcome> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    return { status: response.status, body: parseObject(await response.text()) };
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause;
    const name = typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.name : 'unknown';
    return { ok: false, permanent: false, optedOut: false, detail: `no answer: ${name}` };
  }
}

/** Whether an HTTP status blames the message rather than the settings, the moment or the service. */
export function blamesMessage(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 407, 408, 425, 429].includes(status);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  if (text.length > MAX_ANSWER) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
