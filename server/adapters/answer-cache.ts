export interface CachedUntil {
  /** What `mark` said before the answer's facts were read: an answer that a change has overtaken is not kept. */
  readonly mark: number;
  /** From this instant on the answer is no longer true, whatever changes. */
  readonly untilMs: number;
  /** The hosts it speaks of. Changes that concern the whole tenant drop every answer, also those that speak of no host. */
  readonly hostIds: readonly string[];
  /** How much memory it takes. A big answer, one that says so, is kept from the second asking on: most ranges are asked for once, and memory is for the others. */
  readonly bytes?: number;
}

/**
 * Answers kept in this process until something they rest on changes. Changes come from the database (`listen-to-changes.ts`), so those made
 * by other processes count too; while nobody listens, nothing is kept.
 */
export interface AnswerCache {
  mark(tenantId: string): number;
  get<T>(tenantId: string, key: string, nowMs: number): T | undefined;
  put(tenantId: string, key: string, value: unknown, until: CachedUntil): void;
  /** Drops what speaks of this host, or everything of the tenant. */
  drop(tenantId: string, hostId?: string): void;
  /** Drops what speaks of any host of the tenant: meetings have changed, keys and rules have not. */
  dropDiaries(tenantId: string): void;
  /** Starts keeping answers; `stop` drops them all and keeps none. */
  start(): void;
  stop(): void;
}

interface Entry {
  readonly value: unknown;
  readonly untilMs: number;
  readonly hostIds: readonly string[];
  readonly bytes: number;
}

/** Enough for every open room of a busy marketplace; the oldest go first. */
const MOST_ENTRIES = 5000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Keys of big answers asked for once. */
const MOST_ASKED = 10_000;

export function createAnswerCache(): AnswerCache {
  const tenants = new Map<string, Map<string, Entry>>();
  const marks = new Map<string, number>();
  const asked = new Set<string>();
  let entries = 0;
  let bytes = 0;
  let listening = false;
  let epoch = 0;

  const markOf = (tenantId: string) => epoch + (marks.get(tenantId) ?? 0);
  const remove = (tenantId: string, of: Map<string, Entry>, key: string) => {
    const entry = of.get(key);
    if (entry !== undefined) {
      of.delete(key);
      entries -= 1;
      bytes -= entry.bytes;
    }
    if (of.size === 0) tenants.delete(tenantId);
  };
  const dropWhere = (tenantId: string, isUntrue: (entry: Entry) => boolean) => {
    marks.set(tenantId, (marks.get(tenantId) ?? 0) + 1);
    const of = tenants.get(tenantId);
    if (of === undefined) return;
    for (const [key, entry] of of) if (isUntrue(entry)) remove(tenantId, of, key);
  };
  const isFull = () => entries > MOST_ENTRIES || bytes > MOST_BYTES;
  const isFirstAsking = (name: string) => {
    if (asked.has(name)) return false;
    if (asked.size >= MOST_ASKED) asked.clear();
    asked.add(name);
    return true;
  };
  return {
    mark: markOf,
    get<T>(tenantId: string, key: string, nowMs: number): T | undefined {
      const of = tenants.get(tenantId);
      const entry = of?.get(key);
      if (of === undefined || entry === undefined) return undefined;
      if (entry.untilMs > nowMs) return entry.value as T;
      remove(tenantId, of, key);
      return undefined;
    },
    put(tenantId, key, value, { mark, untilMs, hostIds, bytes: weight = 0 }) {
      if (!listening || mark !== markOf(tenantId)) return;
      if (weight > 0 && isFirstAsking(`${tenantId} ${key}`)) return;
      const of = tenants.get(tenantId) ?? new Map<string, Entry>();
      remove(tenantId, of, key);
      of.set(key, { value, untilMs, hostIds, bytes: weight });
      tenants.set(tenantId, of);
      entries += 1;
      bytes += weight;
      while (isFull()) dropOldest(tenants, remove);
    },
    drop: (tenantId, hostId) => dropWhere(tenantId, ({ hostIds }) => hostId === undefined || hostIds.includes(hostId)),
    dropDiaries: (tenantId) => dropWhere(tenantId, ({ hostIds }) => hostIds.length > 0),
    start() {
      listening = true;
    },
    stop() {
      listening = false;
      tenants.clear();
      entries = 0;
      bytes = 0;
      // Marks taken before count for nothing afterwards, also of tenants never heard of.
      epoch += 2 ** 32;
    },
  };
}

function dropOldest(
  tenants: Map<string, Map<string, Entry>>,
  remove: (tenantId: string, of: Map<string, Entry>, key: string) => void,
): void {
  for (const [tenantId, of] of tenants) {
    for (const key of of.keys()) {
      remove(tenantId, of, key);
      return;
    }
  }
}
