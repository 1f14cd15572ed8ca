import type { CallOptions, CallOutcome } from '../contract.ts';
import { unavailable } from '../failures.ts';

export interface JsonRequest extends CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `json` is null for an empty body. */
export interface JsonAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly header: (name: string) => string | null;
}

/** One request to a provider, answer included. Longer is down, for a calendar. */
export const PROVIDER_TIMEOUT_MS = 10_000;

/**
 * Asks a service the operator configured, whatever the status of its answer. A service that cannot be reached, is too slow, or answers with a success
 * that is no JSON (a proxy's HTML page) is `unavailable`.
 */
export async function requestJson(who: string, url: string, { signal, ...request }: JsonRequest): Promise<CallOutcome<JsonAnswer>> {
  const deadline = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      ...request,
      redirect: 'error',
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    const text = await response.text();
    const json = text === '' ? null : parseJson(text);
    if (json === undefined && response.ok) return unavailable(`${who} gave an answer that is no JSON`);
    return { ok: true, value: { status: response.status, json, header: (name) => response.headers.get(name) } };
  } catch {
    return unavailable(deadline.aborted || signal?.aborted === true ? `${who} did not answer in time` : `${who} could not be reached`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function textField(json: unknown, name: string): string | null {
  const value = field(json, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A field of an object, undefined for anything that is none. */
export function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}
