import Type from 'typebox';
import {
  Email,
  ExternalId,
  Id,
  Instant,
  Locale,
  LongText,
  Metadata,
  Name,
  Phone,
  Role,
  RoomRef,
  ShortText,
  Stage,
  TimeZone,
  ListQuery,
} from './common.ts';
import { BookedLocation, Location, PublicEventType } from './event-type.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const BOOKING_STATUSES = ['requested', 'confirmed', 'declined', 'expired', 'cancelled', 'completed', 'noShow'] as const;
export const BookingStatus = oneOf(BOOKING_STATUSES);
export type BookingStatus = Type.Static<typeof BookingStatus>;

export const GuestInput = strictObject({ name: Type.Optional(Name), email: Email });
export type GuestInput = Type.Static<typeof GuestInput>;

export const InviteeInput = strictObject({
  externalId: Type.Optional(ExternalId),
  name: Type.Optional(Name),
  email: Type.Optional(Email),
  timeZone: Type.Optional(TimeZone),
  locale: Type.Optional(Locale),
  phone: Type.Optional(Phone),
  smsConsent: Type.Optional(Type.Boolean()),
});
export type InviteeInput = Type.Static<typeof InviteeInput>;

export const BookingCreate = strictObject(
  {
    eventTypeId: Id,
    start: Instant,
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
    holdId: Type.Optional(Id),
    invitee: Type.Optional(InviteeInput),
    guests: Type.Optional(Type.Array(GuestInput, { maxItems: 50 })),
    answers: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 5000 }), { maxProperties: 30 })),
    note: Type.Optional(LongText),
    location: Type.Optional(Location),
    acknowledgementId: Type.Optional(Id),
    room: Type.Optional(RoomRef),
    stage: Type.Optional(Stage),
    actor: Type.Optional(strictObject({ externalId: ExternalId, role: Role })),
    verificationCode: Type.Optional(Type.String({ maxLength: 20 })),
    metadata: Type.Optional(Metadata),
  },
  { $id: 'BookingCreate' },
);
export type BookingCreate = Type.Static<typeof BookingCreate>;

export const Guest = Type.Object(
  { id: Type.String(), name: nullable(Type.String()), email: Type.Optional(Type.String()) },
  { $id: 'Guest' },
);
export type Guest = Type.Static<typeof Guest>;

export const BookingLinks = Type.Object({
  manage: Type.Optional(Type.String()),
  ics: Type.Optional(Type.String()),
  google: Type.String(),
  outlook: Type.String(),
  office365: Type.String(),
  yahoo: Type.String(),
});

/** A masked field is absent. */
export const Booking = Type.Object(
  {
    id: Type.String(),
    status: BookingStatus,
    eventTypeId: Type.String(),
    title: Type.String(),
    start: Instant,
    end: Instant,
    durationMinutes: Type.Integer(),
    hosts: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        timeZone: Type.Optional(Type.String()),
        email: Type.Optional(Type.String()),
        phone: Type.Optional(Type.String()),
      }),
    ),
    invitee: Type.Object({
      externalId: Type.Optional(nullable(Type.String())),
      name: Type.String(),
      timeZone: nullable(Type.String()),
      locale: nullable(Type.String()),
      email: Type.Optional(nullable(Type.String())),
      phone: Type.Optional(nullable(Type.String())),
    }),
    guests: Type.Array(Guest),
    answers: Type.Record(Type.String(), Type.String()),
    note: nullable(Type.String()),
    hostNote: Type.Optional(nullable(Type.String())),
    location: BookedLocation,
    room: nullable(Type.Object({ id: Type.String(), stage: Stage })),
    stage: Stage,
    sequence: Type.Integer(),
    rescheduleCount: Type.Integer(),
    rescheduleTo: Type.Optional(
      nullable(
        Type.Object(
          { start: Instant, end: Instant },
          { description: 'A new time asked for and not yet decided; the old one stands until then.' },
        ),
      ),
    ),
    acknowledgementId: nullable(Type.String()),
    requestExpiresAt: nullable(Instant),
    links: BookingLinks,
    manageToken: Type.Optional(Type.String()),
    metadata: Type.Optional(Metadata),
    createdAt: Instant,
    updatedAt: Instant,
    cancelledAt: nullable(Instant),
    cancelledBy: Type.Optional(nullable(Type.String())),
    reason: nullable(Type.String()),
  },
  { $id: 'Booking' },
);
export type Booking = Type.Static<typeof Booking>;

