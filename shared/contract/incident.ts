import Type from 'typebox';
import { ExternalId, Id, Instant, ListQuery, Locale, LocationType, LongText, Role, RoomRef, Stage } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const IncidentKind = oneOf(['callTrouble', 'offPlatformRequest']);
export type IncidentKind = Type.Static<typeof IncidentKind>;

/** `actor` and `room` are stated by a secret key only. */
export const IncidentCreate = strictObject(
  {
    kind: IncidentKind,
    bookingId: Type.Optional(Id),
    note: Type.Optional(LongText),
    locale: Type.Optional(Locale),
    actor: Type.Optional(strictObject({ externalId: ExternalId, role: Role })),
    room: Type.Optional(RoomRef),
  },
  { $id: 'IncidentCreate' },
);
export type IncidentCreate = Type.Static<typeof IncidentCreate>;

const incident = {
  id: Type.String(),
  kind: IncidentKind,
  bookingId: nullable(Type.String()),
  room: nullable(Type.Object({ id: Type.String(), stage: Stage })),
  by: oneOf(['invitee', 'host', 'operator']),
  personId: nullable(Type.String()),
  note: nullable(Type.String()),
  at: Instant,
};
export const Incident = Type.Object(incident, { $id: 'Incident' });
export type Incident = Type.Static<typeof Incident>;
export const IncidentPage = pageOf(Incident);

/** What the terms allow now: the text of the notice's fallback, and the locations this booking may switch to (`POST /v1/bookings/{id}/location`). */
export const RecordedIncident = Type.Object(
  { ...incident, fallback: nullable(Type.String()), fallbackLocations: Type.Array(LocationType) },
  { $id: 'RecordedIncident' },
);
export type RecordedIncident = Type.Static<typeof RecordedIncident>;

export const IncidentsQuery = strictObject({
  ...ListQuery,
  bookingId: Type.Optional(Id),
  roomId: Type.Optional(ExternalId),
  kind: Type.Optional(IncidentKind),
});
