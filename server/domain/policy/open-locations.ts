import type { LocationType } from '../../../shared/contract/common.ts';
import type { Location } from '../../../shared/contract/event-type.ts';
import type { StagePolicy } from '../../../shared/contract/tenant.ts';

/**
 * Where a booking may take place at a stage. Call trouble opens the stage's fallback locations for it, also kinds the event type does not offer:
 * then whoever switches says the link, number or address.
 */
export function openLocations(
  offered: readonly Location[],
  policy: Pick<StagePolicy, 'locations' | 'fallbackLocations'>,
  hasCallTrouble: boolean,
): { readonly offered: readonly Location[]; readonly allowed: readonly LocationType[] } {
  if (!hasCallTrouble) return { offered, allowed: policy.locations };
  const missing = policy.fallbackLocations.filter((type) => !offered.some((location) => location.type === type));
  return {
    offered: [...offered, ...missing.map((type): Location => ({ type }))],
    allowed: [...new Set([...policy.locations, ...policy.fallbackLocations])],
  };
}
