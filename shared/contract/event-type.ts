import Type from 'typebox';
import { HttpUrl, Id, Instant, LocalDate, LongText, Name, Phone, ShortText, Warning } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

const Minutes = (maximum: number, minimum = 0) => Type.Integer({ minimum, maximum });
const Cap = nullable(Type.Integer({ minimum: 1, maximum: 100_000 }));
const DAY = 1440;

export const BookingWindow = Type.Union([
  strictObject({
    type: Type.Literal('rolling'),
    days: Type.Integer({ minimum: 0, maximum: 3650 }),
    businessDaysOnly: Type.Optional(Type.Boolean()),
  }),
  strictObject({ type: Type.Literal('range'), from: LocalDate, to: LocalDate }),
  strictObject({ type: Type.Literal('unlimited') }),
]);
export type BookingWindow = Type.Static<typeof BookingWindow>;

const PLACES = [
  strictObject({ type: Type.Literal('room') }),
  strictObject({ type: Type.Literal('link'), url: Type.Optional(nullable(HttpUrl)) }),
  strictObject({ type: Type.Literal('phone'), number: Type.Optional(nullable(Phone)) }),
  strictObject({ type: Type.Literal('inPerson'), address: Type.Optional(nullable(ShortText)) }),
] as const;
/** Where a meeting may take place. The link of a Google Meet or Teams call is made by the host's calendar, so nobody says it. */
export const Location = Type.Union([
  ...PLACES,
  strictObject({ type: Type.Literal('googleMeet') }),
  strictObject({ type: Type.Literal('teams') }),
]);
export type Location = Type.Static<typeof Location>;

/** Where a booked meeting takes place: with the link once the calendar has made it, some seconds after the meeting is confirmed. */
export const BookedLocation = Type.Union([
  ...PLACES,
  strictObject({ type: Type.Literal('googleMeet'), url: Type.Optional(HttpUrl) }),
  strictObject({ type: Type.Literal('teams'), url: Type.Optional(HttpUrl) }),
]);
export type BookedLocation = Type.Static<typeof BookedLocation>;

export const Question = strictObject({
  key: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,59}$' }),
  label: Type.String({ minLength: 1, maxLength: 300 }),
  type: oneOf(['text', 'longText', 'choice', 'phone']),
  required: Type.Optional(Type.Boolean({ default: false })),
  options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 50, uniqueItems: true })),
});
export type Question = Type.Static<typeof Question>;

export const Reminder = strictObject({
  minutesBefore: Type.Integer({ minimum: 1, maximum: 60 * DAY }),
  channel: oneOf(['email', 'sms', 'webhook']),
  to: oneOf(['host', 'invitee', 'guests', 'all']),
});
export type Reminder = Type.Static<typeof Reminder>;

/** The rules the slot function reads. */
export const ruleProperties = {
  durationsMinutes: Type.Array(Minutes(DAY, 1), { minItems: 1, maxItems: 20, uniqueItems: true }),
  slotIntervalMinutes: Type.Optional(nullable(Minutes(DAY, 1))),
  bufferBeforeMinutes: Type.Optional(Minutes(DAY)),
  bufferAfterMinutes: Type.Optional(Minutes(DAY)),
  minimumNoticeMinutes: Type.Optional(Minutes(366 * DAY)),
  bookingWindow: Type.Optional(BookingWindow),
  maxPerDay: Type.Optional(Cap),
  maxPerWeek: Type.Optional(Cap),
  maxPerMonth: Type.Optional(Cap),
  maxMinutesPerDay: Type.Optional(Cap),
  active: Type.Optional(Type.Boolean()),
};

export const EventTypeCreate = strictObject(
  {
    hostId: Id,
    hostIds: Type.Optional(nullable(Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }))),
    assignment: Type.Optional(oneOf(['single', 'collective', 'roundRobin'], { default: 'single' })),
    scheduleId: Type.Optional(nullable(Id)),
    slug: Type.Optional(nullable(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$' }))),
    title: Name,
    description: Type.Optional(LongText),
    ...ruleProperties,
    maxOpenPerInvitee: Type.Optional(Cap),
    confirmation: Type.Optional(oneOf(['instant', 'request'], { default: 'instant' })),
    requestExpiresMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 * DAY })),
    locations: Type.Optional(Type.Array(Location, { minItems: 1, maxItems: 20 })),
    guestLimit: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
    questions: Type.Optional(Type.Array(Question, { maxItems: 30 })),
    message: Type.Optional(nullable(Type.String({ maxLength: 1000 }))),
    reminders: Type.Optional(nullable(Type.Array(Reminder, { maxItems: 10 }))),
    messages: Type.Optional(strictObject({ email: Type.Optional(Type.Boolean()) })),
    cancelCutoffMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 366 * DAY })),
    rescheduleCutoffMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 366 * DAY })),
    maxReschedules: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 1000 }))),
    reasonRequired: Type.Optional(Type.Boolean()),
  },
  { $id: 'EventTypeCreate' },
);
export type EventTypeCreate = Type.Static<typeof EventTypeCreate>;

/** Every field with its default filled in. */
export const EventType = Type.Object(
  {
    id: Type.String(),
    ...EventTypeCreate.properties,
    hostIds: Type.Array(Type.String()),
    assignment: oneOf(['single', 'collective', 'roundRobin']),
    scheduleId: nullable(Type.String()),
    slug: nullable(Type.String()),
    description: Type.String(),
    slotIntervalMinutes: nullable(Type.Integer()),
    bufferBeforeMinutes: Type.Integer(),
    bufferAfterMinutes: Type.Integer(),
    minimumNoticeMinutes: Type.Integer(),
    bookingWindow: BookingWindow,
    maxPerDay: Cap,
    maxPerWeek: Cap,
    maxPerMonth: Cap,
    maxMinutesPerDay: Cap,
    maxOpenPerInvitee: Cap,
    confirmation: oneOf(['instant', 'request']),
    requestExpiresMinutes: Type.Integer(),
    locations: Type.Array(Location),
    guestLimit: Type.Integer(),
    questions: Type.Array(Question),
    message: nullable(Type.String()),
    reminders: Type.Array(Reminder),
    messages: Type.Object({ email: Type.Boolean() }),
    cancelCutoffMinutes: Type.Integer(),
    rescheduleCutoffMinutes: Type.Integer(),
    maxReschedules: nullable(Type.Integer()),
    reasonRequired: Type.Boolean(),
    active: Type.Boolean(),
    warnings: Type.Optional(Type.Array(Warning)),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'EventType' },
);
export type EventType = Type.Static<typeof EventType>;
export const EventTypePage = pageOf(EventType);

/** What everybody may see: no diary rules, no limits, and only the location kinds the caller's stage allows. */
export const PublicEventType = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    durationsMinutes: Type.Array(Type.Integer()),
    locations: Type.Array(Type.Object({ type: Type.String() })),
    questions: Type.Array(Question),
    guestLimit: Type.Integer(),
    confirmation: oneOf(['instant', 'request']),
    message: nullable(Type.String()),
    active: Type.Boolean(),
    reasonRequired: Type.Boolean(),
    hosts: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), timeZone: Type.String() })),
  },
  { $id: 'PublicEventType' },
);
export type PublicEventType = Type.Static<typeof PublicEventType>;
