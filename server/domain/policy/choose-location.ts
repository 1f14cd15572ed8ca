import type { LocationType } from '../../../shared/contract/common.ts';
import type { Location } from '../../../shared/contract/event-type.ts';
import { type Outcome, refuse, succeed } from '../outcome.ts';

/**
 * Where the meeting takes place: the kind asked for, else the first the event type offers and the stage allows. A value the host has
 * set (link, number, address) stands; a missing one is taken from what was asked.
 */
export function chooseLocation(
  offered: readonly Location[],
  asked: Location | undefined,
  allowed: readonly LocationType[],
): Outcome<Location> {
  const candidates = offered.filter((location) => allowed.includes(location.type));
  const chosen = asked === undefined ? candidates[0] : candidates.find((location) => location.type === asked.type);
  if (chosen === undefined) {
    const kinds = [...new Set(candidates.map(({ type }) => type))].join(', ');
    return refuse('location_not_allowed', {
      detail: kinds === '' ? 'No location of this event type is allowed at this stage.' : `Allowed here: ${kinds}.`,
    });
  }
  return succeed(asked === undefined ? chosen : fillLocation(chosen, asked));
}

function fillLocation(offered: Location, asked: Location): Location {
  const setByHost = Object.fromEntries(Object.entries(offered).filter(([, value]) => value !== null && value !== undefined));
  return { ...asked, ...setByHost };
}
