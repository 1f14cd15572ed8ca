import type { CallOptions, CallOutcome } from '../contract.ts';
import { failed, failureOfStatus, unavailable } from '../failures.ts';
import { field, requestJson, textField } from '../http/request-json.ts';

/** One opened account, for one call. */
export interface GraphCall extends CallOptions {
  /** With the version, without a slash at the end. */
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly nowMs: number;
}

export interface GraphRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly ifMatch?: string | null;
}

/** All times in UTC, and ids that survive a move to another folder. */
const PREFERENCES = 'outlook.timezone="UTC", IdType="ImmutableId"';

/** One request to Graph; `path` follows the version. Answers the JSON, null for an empty one. */
export async function callGraph(graph: GraphCall, path: string, request: GraphRequest = {}): Promise<CallOutcome<unknown>> {
  const { method = 'GET', body, ifMatch = null } = request;
  const answer = await requestJson('Microsoft', `${graph.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${graph.accessToken}`,
      prefer: PREFERENCES,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === null ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(graph.signal === undefined ? {} : { signal: graph.signal }),
  });
  if (!answer.ok) return answer;
  const { status, json, header } = answer.value;
  if (status >= 200 && status < 300) return { ok: true, value: json };
  const code = textField(field(json, 'error'), 'code') ?? '';
  // Graph says both of these with a 400 or 404 of its own.
  if (/^(syncStateNotFound|syncStateInvalid|resyncRequired)$/i.test(code))
    return failed('gone', 'Microsoft no longer knows where the last reading ended');
  return failureOfStatus(status, 'Microsoft', header('retry-after'), graph.nowMs);
}

const MOST_PAGES = 100;

export interface GraphPages {
  readonly items: readonly unknown[];
  /** Of a delta query, where to go on next time. */
  readonly deltaPath: string | null;
}

/** Reads a list to its end. The addresses of further pages come from the answer, so they are followed only within the service: the login goes with them. */
export async function readPages(graph: GraphCall, firstPath: string): Promise<CallOutcome<GraphPages>> {
  const items: unknown[] = [];
  let path: string = firstPath;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await callGraph(graph, path);
    if (!answer.ok) return answer;
    const value = field(answer.value, 'value');
    if (!Array.isArray(value)) return unavailable('Microsoft gave a list that cannot be read');
    items.push(...(value as unknown[]));
    const next = textField(answer.value, '@odata.nextLink');
    const delta = textField(answer.value, '@odata.deltaLink');
    if (next === null) return { ok: true, value: { items, deltaPath: delta === null ? null : pathWithin(graph, delta) } };
    const nextPath = pathWithin(graph, next);
    if (nextPath === null) return unavailable('Microsoft named a further page outside its own address');
    path = nextPath;
  }
  return unavailable('the calendar has too many events');
}

function pathWithin({ apiUrl }: GraphCall, link: string): string | null {
  return link.startsWith(`${apiUrl}/`) ? link.slice(apiUrl.length) : null;
}
