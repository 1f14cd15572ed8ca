import { findEventType, type VersionedEventType } from '../adapters/db/event-types.ts';
import type { Deps } from './deps.ts';

/** Read again after this long even if nobody said that it changed. */
const KEPT_MS = 60_000;

/**
 * An event type as this process last saw it, which may be a moment old: compare its `version` with what a transaction reads before relying on it.
 * Undefined when there is none.
 */
export async function findKeptEventType(
  { db, cache, clock }: Deps,
  tenantId: string,
  eventTypeId: string,
): Promise<VersionedEventType | undefined> {
  const key = `event type ${eventTypeId}`;
  const nowMs = clock.nowMs();
  const kept = cache.get<VersionedEventType>(tenantId, key, nowMs);
  if (kept !== undefined) return kept;
  const mark = cache.mark(tenantId);
  const row = await findEventType(db, tenantId, eventTypeId);
  if (row !== undefined) cache.put(tenantId, key, row, { mark, untilMs: nowMs + KEPT_MS, hostIds: [] });
  return row;
}
