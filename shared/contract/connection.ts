import Type from 'typebox';
import { HttpUrl, Instant, Interval } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const ConnectionProvider = oneOf(['google', 'microsoft', 'caldav', 'ics', 'simulated']);
export type ConnectionProvider = Type.Static<typeof ConnectionProvider>;
/** What a host reads before connecting, and grants: busy time only, or writing too. */
export const ConnectionAccess = oneOf(['busy', 'writeOwnCalendar', 'writeAnyCalendar']);
export type ConnectionAccess = Type.Static<typeof ConnectionAccess>;

const FeedUrl = Type.String({
  minLength: 1,
  maxLength: 2048,
  pattern: '^(https?|webcals?)://',
  examples: ['https://calendar.example/me.ics'],
});

/** Google and Microsoft are connected by their own consent page (`authorize`). */
export const ConnectionCreate = Type.Union(
  [
    strictObject({
      provider: Type.Literal('caldav'),
      url: HttpUrl,
      username: Type.String({ minLength: 1, maxLength: 300 }),
      password: Type.String({ minLength: 1, maxLength: 1000 }),
    }),
    strictObject({ provider: Type.Literal('ics'), url: FeedUrl }),
    strictObject({ provider: Type.Literal('simulated'), busy: Type.Optional(Type.Array(Interval, { maxItems: 1000 })) }),
  ],
  { $id: 'ConnectionCreate' },
);
export type ConnectionCreate = Type.Static<typeof ConnectionCreate>;

/** Which of an outside calendar's kinds of time block, besides plain busy time. */
export const TreatAsBusy = strictObject({
  tentative: Type.Boolean({ default: true }),
  unanswered: Type.Boolean({ default: false }),
  outOfOffice: Type.Boolean({ default: true }),
  workingElsewhere: Type.Boolean({ default: false }),
  allDay: Type.Boolean({ default: true }),
});

/** A field that is absent stays. `writeCalendarId: null` ends the writing of bookings, `"new"` makes a calendar of our own for them, which does not block; `busy` changes a simulated calendar. */
export const ConnectionChange = strictObject(
  {
    calendars: Type.Optional(Type.Array(strictObject({ id: Type.String({ maxLength: 1000 }), blocks: Type.Boolean() }), { maxItems: 500 })),
    writeCalendarId: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 1000 }))),
    failureMode: Type.Optional(oneOf(['hide', 'lastKnown'])),
    treatAsBusy: Type.Optional(Type.Partial(TreatAsBusy, { additionalProperties: false })),
    busy: Type.Optional(Type.Array(Interval, { maxItems: 1000 })),
  },
  { $id: 'ConnectionChange' },
);
export type ConnectionChange = Type.Static<typeof ConnectionChange>;

/** `own`: one that Parley made for the bookings, by `writeCalendarId: "new"`. */
export const ConnectionCalendar = Type.Object({
  id: Type.String(),
  name: Type.String(),
  primary: Type.Boolean(),
  own: Type.Boolean(),
  writable: Type.Boolean(),
  blocks: Type.Boolean(),
});

/** Neither passwords nor tokens nor the address of a feed are part of it. `detail` says in words what is wrong. */
export const Connection = Type.Object(
  {
    id: Type.String(),
    hostId: Type.String(),
    provider: ConnectionProvider,
    account: Type.String(),
    access: ConnectionAccess,
    status: oneOf(['ok', 'failing', 'disconnected']),
    failingSince: nullable(Instant),
    detail: nullable(Type.String()),
    checkedAt: nullable(Instant),
    calendars: Type.Array(ConnectionCalendar),
    writeCalendarId: nullable(Type.String()),
    failureMode: oneOf(['hide', 'lastKnown']),
    treatAsBusy: TreatAsBusy,
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'Connection' },
);
export type Connection = Type.Static<typeof Connection>;
export const ConnectionPage = pageOf(Connection);

export const AuthorizeRequest = strictObject({ access: Type.Optional(ConnectionAccess) }, { $id: 'AuthorizeRequest' });
export type AuthorizeRequest = Type.Static<typeof AuthorizeRequest>;

/** Where to send the host, and what is going to be asked for and kept, for the page that sends them. */
export const AuthorizeAnswer = Type.Object(
  { url: Type.String(), scopes: Type.Array(Type.String()), stored: Type.String() },
  { $id: 'AuthorizeAnswer' },
);
export type AuthorizeAnswer = Type.Static<typeof AuthorizeAnswer>;
