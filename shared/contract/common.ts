import Type from 'typebox';
import { oneOf, strictObject } from './shape.ts';

/** RFC 3339 instant with an offset; impossible dates are refused. */
export const Instant = Type.String({ format: 'instant', examples: ['2026-08-03T14:00:00Z'] });
export const LocalDate = Type.String({ format: 'local-date', examples: ['2026-08-03'] });
/** IANA name; aliases are accepted and answered in their canonical form. */
export const TimeZone = Type.String({ format: 'time-zone', maxLength: 64, examples: ['Asia/Kolkata'] });
export const WallTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: ['09:00'] });
/** As a wall time, and `24:00` for the end of the day. */
export const WallTimeEnd = Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$', examples: ['17:00'] });
/** BCP 47. */
export const Locale = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$', maxLength: 35, examples: ['en'] });
/** One address, no display name, no list (RFC 5321 sizes). */
export const Email = Type.String({ format: 'email', maxLength: 254, examples: ['ana@example.com'] });
export const Phone = Type.String({ pattern: '^\\+?[0-9 ().\\-/]{5,32}$', maxLength: 40, examples: ['+14155550123'] });
export const HttpUrl = Type.String({ format: 'http-url', maxLength: 2048 });
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const ExternalId = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const Id = Type.String({ minLength: 1, maxLength: 220 });
export const ShortText = Type.String({ maxLength: 500 });
export const LongText = Type.String({ maxLength: 5000 });

export const Role = oneOf(['invitee', 'host']);
export type Role = Type.Static<typeof Role>;
export const Stage = oneOf(['preContract', 'contract']);
export type Stage = Type.Static<typeof Stage>;
/** Video calls whose link the host's own calendar makes. */
export const CALENDAR_CALLS = ['googleMeet', 'teams'] as const;
export type CalendarCall = (typeof CALENDAR_CALLS)[number];
export const LocationType = oneOf(['room', 'link', 'phone', 'inPerson', ...CALENDAR_CALLS]);
export type LocationType = Type.Static<typeof LocationType>;

export const Interval = strictObject({ start: Instant, end: Instant });
export type Interval = Type.Static<typeof Interval>;

/** Free data of the caller, handed back as it was. */
export const Metadata = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 50 });

/** Text by language; a missing language falls back to the tenant's, then to English, then to the first. */
export const LocalisedText = Type.Record(
  Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$' }),
  Type.String({ minLength: 1, maxLength: 10_000 }),
  {
    minProperties: 1,
    maxProperties: 60,
  },
);
export type LocalisedText = Type.Static<typeof LocalisedText>;

export const ListQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 300 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
};

export const RoomRef = strictObject({ id: ExternalId, stage: Type.Optional(Stage) });

/** A standing that can never yield a slot is accepted, and said. */
export const Warning = Type.Object({ code: Type.String(), message: Type.String() }, { $id: 'Warning' });
export type Warning = Type.Static<typeof Warning>;
