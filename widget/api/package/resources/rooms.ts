import type { Incident, IncidentCreate, IncidentKind, RecordedIncident } from '../../../../shared/contract/incident.ts';
import type { Person, PersonCreate } from '../../../../shared/contract/person.ts';
import type { Room, RoomPut } from '../../../../shared/contract/room.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

/** Your message rooms, by your own ids. */
export interface Rooms {
  /** States at which stage a room is. */
  put(id: string, body: RoomPut, options?: CallOptions): Promise<Result<Room>>;
}

export interface IncidentsFilter {
  readonly bookingId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly kind?: IncidentKind | undefined;
}

/** Call trouble, and requests to leave the platform. */
export interface Incidents extends Listing<Incident, IncidentsFilter> {
  create(body: IncidentCreate, options?: CreateOptions): Promise<Result<RecordedIncident>>;
}

/** People by your own ids. */
export interface People {
  create(body: PersonCreate, options?: CreateOptions): Promise<Result<Person>>;
  /** Erases what is known of a person; bookings stay, without a name. */
  erase(externalId: string, options?: CallOptions): Promise<Result<null>>;
}

export function roomsOf(call: Call): Rooms {
  return { put: (id, body, options) => call('PUT', pathOf`/v1/rooms/${id}`, { ...options, body }) };
}

export function incidentsOf(call: Call): Incidents {
  return {
    ...listingOf<Incident, IncidentsFilter>(call, '/v1/incidents'),
    create: (body, options) => call('POST', '/v1/incidents', { ...options, body, creates: true }),
  };
}

export function peopleOf(call: Call): People {
  return {
    create: (body, options) => call('POST', '/v1/people', { ...options, body, creates: true }),
    erase: (externalId, options) => call('DELETE', pathOf`/v1/people/${externalId}`, options),
  };
}
