import type { BookingStatus } from '../../shared/contract/booking.ts';
import { CALENDAR_CALLS, type CalendarCall, type LocationType } from '../../shared/contract/common.ts';
import type { BookedLocation, Location } from '../../shared/contract/event-type.ts';
import type { ProviderName } from '../adapters/calendars/contract.ts';
import { type ConnectionRow, listConnectionsOf } from '../adapters/db/connections.ts';
import type { Db } from '../adapters/db/schema.ts';
import type { EventTypeSettings } from '../domain/bookings/event-type-settings.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import { chooseLocation } from '../domain/policy/choose-location.ts';

const MAKERS: Readonly<Record<CalendarCall, ProviderName>> = { googleMeet: 'google', teams: 'microsoft' };

export function isCalendarCall(type: LocationType): type is CalendarCall {
  return (CALENDAR_CALLS as readonly LocationType[]).includes(type);
}

/** The call of a confirmed meeting whose link is yet to be made; null when there is nothing to make. */
export function callWithoutLink({
  status,
  location,
}: {
  readonly status: BookingStatus;
  readonly location: BookedLocation;
}): CalendarCall | null {
  return status === 'confirmed' && isCalendarCall(location.type) && !('url' in location) ? location.type : null;
}

/** Whether a connection makes the links of such calls: those of its own provider, with the meetings it has written to a calendar. */
export function makesCall(connection: ConnectionRow, call: CalendarCall): boolean {
  return connection.provider === MAKERS[call] && connection.write_calendar_id !== null && connection.status !== 'disconnected';
}

/** Who is to meet: of several of whom any may take the meeting, each must have what is needed; where all take it, one is enough. */
export interface Meeters {
  readonly hostIds: readonly string[];
  readonly assignment: EventTypeSettings['assignment'];
}

/** The places of an event type without the calls that no calendar of its hosts makes. Only who offers one is asked about. */
export async function reachablePlaces<Place extends { readonly type: LocationType }>(
  db: Db,
  tenantId: string,
  { hostIds, assignment }: Meeters,
  offered: readonly Place[],
): Promise<readonly Place[]> {
  if (!offered.some(({ type }) => isCalendarCall(type))) return offered;
  const connections = await listConnectionsOf(db, tenantId, hostIds);
  const isMade = (call: CalendarCall) => {
    const hasMaker = (hostId: string) => connections.some((one) => one.host_id === hostId && makesCall(one, call));
    return assignment === 'roundRobin' ? hostIds.every(hasMaker) : hostIds.some(hasMaker);
  };
  return offered.filter(({ type }) => !isCalendarCall(type) || isMade(type));
}

/** `chooseLocation` among the places that can be reached. */
export async function choosePlace(
  db: Db,
  tenantId: string,
  meeters: Meeters,
  choice: { readonly offered: readonly Location[]; readonly asked: Location | undefined; readonly allowed: readonly LocationType[] },
): Promise<Outcome<Location>> {
  const { offered, asked, allowed } = choice;
  const reachable = await reachablePlaces(db, tenantId, meeters, offered);
  const chosen = chooseLocation(reachable, asked, allowed);
  if (chosen.ok) return chosen;
  const missing = chooseLocation(offered, asked, allowed);
  if (!missing.ok || !isCalendarCall(missing.value.type)) return chosen;
  const provider = missing.value.type === 'googleMeet' ? 'Google' : 'Microsoft';
  return refuse('location_not_allowed', {
    detail: `No calendar of the host makes such calls: the host connects a ${provider} account and has meetings written to it.`,
  });
}
