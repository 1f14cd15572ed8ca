export interface WebhookEvent {
  readonly type: string;
  /** When it happened, not when it is sent. */
  readonly atMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Standard Webhooks asks for under 20 kB. */
export const MAX_BODY_BYTES = 20_000;

/** Texts longer than these are cut, one step after the other, until the body fits. */
const TEXT_LIMITS = [2000, 500, 120] as const;
/** What may be left out altogether when cutting is not enough; all of it can be read back through the API. */
const DISPENSABLE = ['metadata', 'answers', 'guests', 'starts', 'findings'] as const;

/**
 * The body of a delivery, `{ "type", "timestamp", "data" }`, always under `MAX_BODY_BYTES`. The same event gives the same bytes, so a
 * signature can be made again. Where texts had to be cut or fields left out, `data.truncated` is true.
 */
export function webhookBody(event: WebhookEvent): string {
  const whole = write(event, event.data);
  if (fits(whole)) return whole;
  let data: Readonly<Record<string, unknown>> = event.data;
  for (const limit of TEXT_LIMITS) {
    data = { ...(cutTexts(event.data, limit) as Record<string, unknown>), truncated: true };
    const cut = write(event, data);
    if (fits(cut)) return cut;
  }
  for (const name of DISPENSABLE) {
    data = without(data, name);
    const shorter = write(event, data);
    if (fits(shorter)) return shorter;
  }
  return write(event, { ...idsOf(event.data), truncated: true });
}

/** What the event is about, by which all of it can be read: `bookingId`, `proposalId`. */
function idsOf(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const ids = Object.entries(data).filter(
    (entry): entry is [string, string] => /^(?:id|[a-zA-Z]{1,30}Id)$/.test(entry[0]) && typeof entry[1] === 'string',
  );
  return Object.fromEntries(ids.slice(0, 10).map(([name, id]) => [name, id.slice(0, 300)]));
}

function write({ type, atMs }: WebhookEvent, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), data });
}

/** A character of UTF-16 takes at most three bytes in UTF-8; counted, because `TextEncoder` is not part of the language. */
function fits(body: string): boolean {
  if (body.length * 3 < MAX_BODY_BYTES) return true;
  let bytes = 0;
  for (const character of body) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes < MAX_BODY_BYTES;
}

function cutTexts(value: unknown, limit: number): unknown {
  if (typeof value === 'string') return value.length <= limit ? value : `${Array.from(value.slice(0, limit)).slice(0, -1).join('')}…`;
  if (Array.isArray(value)) return value.map((item) => cutTexts(item, limit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cutTexts(inner, limit)]));
}

/** Leaves a field out of the data and of the resource one level down (`data.booking.metadata`). */
function without(data: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const entries = Object.entries(data)
    .filter(([key]) => key !== name)
    .map(([key, value]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [key, value] as const;
      return [key, Object.fromEntries(Object.entries(value).filter(([inner]) => inner !== name))] as const;
    });
  return Object.fromEntries(entries);
}