/** What a manage token opens: its booking, whose token it is, and what everybody may see of the event type. */
export const ManagedBooking = Type.Object({ ...Booking.properties, role: Role, eventType: PublicEventType }, { $id: 'ManagedBooking' });
export type ManagedBooking = Type.Static<typeof ManagedBooking>;
export const BookingPage = pageOf(Booking);

export const BookingsQuery = strictObject({
  ...ListQuery,
  hostId: Type.Optional(Id),
  inviteeExternalId: Type.Optional(ExternalId),
  roomId: Type.Optional(ExternalId),
  status: Type.Optional(Type.String({ pattern: `^(${BOOKING_STATUSES.join('|')})(,(${BOOKING_STATUSES.join('|')}))*$` })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
});

/** `actor` and `room` may be stated by a secret key only. */
const stated = { actor: Type.Optional(strictObject({ externalId: Type.Optional(ExternalId), role: Role })) };
export const CancelRequest = strictObject({ reason: Type.Optional(ShortText), ...stated }, { $id: 'CancelRequest' });
export type CancelRequest = Type.Static<typeof CancelRequest>;
export const RescheduleRequest = strictObject(
  { start: Instant, holdId: Type.Optional(Id), acknowledgementId: Type.Optional(Id), reason: Type.Optional(ShortText), ...stated },
  { $id: 'RescheduleRequest' },
);
export type RescheduleRequest = Type.Static<typeof RescheduleRequest>;
export const LocationRequest = strictObject({ location: Location, ...stated }, { $id: 'LocationRequest' });
export type LocationRequest = Type.Static<typeof LocationRequest>;
export const ConfirmRequest = strictObject(
  { message: Type.Optional(Type.String({ maxLength: 1000 })), ...stated },
  { $id: 'ConfirmRequest' },
);
export type ConfirmRequest = Type.Static<typeof ConfirmRequest>;
export const DeclineRequest = strictObject({ reason: Type.Optional(ShortText), ...stated }, { $id: 'DeclineRequest' });
export type DeclineRequest = Type.Static<typeof DeclineRequest>;
export const NoShowRequest = strictObject({ hostNote: Type.Optional(LongText), ...stated }, { $id: 'NoShowRequest' });
export type NoShowRequest = Type.Static<typeof NoShowRequest>;
export const GuestsRequest = strictObject(
  {
    add: Type.Optional(Type.Array(GuestInput, { maxItems: 50 })),
    remove: Type.Optional(Type.Array(Type.String({ maxLength: 254 }), { maxItems: 50, description: 'Guest ids or addresses' })),
    ...stated,
  },
  { $id: 'GuestsRequest' },
);
export type GuestsRequest = Type.Static<typeof GuestsRequest>;
export const HostNoteRequest = strictObject({ hostNote: nullable(LongText) }, { $id: 'HostNoteRequest' });
export type HostNoteRequest = Type.Static<typeof HostNoteRequest>;

export const HistoryEntry = Type.Object(
  {
    at: Instant,
    action: Type.String(),
    actor: Type.Object({ kind: Type.String(), personId: Type.Optional(nullable(Type.String())) }),
    before: nullable(Type.Record(Type.String(), Type.Unknown())),
    after: nullable(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: 'HistoryEntry' },
);
export type HistoryEntry = Type.Static<typeof HistoryEntry>;

/** One mail, SMS or event about a booking, to one person: what became of it, or when it is due. */
export const HistoryMessage = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    channel: oneOf(['email', 'sms', 'webhook', 'calendar']),
    party: oneOf(['host', 'invitee', 'guest']),
    personId: nullable(Type.String()),
    sequence: nullable(Type.Integer()),
    state: oneOf(['waiting', 'sent', 'dropped', 'failed']),
    detail: nullable(Type.String()),
    attempts: Type.Integer(),
    nextAttemptAt: nullable(Instant),
    settledAt: nullable(Instant),
  },
  { $id: 'HistoryMessage' },
);
export type HistoryMessage = Type.Static<typeof HistoryMessage>;

export const BookingHistory = Type.Object({ data: Type.Array(HistoryEntry), messages: Type.Array(HistoryMessage) });
export type BookingHistory = Type.Static<typeof BookingHistory>;
